import type { CloseReason } from '@wuye-pay/contract';
import { newId } from '../../../platform/id.ts';
import { publish } from '../../../platform/outbox/index.ts';
import { releaseHolds } from '../../billing/index.ts';
import { reach } from '../checkpoints.ts';
import type { PaymentDeps } from '../deps.ts';
import { paymentClosed } from '../events.ts';
import { type Attempt, attemptsOf, endAttempt } from '../store/attempt-store.ts';
import {
  lockPayment,
  markClosed,
  recordChanges,
  type StateChange,
} from '../store/payment-store.ts';

export interface Closing {
  readonly companyId: string;
  readonly attempt: Attempt;
  readonly reason: CloseReason;
  readonly actor: string;
}

/**
 * Ends an attempt that the channel says cannot be paid any more, and its payment with it. A
 * payment that was decided meanwhile is left as it is.
 * @returns `paid` when this very attempt had been booked as paid meanwhile
 */
export async function closePayment(
  deps: PaymentDeps,
  closing: Closing,
): Promise<'closed' | 'paid' | 'left'> {
  const { companyId, attempt, reason, actor } = closing;
  const now = deps.clock.now();
  const became = await deps.db.transaction(companyId, async (tx) => {
    const [payment, attempts] = await Promise.all([
      lockPayment(tx, attempt.paymentId),
      attemptsOf(tx, attempt.paymentId),
    ]);
    const current = attempts.find(({ id }) => id === attempt.id);
    if (payment?.state !== 'open' || !current || !isLive(current)) {
      return payment?.state === 'paid' && current?.state === 'paid' ? 'paid' : 'left';
    }
    const isLast = attempts.every((other) => other.id === attempt.id || !isLive(other));
    const change = { paymentId: payment.id, to: 'closed', reason, actor };
    const changes: StateChange[] = [
      { ...change, id: newId(now), attemptId: attempt.id, from: current.state },
      ...(isLast ? [{ ...change, id: newId(now), attemptId: null, from: 'open' }] : []),
    ];
    await Promise.all([
      endAttempt(tx, attempt.id, { to: 'closed', at: now, reason, tradeNo: null }),
      recordChanges(tx, now, changes),
      isLast && markClosed(tx, payment.id, { at: now, reason }),
      isLast && releaseHolds(tx, payment.id),
      isLast && publish(tx, deps.clock, paymentClosed(payment.id)),
    ]);
    reach(deps, 'payment.close.written');
    return isLast ? 'closed' : 'left';
  });
  reach(deps, 'payment.close.committed');
  if (became === 'closed') {
    void deps.live.announce({ companyId, topic: 'payment.closed', id: attempt.paymentId });
  }
  return became;
}

export function isLive({ state }: Pick<Attempt, 'state'>): boolean {
  return state === 'requested' || state === 'pending';
}
