import type { CloseReason } from '@wuye-pay/contract';
import type { Tx } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { publish } from '../../../platform/outbox/index.ts';
import { releaseHolds } from '../../billing/index.ts';
import { paymentClosed } from '../events.ts';
import { endAttempt } from '../store/attempt-store.ts';
import { markClosed, recordChanges } from '../store/payment-store.ts';
import { deleteUnbooked } from '../store/proof-store.ts';
import type { BookDeps, Situation } from './situation.ts';

/**
 * The channel confirms that it collected another amount: the order cannot be paid any more, its
 * money lies in suspense, and the bills are free for a new payment.
 */
export async function concludeOrder(
  tx: Tx,
  deps: BookDeps,
  { proof, payment, attempt, actor }: Situation,
  closeReason: CloseReason,
): Promise<void> {
  if (!payment || !attempt) throw new Error(`order ${proof.orderNo} is not ours to conclude`);
  const now = deps.clock.now();
  const change = { paymentId: payment.id, reason: closeReason, actor };
  await Promise.all([
    endAttempt(tx, attempt.id, {
      to: 'paid',
      at: now,
      reason: closeReason,
      tradeNo: proof.tradeNo,
    }),
    markClosed(tx, payment.id, { at: now, reason: closeReason }),
    releaseHolds(tx, payment.id),
    recordChanges(tx, now, [
      { ...change, id: newId(now), attemptId: attempt.id, from: attempt.state, to: 'paid' },
      { ...change, id: newId(now), attemptId: null, from: 'open', to: 'closed' },
    ]),
    publish(tx, deps.clock, paymentClosed(payment.id)),
    deleteUnbooked(tx, proof.id),
  ]);
}
