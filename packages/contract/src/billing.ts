import Type, { type Static } from 'typebox';
import { Bilingual } from './charging.ts';
import {
  Day,
  FenAmount,
  Id,
  Instant,
  Month,
  Nullable,
  Page,
  PageQuery,
  SignedFen,
} from './common.ts';

export const RunState = Type.Enum(['draft', 'published', 'voided']);
export type RunState = Static<typeof RunState>;

/** Why a unit got no bill of a fee item in a run. */
export const SkipReason = Type.Enum([
  'already_billed',
  'no_area',
  'no_tariff',
  'unit_retired',
  'not_moved_in',
  'zero_amount',
  'amount_too_large',
  'starts_later',
  'ended',
  'not_assigned',
]);
export type SkipReason = Static<typeof SkipReason>;

/** What may be done with a run now, and for what is not allowed, why. */
export const AllowedAction = Type.Object({
  action: Type.Enum(['publish', 'discard', 'void']),
  allowed: Type.Boolean(),
  reason: Nullable(Bilingual),
});

const runFields = {
  id: Id,
  communityId: Id,
  communityName: Type.String(),
  month: Month,
  state: RunState,
  billCount: Type.Integer(),
  amountFen: FenAmount,
  skippedCount: Type.Integer(),
  createdAt: Instant,
  createdBy: Nullable(Type.String()),
  publishedAt: Nullable(Instant),
  publishedBy: Nullable(Type.String()),
  voidedAt: Nullable(Instant),
  voidedBy: Nullable(Type.String()),
  voidReason: Nullable(Type.String()),
};

export const RunView = Type.Object({
  ...runFields,
  allowedActions: Type.Array(AllowedAction),
});
export type RunView = Static<typeof RunView>;

export const RunTotal = Type.Object({
  feeItemId: Id,
  feeItemName: Type.String(),
  billCount: Type.Integer(),
  amountFen: FenAmount,
  /** Of the last published month before; 0 when the fee item was not in it. */
  previousCount: Type.Integer(),
  previousAmountFen: FenAmount,
});

export const Outlier = Type.Object({
  /** Grew to more than 3 times, fell to less than a third, or is among the largest of the run. */
  kind: Type.Enum(['rise', 'fall', 'largest']),
  billId: Id,
  unitId: Id,
  unitLabel: Type.String(),
  feeItemId: Id,
  feeItemName: Type.String(),
  amountFen: FenAmount,
  previousAmountFen: Nullable(FenAmount),
});
export type Outlier = Static<typeof Outlier>;

export const RunDetail = Type.Object({
  ...runFields,
  allowedActions: Type.Array(AllowedAction),
  totals: Type.Array(RunTotal),
  /** The month that `previous…` is of; null when nothing was published before. */
  comparedWithMonth: Nullable(Month),
  skipped: Type.Array(Type.Object({ reason: SkipReason, text: Bilingual, count: Type.Integer() })),
  /** At most 100, the largest change first. */
  outliers: Type.Array(Outlier),
});
export type RunDetail = Static<typeof RunDetail>;

export const SkippedUnit = Type.Object({
  id: Id,
  unitId: Id,
  unitLabel: Type.String(),
  /** Null when the unit pays no fee item at all. */
  feeItemId: Nullable(Id),
  feeItemName: Nullable(Type.String()),
  reason: SkipReason,
  text: Bilingual,
});
export type SkippedUnit = Static<typeof SkippedUnit>;

/** open: to be paid; overdue: open and past its due day; settled: nothing left to pay. */
export const BillState = Type.Enum(['draft', 'open', 'overdue', 'settled', 'void']);
export type BillState = Static<typeof BillState>;

const billFields = {
  id: Id,
  runId: Id,
  communityId: Id,
  communityName: Type.String(),
  unitId: Id,
  unitLabel: Type.String(),
  feeItemId: Id,
  feeItemName: Type.String(),
  month: Month,
  periodStart: Day,
  periodEnd: Day,
  dueOn: Day,
  amountFen: FenAmount,
  paidFen: FenAmount,
  waivedFen: FenAmount,
  openFen: FenAmount,
  state: BillState,
  explanation: Bilingual,
};

export const BillView = Type.Object(billFields);
export type BillView = Static<typeof BillView>;

export const BillDetail = Type.Object({
  ...billFields,
  areaM2: Nullable(Type.String()),
  price: Type.String(),
  surcharge: Type.String(),
  months: Type.Integer(),
  /** What of the paid amount came out of the unit's balance. */
  fromBalanceFen: FenAmount,
  tariffName: Type.String(),
  tariffVersion: Type.Integer(),
  publishedAt: Nullable(Instant),
  /** The payment in progress that holds the bill. */
  heldByPaymentId: Nullable(Id),
});
export type BillDetail = Static<typeof BillDetail>;

const RunParams = Type.Object({ runId: Id });

export const BillFilter = {
  communityId: Type.Optional(Id),
  unitId: Type.Optional(Id),
  feeItemId: Type.Optional(Id),
  /** `open` includes what is overdue. */
  state: Type.Optional(Type.Enum(['open', 'overdue', 'settled', 'void'])),
  month: Type.Optional(Month),
  /** Part of the unit's label or door number. */
  search: Type.Optional(Type.String({ maxLength: 50 })),
};

export const billingRoutes = {
  'GET /api/bill-runs': {
    query: Type.Object({
      ...PageQuery,
      communityId: Type.Optional(Id),
      month: Type.Optional(Month),
      state: Type.Optional(RunState),
    }),
    response: Page(RunView),
  },
  /** Drafts the bills of a month. A draft that exists is returned as it is. */
  'POST /api/bill-runs': {
    body: Type.Object({ communityId: Id, month: Month }, { additionalProperties: false }),
    response: RunDetail,
    status: 201,
  },
  'GET /api/bill-runs/:runId': { params: RunParams, response: RunDetail },
  /** Also as .csv. */
  'GET /api/bill-runs/:runId/bills': {
    params: RunParams,
    query: Type.Object({
      ...PageQuery,
      feeItemId: Type.Optional(Id),
      search: Type.Optional(Type.String({ maxLength: 50 })),
    }),
    response: Page(BillView),
  },
  /** Also as .csv. */
  'GET /api/bill-runs/:runId/skipped': {
    params: RunParams,
    query: Type.Object({ ...PageQuery, reason: Type.Optional(SkipReason) }),
    response: Page(SkippedUnit),
  },
  'POST /api/bill-runs/:runId/publish': { params: RunParams, response: RunDetail },
  'POST /api/bill-runs/:runId/discard': {
    params: RunParams,
    response: Type.Object({ discardedBills: Type.Integer() }),
  },
  'POST /api/bill-runs/:runId/void': {
    params: RunParams,
    body: Type.Object(
      { reason: Type.String({ minLength: 2, maxLength: 200, pattern: '\\S' }) },
      { additionalProperties: false },
    ),
    response: RunDetail,
  },
  /** Published and voided bills by community, unit and newest month. Also as .csv. */
  'GET /api/bills': {
    query: Type.Object({ ...PageQuery, ...BillFilter }),
    response: Page(BillView),
  },
  'GET /api/bills/:billId': { params: Type.Object({ billId: Id }), response: BillDetail },
  /** Sums of the same filter, for the head of the list. */
  'GET /api/bills/totals': {
    query: Type.Object(BillFilter),
    response: Type.Object({
      billCount: Type.Integer(),
      amountFen: SignedFen,
      paidFen: SignedFen,
      waivedFen: SignedFen,
      openFen: SignedFen,
    }),
  },
} as const;
