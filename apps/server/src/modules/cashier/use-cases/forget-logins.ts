import type { Deps } from '../../../platform/deps.ts';
import { deleteUsedLogins } from '../store/used-login-store.ts';

/** States are refused by their age after ten minutes; this is kept for the curious. */
const keptMs = 24 * 3_600_000;

export async function forgetLogins(deps: Pick<Deps, 'jobsDb' | 'clock'>): Promise<void> {
  const before = new Date(deps.clock.now().getTime() - keptMs);
  await deleteUsedLogins(deps.jobsDb.global, before);
}
