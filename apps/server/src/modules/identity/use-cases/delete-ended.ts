import type { Deps } from '../../../platform/deps.ts';
import { attemptWindowMs } from '../domain/session.ts';
import { companyIds } from '../queries/companies.ts';
import { deleteEndedSessions } from '../store/session-store.ts';
import { deleteOldAttempts } from '../store/sign-in-guard.ts';

/** Ended sessions are kept this long, for questions about who was signed in from where. */
const keepSessionsMs = 90 * 86_400_000;

/** Deletes sessions and counted attempts that nobody needs any more. */
export async function deleteEnded(deps: Pick<Deps, 'jobsDb' | 'clock'>): Promise<void> {
  const at = deps.clock.now().getTime();
  await deleteOldAttempts(deps.jobsDb.global, new Date(at - attemptWindowMs));
  for (const companyId of await companyIds(deps.jobsDb.global)) {
    await deps.jobsDb.transaction(companyId, (tx) =>
      deleteEndedSessions(tx, new Date(at - keepSessionsMs)),
    );
  }
}
