import Type, { type Static } from 'typebox';
import { Bilingual } from './charging.ts';
import { Day, FenAmount, Id, Instant, Month, Nullable, Page, PageQuery } from './common.ts';
import { PaymentChannel, PostingView, Product, ProofView, TimelineEntry } from './evidence.ts';
import { RefundView } from './refund.ts';
import { SuspenseView } from './suspense.ts';

export { PaymentChannel, Product };

/** `open`: nothing decided yet; `paid`: collected, final; `closed`: nothing was collected, final. */
export const PaymentState = Type.Enum(['open', 'paid', 'closed']);
export type PaymentState = Static<typeof PaymentState>;

/** One order at the channel. Only the channel's clear answer ends it. */
export const AttemptState = Type.Enum(['requested', 'pending', 'paid', 'closed', 'failed']);
export type AttemptState = Static<typeof AttemptState>;

/**
 * Where the payment began: the page behind a room code, the front desk, the money of a case with
 * which bills were settled, or a transfer that a bank statement reports.
 */
export const PaymentSource = Type.Enum([
  'cashier',
  'desk',
  'suspense',
  'transfer',
  'resident',
  'autopay',
]);
export type PaymentSource = Static<typeof PaymentSource>;

/** Why a payment ended without money. */
export const CloseReason = Type.Enum([
  'expired',
  'taken-over',
  'channel-closed',
  'other-amount',
  'refused',
]);
export type CloseReason = Static<typeof CloseReason>;

const paymentFields = {
  id: Id,
  state: PaymentState,
  source: PaymentSource,
  channel: PaymentChannel,
  merchantAccountName: Nullable(Type.String()),
  communityId: Id,
  communityName: Type.String(),
  /** The home that the payment is filed under. */
  unitId: Id,
  unitLabel: Type.String(),
  /** Homes besides whose bills it pays; most payments have none. */
  furtherUnits: Type.Array(Type.Object({ unitId: Id, unitLabel: Type.String() })),
  amountFen: FenAmount,
  /** What of it settled bills; the rest of a paid payment was paid ahead or is in suspense. */
  settledFen: FenAmount,
  /** What of it is paid ahead for the unit. */
  topUpFen: FenAmount,
  /** What went back since, and what is promised to go back. */
  refundedFen: FenAmount,
  refundingFen: FenAmount,
  /** Of the newest attempt. */
  orderNo: Nullable(Type.String()),
  /** The channel's own number of the collected trade. */
  tradeNo: Nullable(Type.String()),
  createdAt: Instant,
  expiresAt: Instant,
  paidAt: Nullable(Instant),
  closedAt: Nullable(Instant),
  closeReason: Nullable(CloseReason),
};

export const PaymentView = Type.Object(paymentFields);
export type PaymentView = Static<typeof PaymentView>;

/** What may be done now, and for what is not allowed, why. */
export const PaymentAction = Type.Object({
  /** `check`: ask the channel now what became of it; `refund`: give some of it back. */
  action: Type.Enum(['check', 'refund']),
  allowed: Type.Boolean(),
  reason: Nullable(Bilingual),
});

export const PaymentLine = Type.Object({
  billId: Id,
  feeItemId: Id,
  feeItemName: Type.String(),
  unitId: Id,
  unitLabel: Type.String(),
  periodStart: Day,
  periodEnd: Day,
  month: Month,
  amountFen: FenAmount,
  settledFen: FenAmount,
  refundedFen: FenAmount,
  /** Promised to refunds that have not ended. */
  reservedFen: FenAmount,
});

export const AttemptView = Type.Object({
  id: Id,
  orderNo: Type.String(),
  channel: PaymentChannel,
  product: Product,
  state: AttemptState,
  amountFen: FenAmount,
  requestedAt: Instant,
  expiresAt: Instant,
  /** When the channel is asked again; null once the attempt has ended. */
  nextCheckAt: Nullable(Instant),
  checks: Type.Integer(),
  endedAt: Nullable(Instant),
  endReason: Nullable(Type.String()),
  tradeNo: Nullable(Type.String()),
});

export const PaymentDetail = Type.Object({
  ...paymentFields,
  /** The payer's id at the channel, masked. */
  payer: Nullable(Type.String()),
  lines: Type.Array(PaymentLine),
  attempts: Type.Array(AttemptView),
  proofs: Type.Array(ProofView),
  postings: Type.Array(PostingView),
  timeline: Type.Array(TimelineEntry),
  cases: Type.Array(SuspenseView),
  refunds: Type.Array(RefundView),
  allowedActions: Type.Array(PaymentAction),
});
export type PaymentDetail = Static<typeof PaymentDetail>;

export const PaymentFilter = {
  state: Type.Optional(PaymentState),
  communityId: Type.Optional(Id),
  unitId: Type.Optional(Id),
  channel: Type.Optional(PaymentChannel),
  /** An order number or a channel's trade number, whole. */
  search: Type.Optional(Type.String({ maxLength: 64 })),
  /** Days of the company on which payments began, both included. */
  from: Type.Optional(Day),
  to: Type.Optional(Day),
};

/** The data of the event `payment` of GET /api/live. */
export const LivePayment = Type.Object({
  paymentId: Id,
  amountFen: FenAmount,
  channel: PaymentChannel,
  unitLabel: Type.String(),
  communityName: Type.String(),
  paidAt: Instant,
});
export type LivePayment = Static<typeof LivePayment>;

export const Today = Type.Object({
  /** The company's day. */
  day: Day,
  /** Payments completed today. */
  collectedFen: FenAmount,
  paymentCount: Type.Integer(),
  byChannel: Type.Array(
    Type.Object({ channel: PaymentChannel, amountFen: FenAmount, paymentCount: Type.Integer() }),
  ),
  /** What is open on all published bills. */
  openFen: FenAmount,
  /** Payments in progress. */
  openPayments: Type.Integer(),
  /** Money with an open case. */
  openCases: Type.Integer(),
  suspenseFen: FenAmount,
  /** The newest completed payments, at most 20. */
  newest: Type.Array(LivePayment),
});
export type Today = Static<typeof Today>;

const PaymentParams = Type.Object({ paymentId: Id });

/**
 * Routes of the module payment, keyed 'METHOD /path'. Besides:
 * GET /api/payments.csv with the same filters;
 * GET /api/live (server-sent events): `payment` carries a LivePayment, `case` a SuspenseView's id,
 * `refund` a RefundView's id.
 * POST /notify/:channel/:shortCode/:accountNumber is for the channels alone.
 */
export const paymentRoutes = {
  /** Newest first. */
  'GET /api/payments': {
    query: Type.Object({ ...PageQuery, ...PaymentFilter }),
    response: Page(PaymentView),
  },
  'GET /api/payments/:paymentId': { params: PaymentParams, response: PaymentDetail },
  /** Asks the channel now, and answers what the payment has become. */
  'POST /api/payments/:paymentId/check': { params: PaymentParams, response: PaymentDetail },
  'GET /api/today': { response: Today },
} as const;
