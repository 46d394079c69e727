import { moveBalance } from './balance.ts';
import { saveOrder } from './orders.ts';
import type { PayDeps } from './pay.ts';
import { type Order, refundsOf } from './records.ts';
import { newRefundId, saveRefund } from './refunds.ts';

/** An order can be reversed this long. */
const REVERSIBLE_MS = 7 * 86_400_000;

/** Reverses an order: closes an unpaid one for good and gives back a paid one. Repeatable. */
export function reverseOrder(deps: PayDeps, order: Order): 'reversed' | 'too-late' | 'refunded' {
  if (order.state === 'REVOKED') return 'reversed';
  const now = deps.clock.now();
  if (order.createdAt + REVERSIBLE_MS < now) return 'too-late';
  const { payment } = order;
  if (payment !== null) {
    const earlier = refundsOf(deps.records, order).filter((one) => !one.isReversal);
    if (earlier.length > 0) return 'refunded';
    moveBalance(deps, order, -payment.totalFen);
    const refundId = newRefundId(now);
    saveRefund(deps, {
      refundId,
      outRefundNo: `REVERSAL/${refundId}`, // No number of a merchant's has a slash.
      mchid: order.mchid,
      spMchid: order.spMchid,
      outTradeNo: order.outTradeNo,
      transactionId: payment.transactionId,
      parameters: '',
      reason: null,
      notifyUrl: null,
      fundsAccount: 'UNSETTLED',
      refundFen: payment.totalFen,
      totalFen: payment.totalFen,
      state: 'SUCCESS',
      channel: 'ORIGINAL',
      createdAt: now,
      succeededAt: now,
      finishAt: null,
      finishAs: 'SUCCESS',
      version: 'v2',
      isReversal: true,
    });
  }
  saveOrder(deps, { ...order, state: 'REVOKED' });
  return 'reversed';
}
