import { violatedConstraint } from '../../../platform/database/index.ts';
import type { ChannelTrade } from '../../channels/index.ts';
import { reach } from '../checkpoints.ts';
import { type PaymentDeps, type PaymentInputDeps, withChannels } from '../deps.ts';
import type { Proof } from '../domain/proof.ts';
import { bookAgainAfterMs } from '../limits.ts';
import { proofOf, utcDayOf } from '../proof-key.ts';
import { exactlyOnce } from '../store/booking-store.ts';
import { storeProof } from '../store/proof-store.ts';
import { bookProof } from './book-proof.ts';
import type { Booking } from './situation.ts';

/** A trade that a channel says it collected, and how we learned of it. */
export interface PaymentProof {
  readonly companyId: string;
  readonly source: 'notification' | 'query' | 'statement';
  readonly trade: ChannelTrade;
}

/**
 * Every proof of collected money ends here, however often it comes. It is stored and committed
 * first; then it is booked, once. What a crash leaves between the two is booked by the sweep.
 */
export async function confirmPayment(
  input: PaymentInputDeps,
  claim: PaymentProof,
): Promise<Booking> {
  const deps = withChannels(input);
  const proof = await keepProof(deps, claim);
  return await bookKept(deps, claim.companyId, proof);
}

export async function keepProof(
  deps: PaymentDeps,
  { companyId, source, trade }: PaymentProof,
): Promise<Proof> {
  const receivedAt = deps.clock.now();
  const { channel, merchantAccountId, orderNo, tradeNo, amountFen, currency, paidAt, raw } = trade;
  const told = { channel, merchantAccountId, orderNo, tradeNo, amountFen, currency, paidAt };
  const proof = proofOf(companyId, { source, ...told, body: raw }, utcDayOf(receivedAt));
  const dueAt = new Date(receivedAt.getTime() + bookAgainAfterMs);
  await deps.db.transaction(companyId, (tx) => storeProof(tx, proof, { receivedAt, dueAt }));
  reach(deps, 'payment.proof.stored');
  return proof;
}

/** Books a stored proof and tells whoever is looking. Safe to repeat. */
export async function bookKept(
  deps: PaymentDeps,
  companyId: string,
  proof: Proof,
): Promise<Booking> {
  if (proof.currency !== 'CNY') {
    throw new Error(`proof ${proof.id} is in ${proof.currency}; our books are in CNY`);
  }
  const booking = await bookOnce(deps, companyId, proof);
  reach(deps, 'payment.book.committed');
  announce(deps, companyId, booking);
  return booking;
}

async function bookOnce(deps: PaymentDeps, companyId: string, proof: Proof): Promise<Booking> {
  const book = () => deps.db.transaction(companyId, (tx) => bookProof(tx, deps, proof));
  try {
    return await book();
  } catch (error) {
    // No payment to lock, so a twin booked the same unknown order first: now it is found.
    if (violatedConstraint(error) === exactlyOnce) return await book();
    throw error;
  }
}

/** A hint, so nobody waits for it: screens that miss it poll. */
function announce(deps: PaymentDeps, companyId: string, booking: Booking): void {
  const { outcome, paymentId, surplusId } = booking;
  const isPaid = outcome === 'settled' || outcome === 'split';
  if (isPaid && paymentId) {
    void deps.live.announce({ companyId, topic: 'payment.paid', id: paymentId });
  }
  if ((outcome === 'surplus' || outcome === 'split') && surplusId) {
    void deps.live.announce({ companyId, topic: 'payment.surplus', id: surplusId });
  }
  if (outcome === 'concluded' && paymentId) {
    void deps.live.announce({ companyId, topic: 'payment.closed', id: paymentId });
  }
}
