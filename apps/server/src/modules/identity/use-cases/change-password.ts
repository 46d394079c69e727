import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Deps } from '../../../platform/deps.ts';
import { identityErrors } from '../errors.ts';
import { guardKeyOf } from '../guard-key.ts';
import { hashPassword, passwordMatches, refuseWeakPassword } from '../passwords.ts';
import { credentialsOf } from '../queries/sign-in.ts';
import { revokeSessionsOf } from '../store/session-store.ts';
import { forgetAttempts } from '../store/sign-in-guard.ts';
import { lockStaff, setPassword } from '../store/staff-store.ts';
import { countAttemptOrRefuse } from './count-attempt.ts';
import { beginSession } from './sign-in.ts';

export interface PasswordChange {
  readonly actor: StaffActor;
  readonly currentPassword: string;
  readonly newPassword: string;
  readonly ip: string;
  readonly userAgent: string | undefined;
}

/**
 * Changes one's own password. Every session of the person ends, and a new one begins.
 * @returns the token of the new session
 * @throws PASSWORD_WRONG, PASSWORD_WEAK, SIGN_IN_LOCKED
 */
export async function changePassword(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: PasswordChange,
): Promise<string> {
  const { actor } = input;
  const before = await deps.db.read(actor.companyId, (tx) => credentialsOf(tx, actor.id));
  if (before === undefined) throw wrongPassword();
  const guard = guardKeyOf(before.loginName);
  await countAttemptOrRefuse(deps, guard);
  if (!(await passwordMatches(before.passwordHash, input.currentPassword))) throw wrongPassword();
  await forgetAttempts(deps.db.global, guard);
  refuseWeakPassword(input.newPassword, before.loginName);
  const passwordHash = await hashPassword(input.newPassword);
  return await deps.db.transaction(actor.companyId, async (tx) => {
    const person = await lockStaff(tx, actor.id);
    // Another change came between: what was checked is no longer the current password.
    if (person === undefined || person.passwordHash !== before.passwordHash) throw wrongPassword();
    const at = deps.clock.now();
    await setPassword(tx, { staffId: actor.id, passwordHash, at });
    await revokeSessionsOf(tx, actor.id, at);
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'identity.change_password',
      subjectKind: 'staff',
      subjectId: actor.id,
    });
    const { ip, userAgent } = input;
    const { displayName } = person;
    return await beginSession(tx, deps, {
      person: { staffId: actor.id, displayName },
      ip,
      userAgent,
    });
  });
}

function wrongPassword() {
  return identityErrors.PASSWORD_WRONG({
    problems: [{ field: 'currentPassword', reason: '当前密码不正确' }],
  });
}
