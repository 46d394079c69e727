import { reach } from '../checkpoints.ts';
import type { PaymentDeps } from '../deps.ts';
import { lostAfterMs } from '../domain/refund.ts';
import { paymentErrors } from '../errors.ts';
import type { RefundAttempt } from '../store/refund-attempt-store.ts';
import { readRefund } from '../store/refund-store.ts';
import { confirmRefund } from './confirm-refund.ts';
import { recordRefundAnswer } from './record-refund-answer.ts';
import { refundOrderOf } from './refund-order-of.ts';

export interface ResolvingRefund {
  readonly companyId: string;
  readonly attempt: RefundAttempt;
  /** The channel has just refused the number, which an earlier send may have made true before. */
  readonly refused?: { readonly code: string; readonly message: string };
}

/**
 * Asks the channel what became of a refund number. Only a clear answer moves anything.
 * @returns `send`: the channel has never taken the number and does not know it, so that it is to
 *   be sent again, word for word
 */
export async function resolveRefund(
  deps: PaymentDeps,
  { companyId, attempt, refused }: ResolvingRefund,
): Promise<'send' | undefined> {
  const refund = await deps.db.read(companyId, (tx) => readRefund(tx, attempt.refundId));
  if (!refund) throw paymentErrors.REFUND_NOT_FOUND();
  const state = await deps.channels.queryRefund(deps, refundOrderOf(companyId, refund, attempt));
  reach(deps, 'refund.sweep.queried');
  const underWay = (words: string, isAccepted = false) =>
    recordRefundAnswer(deps, companyId, attempt, { kind: 'under-way', isAccepted, words });
  switch (state.state) {
    case 'refunded':
      await confirmRefund(deps, { companyId, source: 'query', refund: state.refund });
      return undefined;
    case 'failed':
      await recordRefundAnswer(deps, companyId, attempt, { ...state, kind: 'failed' });
      return undefined;
    case 'pending':
      await underWay('pending', true);
      return undefined;
    case 'unknown':
      await underWay('unknown');
      return undefined;
    case 'not-found':
      if (refused) {
        await recordRefundAnswer(deps, companyId, attempt, { ...refused, kind: 'refused' });
        return undefined;
      }
      await underWay('not-found');
      return isToBeSentAgain(attempt, deps.clock.now()) ? 'send' : undefined;
  }
}

/** After a day a person decides; the channel is still asked. */
function isToBeSentAgain({ state, requestedAt }: RefundAttempt, now: Date): boolean {
  return state === 'requested' && now.getTime() - requestedAt.getTime() < lostAfterMs;
}
