import type { Product } from '../../channels/index.ts';
import type { RefundAttempt } from '../store/refund-attempt-store.ts';
import type { Refund } from '../store/refund-store.ts';

/** What a channel is told of a refund: the same words on every send and query of a number. */
export function refundOrderOf(
  companyId: string,
  refund: Refund,
  { refundNo, requestedAt }: Pick<RefundAttempt, 'refundNo' | 'requestedAt'>,
) {
  const { merchantAccountId, amountFen, reason } = refund;
  if (merchantAccountId === null) throw new Error(`refund ${refund.id} is of no channel`);
  return {
    companyId,
    merchantAccountId,
    refundNo,
    amountFen,
    reason,
    requestedAt,
    order: {
      orderNo: refund.orderNo,
      tradeNo: refund.tradeNo,
      product: refund.product as Product,
      amountFen: refund.orderAmountFen,
      requestedAt: refund.orderRequestedAt,
      paidAt: refund.paidAt,
    },
  };
}
