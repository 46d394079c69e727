import type { Deps } from '../../../platform/deps.ts';
import { derivedId } from '../../../platform/id.ts';
import { dayMs, threeDaysMs } from '../limits.ts';
import { moneyOf } from '../queries/payment-of.ts';
import { insertCollected, noticesBefore } from '../store/follow-store.ts';
import { counting } from './count-effect.ts';
import { follow } from './follow-notices.ts';

/** Money came: it counts for the last message about the home within 72 hours, once. */
export async function notePayment(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { companyId, paymentId }: { readonly companyId: string; readonly paymentId: string },
): Promise<void> {
  await db.transaction(companyId, async (tx) => {
    const money = await moneyOf(tx, paymentId);
    const [first] = money;
    if (!first) return;
    const { paidAt } = first;
    const before = (ms: number) => new Date(paidAt.getTime() - ms);
    // A message waits in the queue between its release and its sending for a day at most.
    const from = before(threeDaysMs + dayMs);
    const unitIds = money.map(({ unitId }) => unitId);
    const ids = await noticesBefore(tx, { unitIds, from, to: paidAt });
    if (ids.length === 0) return;
    // The payment's news may overtake that of the sending.
    await follow(tx, ids, clock.now());
    const rows = money.map(({ unitId, amountFen }) => ({
      id: derivedId('reminders.collected', companyId, paymentId, unitId),
      unitId,
      amountFen,
    }));
    await counting(tx, ids, () =>
      insertCollected(tx, rows, {
        paymentId,
        paidAt,
        from: before(threeDaysMs),
        dayBefore: before(dayMs),
      }),
    );
  });
}
