import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { dayMs } from '../limits.ts';
import { companiesWithNotices, companyOf } from '../queries/company.ts';
import { endForgotten, endReminders, followMessages, staleNotices } from '../store/follow-store.ts';
import { counting } from './count-effect.ts';

/** A receipt that comes later than this changes nothing that anybody looks at. */
const followDays = 7;
const batch = 500;

/** One message moved on. */
export async function followMessage(
  deps: Pick<Deps, 'db' | 'clock'>,
  { companyId, messageId }: { readonly companyId: string; readonly messageId: string },
): Promise<void> {
  await deps.db.transaction(companyId, (tx) => follow(tx, [messageId], deps.clock.now()));
}

/** Finds what no event tells: messages that were dropped, receipts that were lost. */
export async function followNotices(deps: Pick<Deps, 'db' | 'jobsDb' | 'clock'>): Promise<void> {
  const now = deps.clock.now();
  const since = new Date(now.getTime() - followDays * dayMs);
  for (const companyId of await companiesWithNotices(deps.jobsDb, since)) {
    let found = batch;
    while (found === batch) {
      found = await deps.db.transaction(companyId, async (tx) => {
        const ids = await staleNotices(tx, { since, limit: batch });
        if (ids.length > 0) await follow(tx, ids, now);
        return ids.length;
      });
    }
    await deps.db.transaction(companyId, (tx) => endForgotten(tx, now));
  }
}

export async function follow(tx: Tx, noticeIds: readonly string[], now: Date): Promise<void> {
  const { timeZone } = await companyOf(tx);
  await counting(tx, noticeIds, async (ids) => {
    await followMessages(tx, ids, timeZone);
    await endReminders(tx, ids, now);
  });
}
