import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { difference } from '../domain/difference.ts';
import { contributions } from '../queries/contributions.ts';
import { addToEffect, clearEffect } from '../store/effect-store.ts';
import { lockNotices } from '../store/follow-store.ts';

/**
 * Changes notices and counts the difference, in one transaction and under their locks: the same
 * news twice, or out of order, adds nothing.
 */
export async function counting(
  tx: Tx,
  noticeIds: readonly string[],
  change: (ids: readonly string[]) => Promise<void>,
): Promise<void> {
  const ids = await lockNotices(tx, noticeIds);
  if (ids.length === 0) return;
  const before = await contributions(tx, ids);
  await change(ids);
  await addToEffect(tx, difference(before, await contributions(tx, ids)));
}

/** Counts everything anew from the notices; the totals stay as they are if all was well. */
export async function rebuildEffect({ db }: Pick<Deps, 'db'>, companyId: string): Promise<void> {
  await db.transaction(companyId, async (tx) => {
    await clearEffect(tx);
    await addToEffect(tx, await contributions(tx));
  });
}
