import { systemActor } from '../../../platform/actor.ts';
import type { Deps } from '../../../platform/deps.ts';
import { companiesWithMovedOut, movedOutBindings } from '../queries/moved-out.ts';
import { deleteOldCodes } from '../store/code-store.ts';
import { deleteOldGuards } from '../store/guard-store.ts';
import { deleteOldSessions } from '../store/session-store.ts';
import { deleteUsedLogins } from '../store/used-login-store.ts';
import { endAccess } from './end-binding.ts';

/** Whoever has moved out by the house list loses the home. @returns how many accesses ended */
export async function endMovedOut(deps: Pick<Deps, 'db' | 'jobsDb' | 'clock'>): Promise<number> {
  const at = deps.clock.now();
  let ended = 0;
  for (const { companyId } of await companiesWithMovedOut(deps.jobsDb.global, at)) {
    const actor = systemActor(companyId, 'resident.moved-out');
    ended += await deps.db.transaction(companyId, async (tx) => {
      const bindingIds = await movedOutBindings(tx, at);
      return await endAccess(tx, deps, { actor, bindingIds, reason: 'moved-out' });
    });
  }
  return ended;
}

const dayMs = 24 * 3_600_000;
/** Codes and states are refused by their age long before; this is kept for the curious. */
const keptMs = dayMs;
/** Ended sessions say from where somebody was signed in. */
const sessionsKeptMs = 90 * dayMs;

export async function forgetOldThings(deps: Pick<Deps, 'jobsDb' | 'clock'>): Promise<void> {
  const now = deps.clock.now().getTime();
  const db = deps.jobsDb.global;
  await deleteOldCodes(db, new Date(now - keptMs));
  await deleteUsedLogins(db, new Date(now - keptMs));
  await deleteOldGuards(db, new Date(now - keptMs));
  await deleteOldSessions(db, new Date(now - sessionsKeptMs));
}
