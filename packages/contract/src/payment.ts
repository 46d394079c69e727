import Type, { type Static } from 'typebox';
import { Bilingual } from './charging.ts';
import { Day, FenAmount, Id, Instant, Month, Nullable, Page, PageQuery } from './common.ts';

/** `open`: nothing decided yet; `paid`: collected, final; `closed`: nothing was collected, final. */
export const PaymentState = Type.Enum(['open', 'paid', 'closed']);
export type PaymentState = Static<typeof PaymentState>;

/** One order at the channel. Only the channel's clear answer ends it. */
export const AttemptState = Type.Enum(['requested', 'pending', 'paid', 'closed', 'failed']);
export type AttemptState = Static<typeof AttemptState>;

/** How the money came: a channel of GET /api/channels, or a way of the desk such as `cash`. */
export const PaymentChannel = Type.String({ pattern: '^[a-z][a-z0-9-]{1,30}$' });

/** How the payer reaches the channel. */
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

/** Where the payment began: the page behind a room code, or the front desk. */
export const PaymentSource = Type.Enum(['cashier', 'desk']);
export type PaymentSource = Static<typeof PaymentSource>;

/** Why a payment ended without money. */
export const CloseReason = Type.Enum(['expired', 'taken-over', 'channel-closed', 'other-amount']);
export type CloseReason = Static<typeof CloseReason>;

/** Why money fits nowhere. */
export const SurplusReason = Type.Enum([
  'other-amount',
  'second-payment',
  'closed-payment',
  'unknown-order',
  'other-merchant',
  'bill-not-payable',
]);
export type SurplusReason = Static<typeof SurplusReason>;

const paymentFields = {
  id: Id,
  state: PaymentState,
  source: PaymentSource,
  channel: PaymentChannel,
  merchantAccountName: Nullable(Type.String()),
  communityId: Id,
  communityName: Type.String(),
  unitId: Id,
  unitLabel: Type.String(),
  amountFen: FenAmount,
  /** What of it settled bills; the rest of a paid payment is in suspense. */
  settledFen: FenAmount,
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
  /** `check`: ask the channel now what became of it. */
  action: Type.Enum(['check']),
  allowed: Type.Boolean(),
  reason: Nullable(Bilingual),
});

export const PaymentLine = Type.Object({
  billId: Id,
  feeItemId: Id,
  feeItemName: Type.String(),
  periodStart: Day,
  periodEnd: Day,
  month: Month,
  amountFen: FenAmount,
  settledFen: FenAmount,
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
  /** payment and attempt: a state was entered; proof: evidence came in; message: a call to the channel; surplus: a case was opened. */
  kind: Type.Enum(['payment', 'attempt', 'proof', 'message', 'surplus']),
  text: Bilingual,
  /** Who or what did it: a job, a member of staff, the payer, the channel. */
  actor: Nullable(Type.String()),
});

const caseFields = {
  id: Id,
  caseNo: Type.String(),
  reason: SurplusReason,
  reasonText: Bilingual,
  state: Type.Enum(['open', 'resolved']),
  amountFen: FenAmount,
  channel: PaymentChannel,
  merchantAccountName: Nullable(Type.String()),
  orderNo: Type.String(),
  tradeNo: Nullable(Type.String()),
  paymentId: Nullable(Id),
  communityName: Nullable(Type.String()),
  unitId: Nullable(Id),
  unitLabel: Nullable(Type.String()),
  openedAt: Instant,
  resolvedAt: Nullable(Instant),
  resolution: Nullable(Type.String()),
};

export const SuspenseView = Type.Object(caseFields);
export type SuspenseView = Static<typeof SuspenseView>;

export const SuspenseDetail = Type.Object({
  ...caseFields,
  /** What to do about it, step by step. */
  advice: Type.Array(Bilingual),
  /** What was expected, when an order is known. */
  expectedFen: Nullable(FenAmount),
  proofs: Type.Array(ProofView),
  postings: Type.Array(PostingView),
});
export type SuspenseDetail = Static<typeof SuspenseDetail>;

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

const SuspenseFilter = { state: Type.Optional(Type.Enum(['open', 'resolved'])) };

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
 * GET /api/payments.csv and GET /api/suspense.csv with the same filters;
 * GET /api/live (server-sent events): `payment` carries a LivePayment, `case` a SuspenseView's id.
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
  /** Takes cash at the front desk for whole bills of one unit. */
  'POST /api/payments/desk': {
    body: Type.Object(
      {
        unitId: Id,
        billIds: Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true }),
        method: Type.Enum(['cash']),
        /** What was taken; must be what the bills come to now. */
        amountFen: Type.Integer({ minimum: 1, maximum: 10_000_000_00 }),
        /** Made by the page once per payment, the same on every retry. */
        idempotencyKey: Type.String({ minLength: 8, maxLength: 80 }),
      },
      { additionalProperties: false },
    ),
    status: 201,
    response: Type.Object({ paymentId: Id, amountFen: FenAmount, paidAt: Instant }),
  },
  /** Newest first. */
  'GET /api/suspense': {
    query: Type.Object({ ...PageQuery, ...SuspenseFilter }),
    response: Page(SuspenseView),
  },
  'GET /api/suspense/:caseId': {
    params: Type.Object({ caseId: Id }),
    response: SuspenseDetail,
  },
  'GET /api/today': { response: Today },
} as const;
