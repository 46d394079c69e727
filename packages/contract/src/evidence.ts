import Type, { type Static } from 'typebox';
import { Bilingual } from './charging.ts';
import { Day, FenAmount, Id, Instant, Nullable } from './common.ts';

/** How the money came: a channel of GET /api/channels, or a way of the desk such as `cash`. */
export const PaymentChannel = Type.String({ pattern: '^[a-z][a-z0-9-]{1,30}$' });

/**
 * How the payer reaches the channel. `jsapi`: the page in the wallet's browser; `mini-program`:
 * the wallet's mini-program; `native`: a code that the payer scans; `h5` and `page`: the browser of
 * a phone or of a computer; `app`: our own app; `code`: the desk scans the payer's 付款码; `debit`:
 * under a mandate, without the payer.
 */
export const Product = Type.Enum([
  'jsapi',
  'mini-program',
  'native',
  'h5',
  'page',
  'app',
  'code',
  'debit',
]);
export type Product = Static<typeof Product>;

/** Evidence as it was stored before it was interpreted; personal data is masked. */
export const ProofView = Type.Object({
  id: Id,
  source: Type.Enum(['notification', 'query', 'desk', 'statement']),
  orderNo: Type.String(),
  tradeNo: Nullable(Type.String()),
  amountFen: FenAmount,
  receivedAt: Instant,
  /** The channel's words, payer's id masked. */
  body: Nullable(Type.String()),
  /** Null while it waits to be booked. */
  outcome: Nullable(Type.Enum(['settled', 'surplus', 'split'])),
});

export const PostingView = Type.Object({
  id: Id,
  kind: Type.String(),
  debit: Type.String(),
  credit: Type.String(),
  amountFen: FenAmount,
  day: Day,
  postedAt: Instant,
});

/** What happened, oldest first. */
export const TimelineEntry = Type.Object({
  at: Instant,
  /**
   * payment, attempt, refund: a state was entered; proof: evidence came in; message: a call to the
   * channel; surplus: a case was opened.
   */
  kind: Type.Enum(['payment', 'attempt', 'proof', 'message', 'surplus', 'refund']),
  text: Bilingual,
  /** Who or what did it: a job, a member of staff, the payer, the channel. */
  actor: Nullable(Type.String()),
});
