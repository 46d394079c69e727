import type { Tx } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { reach } from '../checkpoints.ts';
import { decideRefund } from '../domain/decide-refund.ts';
import { refundKey } from '../proof-key.ts';
import { checkOrderNow } from '../store/attempt-store.ts';
import { lockPaymentOfOrder } from '../store/payment-store.ts';
import {
  attemptOfRefundNo,
  checkRefundNow,
  endRefundAttempt,
  type RefundAttempt,
} from '../store/refund-attempt-store.ts';
import { deleteUnbookedRefund, type RefundProof, refundKeys } from '../store/refund-proof-store.ts';
import { moveRefund, recordRefundChange } from '../store/refund-store.ts';
import { completeRefund } from './complete-refund.ts';
import { postUnasked } from './post-refund-case.ts';
import { lockSituation, type RefundSituation } from './refund-situation.ts';
import type { BookDeps } from './situation.ts';

export interface RefundBooking {
  /** `waits`: the channel is asked before anything is booked. */
  readonly outcome: 'refunded' | 'unasked' | 'repeat' | 'contradiction' | 'waits';
  readonly refundId: string | null;
  readonly caseId: string | null;
}

interface Known {
  readonly situation: RefundSituation;
  readonly attempt: RefundAttempt;
}

/**
 * Books a stored proof of a refund in the caller's transaction, once: it completes what we asked
 * for, or it is money that left us unasked, debited to suspense with a case.
 */
export async function bookRefund(
  tx: Tx,
  deps: BookDeps,
  proof: RefundProof,
): Promise<RefundBooking> {
  const known = await lockKnown(tx, proof);
  const [booked] = await refundKeys(tx, [proof.keyId]);
  reach(deps, 'refund.book.locked');
  const decision = decideRefund(proof, booked, known?.situation.refund);
  reach(deps, `refund.decided.${decision}`);
  const refundId = known?.situation.refund.id ?? null;
  switch (decision) {
    case 'complete':
      if (!known) throw new Error(`refund ${proof.refundNo} is not ours to complete`);
      await complete(tx, deps, proof, known);
      return { outcome: 'refunded', refundId, caseId: null };
    case 'repeat':
      await deleteUnbookedRefund(tx, proof.id);
      return {
        outcome: 'repeat',
        refundId: booked?.refundId ?? null,
        caseId: booked?.caseId ?? null,
      };
    case 'contradiction':
      deps.log.error(
        { companyId: tx.companyId, refundNo: proof.refundNo, alarm: 'refund-contradiction' },
        'two proofs of one refund name different amounts',
      );
      await deleteUnbookedRefund(tx, proof.id);
      return { outcome: 'contradiction', refundId, caseId: null };
    case 'ask':
      if (known) await checkRefundNow(tx, known.attempt.id, deps.clock.now());
      return { outcome: 'waits', refundId, caseId: null };
    case 'other-amount':
      if (known) await failForAmount(tx, deps, proof, known);
      return await unasked(tx, deps, proof, 'refund-other-amount', known);
    case 'unasked':
      return await unasked(tx, deps, proof, 'refund-unasked', known);
  }
}

async function lockKnown(tx: Tx, { refundNo }: RefundProof): Promise<Known | undefined> {
  const found = await attemptOfRefundNo(tx, refundNo);
  if (!found) return undefined;
  const situation = await lockSituation(tx, found.refundId);
  const attempt = situation.attempts.find(({ id }) => id === found.id);
  if (!attempt) throw new Error(`refund number ${refundNo} is gone`);
  return { situation, attempt };
}

async function complete(
  tx: Tx,
  deps: BookDeps,
  proof: RefundProof,
  { situation, attempt }: Known,
): Promise<void> {
  await completeRefund(tx, deps, situation, {
    key: refundKey(proof),
    attempt,
    channelRefundNo: proof.channelRefundNo || undefined,
    refundedAt: proof.refundedAt,
    reason: proof.source,
    actor: proof.channel,
  });
  await deleteUnbookedRefund(tx, proof.id);
}

/** The number did something else than we asked for: the refund waits for a person. */
async function failForAmount(
  tx: Tx,
  deps: BookDeps,
  proof: RefundProof,
  { situation: { refund }, attempt }: Known,
): Promise<void> {
  const at = deps.clock.now();
  const reason = 'other-amount';
  const change = { refundId: refund.id, to: 'failed', reason, note: null, actor: proof.channel };
  await endRefundAttempt(tx, attempt.id, {
    to: 'failed',
    at,
    answer: reason,
    code: 'OTHER_AMOUNT',
  });
  if (refund.state === 'failed') return;
  await moveRefund(tx, refund.id, { from: [refund.state], to: 'failed', at });
  await recordRefundChange(tx, at, {
    ...change,
    id: newId(at),
    attemptId: null,
    from: refund.state,
  });
}

async function unasked(
  tx: Tx,
  deps: BookDeps,
  proof: RefundProof,
  reason: 'refund-unasked' | 'refund-other-amount',
  known: Known | undefined,
): Promise<RefundBooking> {
  const payment = known ? known.situation.payment : await lockPaymentOfOrder(tx, proof.orderNo);
  const caseId = await postUnasked(tx, deps, proof, { reason, paymentId: payment?.id ?? null });
  // The refund may have come before the news of its payment.
  if (!known) await checkOrderNow(tx, proof.orderNo, deps.clock.now());
  await deleteUnbookedRefund(tx, proof.id);
  return { outcome: 'unasked', refundId: known?.situation.refund.id ?? null, caseId };
}
