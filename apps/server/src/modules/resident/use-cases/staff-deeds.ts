import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Deps } from '../../../platform/deps.ts';
import { residentErrors } from '../errors.ts';
import type { BindingRole } from '../queries/homes.ts';
import { doorOf } from '../queries/places.ts';
import { lockAccounts } from '../store/account-store.ts';
import { endSessions } from '../store/session-store.ts';
import { bindHome } from './bind-home.ts';

type StaffDeps = Pick<Deps, 'db' | 'clock'>;

export interface StaffBind {
  readonly actor: StaffActor;
  readonly residentId: string;
  readonly unitId: string;
  readonly role: BindingRole;
  readonly reason: string;
}

/** Somebody showed at the desk that a home is theirs. @throws RESIDENT_NOT_FOUND, HOME_NOT_MATCHED */
export function bindByStaff(deps: StaffDeps, input: StaffBind): Promise<void> {
  const { actor, residentId: accountId, unitId, role, reason } = input;
  return deps.db.transaction(actor.companyId, async (tx) => {
    if (!(await doorOf(tx, unitId))) throw residentErrors.HOME_NOT_MATCHED();
    const grant = { accountId, unitId, personId: null, role, boundBy: 'staff' } as const;
    await bindHome(tx, deps, { ...grant, boundByName: actor.name, actor, detail: { reason } });
  });
}

export interface StaffEndSessions {
  readonly actor: StaffActor;
  readonly residentId: string;
  readonly reason: string;
}

/** A phone was lost, or somebody else is signed in. @throws RESIDENT_NOT_FOUND */
export function endSessionsByStaff(deps: StaffDeps, input: StaffEndSessions): Promise<void> {
  const { actor, residentId, reason } = input;
  return deps.db.transaction(actor.companyId, async (tx) => {
    const [account] = await lockAccounts(tx, [residentId]);
    if (!account) throw residentErrors.RESIDENT_NOT_FOUND();
    const all = { accountId: residentId, but: null };
    const ended = await endSessions(tx, all, deps.clock.now());
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'resident.end_sessions',
      subjectKind: 'resident',
      subjectId: residentId,
      detail: { ended, reason },
    });
  });
}
