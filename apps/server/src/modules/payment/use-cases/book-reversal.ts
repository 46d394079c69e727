import type { Fen } from '@wuye-pay/money';
import type { PaymentDeps } from '../deps.ts';
import type { Attempt } from '../store/attempt-store.ts';
import { confirmRefund } from './confirm-refund.ts';

/**
 * A payer's code was reversed (撤销) at the channel while the news of its payment was on the way to
 * us: what our books hold as collected has gone back. Booked as a refund that nobody asked for,
 * under the order's own number, so that a person is told whose bills have no money behind them.
 */
export async function bookReversal(
  deps: PaymentDeps,
  companyId: string,
  { channel, merchantAccountId, orderNo, amountFen }: Reversed,
): Promise<void> {
  deps.log.error(
    { companyId, orderNo, alarm: 'payment-reversed' },
    'a payment that was booked has been reversed at the channel',
  );
  const refund = {
    channel,
    merchantAccountId,
    orderNo,
    refundNo: orderNo,
    channelRefundNo: '',
    amountFen,
    refundedAt: deps.clock.now(),
    raw: JSON.stringify({ reversed: orderNo, amountFen }),
  };
  await confirmRefund(deps, { companyId, source: 'query', refund });
}

type Reversed = Pick<Attempt, 'channel' | 'merchantAccountId' | 'orderNo'> & {
  readonly amountFen: Fen;
};
