import type { Fen } from '@wuye-pay/money';
import type { Tx } from '../../../platform/database/index.ts';
import type { AccountCode } from '../../ledger/index.ts';
import type { PaymentDeps } from '../deps.ts';
import type { Proof } from '../domain/proof.ts';
import { correctedKeyOf, keyIdOf, tradeKey } from '../proof-key.ts';
import type { BookedTrade } from '../store/booking-store.ts';
import { type Line, type OrderAttempt, orderFacts } from '../store/order-store.ts';
import { type LockedPayment, lockPaymentOfOrder } from '../store/payment-store.ts';

/** What a use-case that books is given. */
export type BookDeps = Pick<PaymentDeps, 'clock' | 'log' | 'checkpoint'>;

export type BookingOutcome =
  | 'settled'
  | 'split'
  | 'surplus'
  | 'repeat'
  | 'concluded'
  | 'contradiction';

export interface Booking {
  readonly outcome: BookingOutcome;
  readonly paymentId: string | null;
  readonly surplusId: string | null;
}

/** What is known of a proof's order once its payment is locked. */
export interface Situation {
  readonly proof: Proof;
  /** The exactly-once key under which it would be booked now. */
  readonly key: string;
  readonly payment: LockedPayment | undefined;
  readonly attempt: OrderAttempt | undefined;
  readonly lines: readonly Line[];
  readonly booked: BookedTrade | undefined;
  /** Where the money lies, when neither channel nor desk says so. */
  readonly moneyAccount?: AccountCode;
  /** Collected beyond what the lines come to; it goes to suspense. */
  readonly remainderFen?: Fen;
  /** Whom the timeline names. */
  readonly actor: string;
}

/** One trip. Sent together and run in order: what follows the lock sees what was committed before. */
export async function lockAndRead(tx: Tx, proof: Proof): Promise<Situation> {
  const key = tradeKey(proof);
  const { orderNo } = proof;
  const correctedId = keyIdOf(tx.companyId, correctedKeyOf(key));
  const [payment, facts] = await Promise.all([
    lockPaymentOfOrder(tx, orderNo),
    orderFacts(tx, { orderNo, keyIds: [proof.keyId, correctedId] }),
  ]);
  const corrected = facts.booked.find(({ keyId }) => keyId === correctedId);
  const booked = corrected ?? facts.booked[0];
  return { ...facts, proof, key, payment, booked, actor: proof.channel };
}
