import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { loginNameOf } from '../domain/names.ts';
import { identityErrors } from '../errors.ts';
import { generatePassword, hashPassword, refuseWeakPassword } from '../passwords.ts';
import { insertStaff, reserveLoginName, setRoles } from '../store/staff-store.ts';

export interface StaffInput {
  readonly companyId: string;
  readonly loginName: string;
  readonly displayName: string;
  /** Absent: one is generated and answered once. */
  readonly password?: string;
  readonly roleIds: readonly string[];
  readonly by: Actor;
}

/**
 * Adds a member of staff. The login name is reserved first, in a transaction of its own.
 * @throws LOGIN_NAME_TAKEN, ROLE_NOT_FOUND, PASSWORD_WEAK
 */
export async function createStaff(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: StaffInput,
): Promise<{ staffId: string; generatedPassword: string | null }> {
  const loginName = loginNameOf(input.loginName);
  const generated = input.password === undefined ? generatePassword() : null;
  const password = input.password ?? generated ?? '';
  refuseWeakPassword(password, loginName);
  const passwordHash = await hashPassword(password);
  const at = deps.clock.now();
  const { companyId } = input;
  const owner = await reserveLoginName(deps.db.global, loginName, {
    companyId,
    staffId: newId(at),
  });
  const taken = () => identityErrors.LOGIN_NAME_TAKEN({ values: { loginName } });
  if (owner.companyId !== companyId) throw taken();
  const { staffId } = owner;
  await deps.db.transaction(companyId, async (tx) => {
    const displayName = input.displayName.trim();
    const row = { id: staffId, loginName, displayName, passwordHash };
    if ((await insertStaff(tx, row, at)) === 0) throw taken();
    const { by, roleIds } = input;
    const grantedBy = by.kind === 'staff' ? by.id : null;
    const granted = await setRoles(tx, { staffId, roleIds, grantedBy, at });
    if (granted !== new Set(roleIds).size) throw identityErrors.ROLE_NOT_FOUND();
    await recordAudit(tx, deps.clock, {
      actor: by,
      action: 'identity.create_staff',
      subjectKind: 'staff',
      subjectId: staffId,
      detail: { loginName, displayName, roleIds },
    });
  });
  return { staffId, generatedPassword: generated };
}
