import { createHash } from 'node:crypto';
import { violatedConstraint } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';
import type { ChannelRefund } from '../../channels/index.ts';
import { reach } from '../checkpoints.ts';
import { type PaymentDeps, type PaymentInputDeps, withChannels } from '../deps.ts';
import { bookAgainAfterMs } from '../limits.ts';
import { refundKey, refundKeyIdOf, utcDayOf } from '../proof-key.ts';
import { type RefundProof, refundOnce, storeRefundProof } from '../store/refund-proof-store.ts';
import { bookRefund, type RefundBooking } from './book-refund.ts';

/** Money that a channel says it gave back, and how we learned of it. */
export interface RefundNews {
  readonly companyId: string;
  readonly source: 'answer' | 'notification' | 'query' | 'statement';
  readonly refund: ChannelRefund;
}

/**
 * Every proof of a refund ends here, however often it comes: the channel's answer, its notice, a
 * query or a statement. It is stored and committed first, then booked, once.
 */
export async function confirmRefund(
  input: PaymentInputDeps,
  news: RefundNews,
): Promise<RefundBooking> {
  const deps = withChannels(input);
  const proof = await keepRefundProof(deps, news);
  return await bookKeptRefund(deps, news.companyId, proof);
}

export async function keepRefundProof(
  deps: PaymentDeps,
  { companyId, source, refund }: RefundNews,
): Promise<RefundProof> {
  const receivedAt = deps.clock.now();
  const key = refundKey(refund);
  const words = createHash('sha256').update(refund.raw).digest('hex');
  const { channel, merchantAccountId, orderNo, refundNo, channelRefundNo } = refund;
  const proof: RefundProof = {
    id: derivedId(companyId, 'refund-proof', source, key, words),
    day: utcDayOf(receivedAt),
    source,
    channel,
    merchantAccountId,
    orderNo,
    refundNo,
    channelRefundNo,
    keyId: refundKeyIdOf(companyId, key),
    amountFen: refund.amountFen,
    refundedAt: refund.refundedAt,
    body: refund.raw,
  };
  const dueAt = new Date(receivedAt.getTime() + bookAgainAfterMs);
  await deps.db.transaction(companyId, (tx) => storeRefundProof(tx, proof, { receivedAt, dueAt }));
  reach(deps, 'refund.proof.stored');
  return proof;
}

/** Books a stored proof and tells whoever is looking. Safe to repeat. */
export async function bookKeptRefund(
  deps: PaymentDeps,
  companyId: string,
  proof: RefundProof,
): Promise<RefundBooking> {
  const booking = await bookOnce(deps, companyId, proof);
  reach(deps, 'refund.book.committed');
  const { outcome, refundId, caseId } = booking;
  if (outcome === 'refunded' && refundId) {
    void deps.live.announce({ companyId, topic: 'payment.refunded', id: refundId });
  }
  if (outcome === 'unasked' && caseId) {
    void deps.live.announce({ companyId, topic: 'payment.surplus', id: caseId });
  }
  return booking;
}

async function bookOnce(deps: PaymentDeps, companyId: string, proof: RefundProof) {
  const book = () => deps.db.transaction(companyId, (tx) => bookRefund(tx, deps, proof));
  try {
    return await book();
  } catch (error) {
    // Nothing to lock, so a twin booked the same unknown refund first: now it is found.
    if (violatedConstraint(error) === refundOnce) return await book();
    throw error;
  }
}
