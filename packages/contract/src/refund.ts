import Type, { type Static } from 'typebox';
import { Bilingual } from './charging.ts';
import { Day, FenAmount, Id, Instant, Month, Nullable, Page, PageQuery } from './common.ts';
import { PaymentChannel, PostingView, TimelineEntry } from './evidence.ts';

/**
 * requested → approved → processing → refunded. `refused`: the channel said no, the same number may
 * be sent again; `failed`: the number moved nothing for good, a new one may follow. Both keep the
 * amount reserved. `returned`: refunded, and the money came back. `rejected` by the checker,
 * `cancelled` by the maker or given up.
 */
export const RefundState = Type.Enum([
  'requested',
  'approved',
  'processing',
  'refused',
  'failed',
  'refunded',
  'returned',
  'rejected',
  'cancelled',
]);
export type RefundState = Static<typeof RefundState>;

/** Of lines of a payment; of a case's money; or `adopted`: it went back without us. */
export const RefundKind = Type.Enum(['payment', 'case', 'adopted']);
export type RefundKind = Static<typeof RefundKind>;

/** `reopen`: the debt is owed again; `close`: the charge is reduced by it. */
export const BillEffect = Type.Enum(['reopen', 'close']);
export type BillEffect = Static<typeof BillEffect>;

const refundFields = {
  id: Id,
  /** What people call it: "R261125-7F3K9Q". */
  refundName: Type.String(),
  kind: RefundKind,
  state: RefundState,
  paymentId: Nullable(Id),
  caseId: Nullable(Id),
  caseNo: Nullable(Type.String()),
  communityName: Nullable(Type.String()),
  unitId: Nullable(Id),
  unitLabel: Nullable(Type.String()),
  amountFen: FenAmount,
  /** What of it comes out of the unit's balance. */
  topUpFen: FenAmount,
  /** Null for the money of a case: no bill changes. */
  billEffect: Nullable(BillEffect),
  reason: Type.String(),
  channel: PaymentChannel,
  merchantAccountName: Nullable(Type.String()),
  orderNo: Type.String(),
  /** The number of the newest try at the channel. */
  refundNo: Nullable(Type.String()),
  /** By the standing policy, not by a person. */
  isByPolicy: Type.Boolean(),
  requestedBy: Type.String(),
  requestedAt: Instant,
  decidedBy: Nullable(Type.String()),
  decidedAt: Nullable(Instant),
  refundedAt: Nullable(Instant),
  endedAt: Nullable(Instant),
};

export const RefundView = Type.Object(refundFields);
export type RefundView = Static<typeof RefundView>;

export const RefundLine = Type.Object({
  billId: Id,
  feeItemName: Type.String(),
  month: Month,
  periodStart: Day,
  periodEnd: Day,
  /** What goes back of this bill. */
  amountFen: FenAmount,
  settledFen: FenAmount,
  /** What went back before, by whatever refund. */
  refundedFen: FenAmount,
});

/** One number at the channel. */
export const RefundAttemptView = Type.Object({
  id: Id,
  refundNo: Type.String(),
  state: Type.Enum(['requested', 'pending', 'refused', 'failed', 'refunded', 'returned']),
  requestedAt: Instant,
  sends: Type.Integer(),
  checks: Type.Integer(),
  nextCheckAt: Nullable(Instant),
  /** What the channel said last, in short. */
  lastAnswer: Nullable(Type.String()),
  lastAnswerAt: Nullable(Instant),
  endedAt: Nullable(Instant),
  code: Nullable(Type.String()),
  message: Nullable(Type.String()),
  channelRefundNo: Nullable(Type.String()),
});
export type RefundAttemptView = Static<typeof RefundAttemptView>;

export const RefundProofView = Type.Object({
  id: Id,
  source: Type.Enum(['answer', 'notification', 'query', 'desk', 'statement']),
  refundNo: Type.String(),
  channelRefundNo: Type.String(),
  amountFen: FenAmount,
  receivedAt: Instant,
  body: Nullable(Type.String()),
});

/** One thing that the refund does, in figures. */
export const RefundEffect = Type.Object({
  kind: Type.Enum([
    'money-out',
    'bill-reopened',
    'bill-reduced',
    'balance-reduced',
    'case-resolved',
  ]),
  text: Bilingual,
  amountFen: FenAmount,
  billId: Nullable(Id),
});
export type RefundEffect = Static<typeof RefundEffect>;

export const RefundAction = Type.Object({
  action: Type.Enum([
    'approve',
    'reject',
    'cancel',
    'retry',
    'reissue',
    'give-up',
    'check',
    'pay-out',
  ]),
  allowed: Type.Boolean(),
  reason: Nullable(Bilingual),
});
export type RefundAction = Static<typeof RefundAction>;

export const RefundDetail = Type.Object({
  ...refundFields,
  lines: Type.Array(RefundLine),
  effects: Type.Array(RefundEffect),
  attempts: Type.Array(RefundAttemptView),
  proofs: Type.Array(RefundProofView),
  postings: Type.Array(PostingView),
  timeline: Type.Array(TimelineEntry),
  voucherNo: Nullable(Type.String()),
  payeeName: Nullable(Type.String()),
  payoutNote: Nullable(Type.String()),
  allowedActions: Type.Array(RefundAction),
});
export type RefundDetail = Static<typeof RefundDetail>;

export const RefundPreview = Type.Object({
  amountFen: FenAmount,
  effects: Type.Array(RefundEffect),
  /** Why it cannot be asked for as it stands; empty when it can. */
  obstacles: Type.Array(Bilingual),
});
export type RefundPreview = Static<typeof RefundPreview>;

export const RefundFilter = {
  /** `open`: whatever has not ended. */
  state: Type.Optional(Type.Union([RefundState, Type.Literal('open')])),
  paymentId: Type.Optional(Id),
  billId: Type.Optional(Id),
  caseId: Type.Optional(Id),
  communityId: Type.Optional(Id),
  channel: Type.Optional(PaymentChannel),
  /** A refund's name, its number at the channel, or the order's number, whole. */
  search: Type.Optional(Type.String({ maxLength: 64 })),
  /** Days of the company on which refunds were asked for, both included. */
  from: Type.Optional(Day),
  to: Type.Optional(Day),
};

/** What waits for a checker, or for whoever must act. */
export const RefundInbox = Type.Object({
  /** Asked for by somebody else than the reader. */
  toApprove: Type.Integer(),
  /** Refused or failed at the channel, or cash that waits to be paid out. */
  toActOn: Type.Integer(),
  /** Cases that somebody wants to settle bills with. */
  settlements: Type.Integer(),
  /** A policy that waits for its second person. */
  policies: Type.Integer(),
});
export type RefundInbox = Static<typeof RefundInbox>;

const strict = { additionalProperties: false };
const Reason = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' });
const IdempotencyKey = Type.String({ minLength: 8, maxLength: 80 });
const PositiveFen = Type.Integer({ minimum: 1, maximum: 10_000_000_00 });
const PaymentParams = Type.Object({ paymentId: Id });
const RefundParams = Type.Object({ refundId: Id });
export const BillAmounts = Type.Array(Type.Object({ billId: Id, amountFen: PositiveFen }, strict), {
  minItems: 1,
  maxItems: 200,
});

/** What of a payment goes back: of its bills, or out of the balance that it paid into. */
const refundWish = {
  /** Empty where only money paid ahead goes back. */
  lines: Type.Array(Type.Object({ billId: Id, amountFen: PositiveFen }, strict), { maxItems: 200 }),
  topUpFen: Type.Optional(PositiveFen),
  billEffect: BillEffect,
};

/**
 * Routes of refunds, keyed 'METHOD /path'. Besides: GET /api/refunds.csv with the same filters.
 */
export const refundRoutes = {
  /** Newest first. */
  'GET /api/refunds': {
    query: Type.Object({ ...PageQuery, ...RefundFilter }),
    response: Page(RefundView),
  },
  'GET /api/refunds/:refundId': { params: RefundParams, response: RefundDetail },
  'GET /api/refund-inbox': { response: RefundInbox },
  /** What asking would do, without asking. */
  'POST /api/payments/:paymentId/refund-preview': {
    params: PaymentParams,
    body: Type.Object(refundWish, strict),
    response: RefundPreview,
  },
  /** Asks for a refund; its amount is reserved, and another person decides. */
  'POST /api/payments/:paymentId/refunds': {
    params: PaymentParams,
    body: Type.Object(
      {
        ...refundWish,
        reason: Reason,
        idempotencyKey: IdempotencyKey,
      },
      strict,
    ),
    status: 201,
    response: RefundDetail,
  },
  /** By another person than who asked; the amount that the checker saw must still be the one. */
  'POST /api/refunds/:refundId/approve': {
    params: RefundParams,
    body: Type.Object({ amountFen: PositiveFen }, strict),
    response: RefundDetail,
  },
  'POST /api/refunds/:refundId/reject': {
    params: RefundParams,
    body: Type.Object({ reason: Reason }, strict),
    response: RefundDetail,
  },
  /** By whoever asked, before it is decided. */
  'POST /api/refunds/:refundId/cancel': { params: RefundParams, response: RefundDetail },
  /** Sends the same number again, after a clear refusal. */
  'POST /api/refunds/:refundId/retry': { params: RefundParams, response: RefundDetail },
  /** Sends a new number, after the channel said that the old one moved nothing. */
  'POST /api/refunds/:refundId/reissue': { params: RefundParams, response: RefundDetail },
  /** Ends a refund that the channel does not make; what was reserved is free again. */
  'POST /api/refunds/:refundId/give-up': {
    params: RefundParams,
    body: Type.Object({ reason: Reason }, strict),
    response: RefundDetail,
  },
  /** Asks the channel now. */
  'POST /api/refunds/:refundId/check': { params: RefundParams, response: RefundDetail },
  /** The payer was given cash and signed the voucher. */
  'POST /api/refunds/:refundId/pay-out': {
    params: RefundParams,
    body: Type.Object(
      {
        voucherNo: Type.String({ minLength: 1, maxLength: 40, pattern: '^[0-9A-Za-z\\-/]+$' }),
        payeeName: Type.String({ minLength: 1, maxLength: 40, pattern: '\\S' }),
        /** Who signed, and where the signed voucher is kept. */
        note: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
      },
      strict,
    ),
    response: RefundDetail,
  },
} as const;
