import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { identityErrors } from '../errors.ts';
import { guardKeyOf } from '../guard-key.ts';
import { generatePassword, hashPassword } from '../passwords.ts';
import { revokeSessionsOf } from '../store/session-store.ts';
import { forgetAttempts } from '../store/sign-in-guard.ts';
import {
  countAdministrators,
  type LockedStaff,
  lockAdministration,
  lockStaff,
  setPassword,
  setRoles,
  updateStaff,
} from '../store/staff-store.ts';

export interface StaffChange {
  readonly displayName?: string;
  readonly state?: 'active' | 'disabled';
  readonly roleIds?: readonly string[];
  readonly resetPassword?: true;
  readonly unlock?: true;
}

/**
 * Changes what is given. Disabling a person and a new password end the person's sessions.
 * @returns the generated password, this once, when one was asked for
 * @throws STAFF_NOT_FOUND, ROLE_NOT_FOUND, CANNOT_DISABLE_ONESELF, LAST_ADMINISTRATOR
 */
export async function editStaff(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: { actor: StaffActor; staffId: string; change: StaffChange },
): Promise<{ generatedPassword: string | null }> {
  const { actor, staffId, change } = input;
  if (change.state === 'disabled' && staffId === actor.id) {
    throw identityErrors.CANNOT_DISABLE_ONESELF();
  }
  const generatedPassword = change.resetPassword ? generatePassword() : null;
  const passwordHash = generatedPassword === null ? null : await hashPassword(generatedPassword);
  const person = await deps.db.transaction(actor.companyId, async (tx) => {
    await lockAdministration(tx);
    const before = await lockStaff(tx, staffId);
    if (before === undefined) throw identityErrors.STAFF_NOT_FOUND();
    await apply(tx, deps, { ...input, before, passwordHash });
    if ((await countAdministrators(tx)) === 0) throw identityErrors.LAST_ADMINISTRATOR();
    return before;
  });
  if (change.unlock) await forgetAttempts(deps.db.global, guardKeyOf(person.loginName));
  return { generatedPassword };
}

async function apply(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  input: {
    actor: StaffActor;
    staffId: string;
    change: StaffChange;
    before: LockedStaff;
    passwordHash: string | null;
  },
): Promise<void> {
  const { actor, staffId, change, before, passwordHash } = input;
  const at = deps.clock.now();
  await updateStaff(tx, staffId, {
    displayName: change.displayName?.trim() ?? before.displayName,
    state: change.state ?? before.state,
  });
  if (change.roleIds !== undefined) {
    const { roleIds } = change;
    const granted = await setRoles(tx, { staffId, roleIds, grantedBy: actor.id, at });
    if (granted !== new Set(roleIds).size) throw identityErrors.ROLE_NOT_FOUND();
  }
  if (passwordHash !== null) await setPassword(tx, { staffId, passwordHash, at });
  if (passwordHash !== null || change.state === 'disabled') await revokeSessionsOf(tx, staffId, at);
  await recordAudit(tx, deps.clock, {
    actor,
    action: 'identity.edit_staff',
    subjectKind: 'staff',
    subjectId: staffId,
    detail: { ...change },
  });
}
