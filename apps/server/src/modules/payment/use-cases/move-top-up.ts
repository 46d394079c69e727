import type { Tx } from '../../../platform/database/index.ts';
import { publish } from '../../../platform/outbox/index.ts';
import { moveReserved, prepaymentChanged, refundPrepayment } from '../../prepayment/index.ts';
import type { PaymentDeps } from '../deps.ts';
import type { LockedPayment } from '../store/payment-store.ts';
import type { Refund } from '../store/refund-store.ts';
import { moveTopUp } from '../store/refund-store.ts';

type Ahead = Pick<Refund, 'id' | 'topUpFen' | 'refundName'>;

/**
 * What a refund promises of a balance, or no longer does. The payment is locked; the balance is
 * locked here, after the bills. @throws PREPAYMENT_TOO_SMALL
 */
export async function reserveTopUp(
  tx: Tx,
  { topUpFen: amountFen }: Pick<Refund, 'topUpFen'>,
  payment: Pick<LockedPayment, 'id' | 'unitId'> | undefined,
  step: 'reserve' | 'release',
): Promise<void> {
  if (amountFen === 0) return;
  if (!payment) throw new Error('money paid ahead goes back of its payment');
  await moveTopUp(tx, { paymentId: payment.id, amountFen }, step);
  await moveReserved(tx, { unitId: payment.unitId, amountFen }, step);
}

/** The money is back with its payer: it leaves the balance. */
export async function completeTopUp(
  tx: Tx,
  deps: Pick<PaymentDeps, 'clock'>,
  { id, topUpFen: amountFen, refundName }: Ahead,
  payment: Pick<LockedPayment, 'id' | 'unitId'> | undefined,
): Promise<void> {
  if (amountFen === 0) return;
  if (!payment) throw new Error('money paid ahead goes back of its payment');
  const { id: paymentId, unitId } = payment;
  await moveTopUp(tx, { paymentId, amountFen }, 'complete');
  await refundPrepayment(tx, {
    unitId,
    amountFen,
    paymentId,
    sourceId: id,
    reason: 'refund',
    actor: refundName,
    at: deps.clock.now(),
  });
  await publish(tx, deps.clock, prepaymentChanged(id, unitId));
}
