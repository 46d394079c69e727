import Type, { type Static } from 'typebox';
import { Bilingual } from './charging.ts';
import { Day, FenAmount, Id, Instant, Nullable } from './common.ts';

/** `processing`: nobody knows yet whether money was collected; it is never a failure by guess. */
export const CheckoutState = Type.Enum(['open', 'processing', 'paid', 'closed']);
export type CheckoutState = Static<typeof CheckoutState>;

export const CheckoutStateView = Type.Object({
  paymentId: Id,
  state: CheckoutState,
  amountFen: FenAmount,
});
export type CheckoutStateView = Static<typeof CheckoutStateView>;

/** What a payment was for, at a home of the asker. */
export const CheckoutLine = Type.Object({
  unitId: Id,
  label: Type.String(),
  /** Null for money paid ahead. */
  billId: Nullable(Id),
  name: Bilingual,
  periodStart: Nullable(Day),
  periodEnd: Nullable(Day),
  amountFen: FenAmount,
  /** What of it went where it was meant to; the rest of a paid payment waits at the office. */
  settledFen: FenAmount,
  refundedFen: FenAmount,
});
export type CheckoutLine = Static<typeof CheckoutLine>;

export const CheckoutHistoryEntry = Type.Object({
  id: Id,
  /** `balance`: bills settled out of money paid ahead; its id is no payment's. */
  kind: Type.Enum(['payment', 'top-up', 'balance']),
  at: Instant,
  state: CheckoutState,
  /** At the homes of the asker, or all of it when it is their own payment. */
  amountFen: FenAmount,
  refundedFen: FenAmount,
  /** What it was for: 物业费 2026年11月 等3项. */
  title: Bilingual,
  homes: Type.Array(Type.Object({ unitId: Id, label: Type.String() })),
  /** How it was paid: 微信支付, 现金. */
  way: Bilingual,
  isMine: Type.Boolean(),
});
export type CheckoutHistoryEntry = Static<typeof CheckoutHistoryEntry>;

/** A step in words for whoever paid, oldest first. */
export const CheckoutStep = Type.Object({
  at: Instant,
  kind: Type.Enum(['started', 'waiting', 'paid', 'closed', 'refund', 'kept']),
  text: Bilingual,
});

export const CheckoutPaymentDetail = Type.Object({
  paymentId: Id,
  kind: Type.Enum(['payment', 'top-up']),
  state: CheckoutState,
  /** Of the whole payment when it is the asker's own, else of their homes. */
  amountFen: FenAmount,
  refundedFen: FenAmount,
  createdAt: Instant,
  paidAt: Nullable(Instant),
  expiresAt: Instant,
  isMine: Type.Boolean(),
  companyName: Type.String(),
  way: Bilingual,
  /** For the office to find it by. */
  orderNo: Nullable(Type.String()),
  tradeNo: Nullable(Type.String()),
  lines: Type.Array(CheckoutLine),
  steps: Type.Array(CheckoutStep),
  /** Money that fitted nowhere and that the office is looking at; null when there is none. */
  keptFen: Nullable(FenAmount),
});
export type CheckoutPaymentDetail = Static<typeof CheckoutPaymentDetail>;
