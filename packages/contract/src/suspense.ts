import Type, { type Static } from 'typebox';
import { Bilingual } from './charging.ts';
import { FenAmount, Id, Instant, Month, Nullable, Page, PageQuery } from './common.ts';
import { PaymentChannel, PostingView, ProofView } from './evidence.ts';
import { BillAmounts, BillEffect, RefundDetail, RefundView } from './refund.ts';

/**
 * Why money fits nowhere. The `refund-…` ones tell of money that left us, or came back to us, by a
 * refund that we did not ask for, asked for otherwise, or that bounced; the `…transfer…` ones of
 * money that a bank statement reports.
 */
export const SurplusReason = Type.Enum([
  'other-amount',
  'second-payment',
  'closed-payment',
  'unknown-order',
  'other-merchant',
  'bill-not-payable',
  'refund-returned',
  'refund-unasked',
  'refund-other-amount',
  'unmatched-transfer',
  'transfer-remainder',
]);
export type SurplusReason = Static<typeof SurplusReason>;

const caseFields = {
  id: Id,
  caseNo: Type.String(),
  reason: SurplusReason,
  reasonText: Bilingual,
  state: Type.Enum(['open', 'resolved']),
  /** `out`: money left us unasked; suspense is owed it until somebody says what it was for. */
  direction: Type.Enum(['in', 'out']),
  amountFen: FenAmount,
  /** What is still to be resolved of it. */
  leftFen: FenAmount,
  channel: PaymentChannel,
  merchantAccountName: Nullable(Type.String()),
  orderNo: Type.String(),
  tradeNo: Nullable(Type.String()),
  /** Of the refund that a `refund-…` case tells of. */
  refundNo: Nullable(Type.String()),
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

/** A proposal to settle open bills with the money of a case. */
export const CaseSettlement = Type.Object({
  id: Id,
  state: Type.Enum(['requested', 'settled', 'rejected', 'cancelled']),
  unitId: Id,
  unitLabel: Type.String(),
  amountFen: FenAmount,
  note: Type.String(),
  lines: Type.Array(
    Type.Object({
      billId: Id,
      feeItemName: Type.String(),
      month: Month,
      amountFen: FenAmount,
      /** Open on the bill now. */
      openFen: FenAmount,
    }),
  ),
  /** The payment that it became. */
  paymentId: Nullable(Id),
  requestedBy: Type.String(),
  requestedAt: Instant,
  decidedBy: Nullable(Type.String()),
  decidedAt: Nullable(Instant),
  decisionNote: Nullable(Type.String()),
  allowedActions: Type.Array(
    Type.Object({
      action: Type.Enum(['approve', 'reject', 'cancel']),
      allowed: Type.Boolean(),
      reason: Nullable(Bilingual),
    }),
  ),
});
export type CaseSettlement = Static<typeof CaseSettlement>;

/** What a reader may propose for a case. */
export const CaseAction = Type.Object({
  /** `adopt`: say what money was for that went back without us. */
  action: Type.Enum(['refund', 'settle', 'adopt']),
  allowed: Type.Boolean(),
  reason: Nullable(Bilingual),
});

export const SuspenseDetail = Type.Object({
  ...caseFields,
  /** What to do about it, step by step. */
  advice: Type.Array(Bilingual),
  /** What was expected, when an order is known. */
  expectedFen: Nullable(FenAmount),
  proofs: Type.Array(ProofView),
  postings: Type.Array(PostingView),
  /** Of this money, newest last. */
  refunds: Type.Array(RefundView),
  settlements: Type.Array(CaseSettlement),
  allowedActions: Type.Array(CaseAction),
});
export type SuspenseDetail = Static<typeof SuspenseDetail>;

const SuspenseFilter = { state: Type.Optional(Type.Enum(['open', 'resolved'])) };

const strict = { additionalProperties: false };
const Note = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' });
const IdempotencyKey = Type.String({ minLength: 8, maxLength: 80 });
const CaseParams = Type.Object({ caseId: Id });
const SettlementParams = Type.Object({ settlementId: Id });

/** Routes of suspense cases. Besides: GET /api/suspense.csv with the same filters. */
export const suspenseRoutes = {
  /** Newest first. */
  'GET /api/suspense': {
    query: Type.Object({ ...PageQuery, ...SuspenseFilter }),
    response: Page(SuspenseView),
  },
  'GET /api/suspense/:caseId': { params: CaseParams, response: SuspenseDetail },
  /** Asks to give all that is left of a case back by the way it came. */
  'POST /api/suspense/:caseId/refunds': {
    params: CaseParams,
    body: Type.Object({ reason: Note, idempotencyKey: IdempotencyKey }, strict),
    status: 201,
    response: RefundDetail,
  },
  /**
   * Says what money was for that went back without us: lines of a payment, or the money of another
   * case. Another person approves; then the books say so.
   */
  'POST /api/suspense/:caseId/adoptions': {
    params: CaseParams,
    body: Type.Object(
      {
        reason: Note,
        idempotencyKey: IdempotencyKey,
        of: Type.Union([
          Type.Object({ paymentId: Id, lines: BillAmounts, billEffect: BillEffect }, strict),
          Type.Object({ caseId: Id }, strict),
        ]),
      },
      strict,
    ),
    status: 201,
    response: RefundDetail,
  },
  /** Proposes to settle open bills of a unit with the money of a case. */
  'POST /api/suspense/:caseId/settlements': {
    params: CaseParams,
    body: Type.Object(
      { unitId: Id, lines: BillAmounts, note: Note, idempotencyKey: IdempotencyKey },
      strict,
    ),
    status: 201,
    response: SuspenseDetail,
  },
  'POST /api/case-settlements/:settlementId/approve': {
    params: SettlementParams,
    response: SuspenseDetail,
  },
  'POST /api/case-settlements/:settlementId/reject': {
    params: SettlementParams,
    body: Type.Object({ reason: Note }, strict),
    response: SuspenseDetail,
  },
  'POST /api/case-settlements/:settlementId/cancel': {
    params: SettlementParams,
    response: SuspenseDetail,
  },
} as const;
