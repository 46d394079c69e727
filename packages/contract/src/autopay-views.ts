import Type, { type Static } from 'typebox';
import { Bilingual } from './charging.ts';
import { Day, FenAmount, Id, Instant, Month, Nullable } from './common.ts';

/**
 * requested: the resident was led to the wallet; active: debits may come; stopping: no debit
 * starts any more, the channel has not confirmed the end yet; ended: over for good.
 */
export const AutopayState = Type.Enum(['requested', 'active', 'stopping', 'ended']);
export type AutopayState = Static<typeof AutopayState>;

/** Who ended it: `home`: no home is left; `replaced`: signed again; `unsigned`: never agreed to. */
export const AutopayStoppedBy = Type.Enum([
  'resident',
  'staff',
  'channel',
  'home',
  'replaced',
  'unsigned',
]);
export type AutopayStoppedBy = Static<typeof AutopayStoppedBy>;

/**
 * planned: the notice is not out yet; announced: the payer was told, the day is awaited; started:
 * the channel was asked, the answer is awaited; the others are final.
 */
export const AutopayDebitState = Type.Enum([
  'planned',
  'announced',
  'started',
  'paid',
  'failed',
  'skipped',
  'dropped',
]);
export type AutopayDebitState = Static<typeof AutopayDebitState>;

/** Fee items of one home that a mandate pays. */
export const AutopayHome = Type.Object({
  unitId: Id,
  communityName: Type.String(),
  label: Type.String(),
  isLive: Type.Boolean(),
  /** Why it is not paid any more. */
  endedBecause: Nullable(Bilingual),
  items: Type.Array(Type.Object({ feeItemId: Id, name: Type.String() })),
});
export type AutopayHome = Static<typeof AutopayHome>;

export const AutopayDebitBill = Type.Object({
  billId: Id,
  unitId: Id,
  unitLabel: Type.String(),
  feeItemName: Type.String(),
  month: Month,
  amountFen: FenAmount,
});
export type AutopayDebitBill = Static<typeof AutopayDebitBill>;

export const AutopayDebit = Type.Object({
  id: Id,
  debitOn: Day,
  /** What was announced; what is taken is never more. */
  amountFen: FenAmount,
  /** 1 for the first; retries count on. */
  tryNo: Type.Integer(),
  state: AutopayDebitState,
  /** In words: what became of it and, where something is to be done, what. */
  note: Nullable(Bilingual),
  /** The notice reached the payer's wallet or phone. */
  noticedAt: Nullable(Instant),
  paymentId: Nullable(Id),
  endedAt: Nullable(Instant),
  bills: Type.Array(AutopayDebitBill),
  canSkip: Type.Boolean(),
  /** Skipped, with a bill that is still open. */
  canUnskip: Type.Boolean(),
});
export type AutopayDebit = Static<typeof AutopayDebit>;

/** An open bill that a mandate covers and that is not going to be debited, with the reason. */
export const AutopayLeftOut = Type.Object({
  billId: Id,
  unitId: Id,
  unitLabel: Type.String(),
  feeItemName: Type.String(),
  month: Month,
  openFen: FenAmount,
  reason: Bilingual,
});
export type AutopayLeftOut = Static<typeof AutopayLeftOut>;

export const AutopayLogEntry = Type.Object({
  id: Id,
  at: Instant,
  text: Bilingual,
  debitId: Nullable(Id),
});
export type AutopayLogEntry = Static<typeof AutopayLogEntry>;

export const AutopayMandate = Type.Object({
  id: Id,
  channel: Type.String(),
  wallet: Bilingual,
  state: AutopayState,
  stoppedBy: Nullable(AutopayStoppedBy),
  /** What the state means for the payer, and what is to be done, if anything. */
  note: Bilingual,
  limitDebitFen: FenAmount,
  limitMonthFen: FenAmount,
  /** What was agreed to: limits are raised up to these, beyond only by signing again. */
  signedDebitFen: FenAmount,
  signedMonthFen: FenAmount,
  /** Debited or planned in the present month. */
  monthFen: FenAmount,
  firstDebitOn: Day,
  requestedAt: Instant,
  signedAt: Nullable(Instant),
  endedAt: Nullable(Instant),
  homes: Type.Array(AutopayHome),
  next: Nullable(AutopayDebit),
  leftOut: Type.Array(AutopayLeftOut),
  /** Open bills that come with a later debit: not due yet, or above the limit beside others. */
  later: Type.Object({ count: Type.Integer(), openFen: FenAmount }),
});
export type AutopayMandate = Static<typeof AutopayMandate>;

/** When debits come. Of the company; a community may have its own. */
export const AutopayRule = {
  /** Days counted from a bill's due day, or from the day on which it was published. */
  basis: Type.Enum(['due', 'published']),
  /** Before (negative, for `due` only) or after it. */
  days: Type.Integer({ minimum: -15, maximum: 60 }),
  /** The payer is told so many days ahead, never later than 24 hours. */
  noticeDays: Type.Integer({ minimum: 1, maximum: 10 }),
  /** After a clear failure: so many days after the try before. None: a failure is final. */
  retryDays: Type.Array(Type.Integer({ minimum: 1, maximum: 15 }), { maxItems: 5 }),
};
