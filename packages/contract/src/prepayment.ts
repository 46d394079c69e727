import Type, { type Static } from 'typebox';
import { Bilingual } from './charging.ts';
import { MovementKind } from './checkout.ts';
import { Day, FenAmount, Id, Instant, Nullable, Page, PageQuery, SignedFen } from './common.ts';

const strict = { additionalProperties: false };

/** What a unit has paid ahead. */
export const PrepaymentView = Type.Object({
  unitId: Id,
  unitLabel: Type.String(),
  communityId: Id,
  communityName: Type.String(),
  balanceFen: FenAmount,
  /** Of it promised to refunds. */
  reservedFen: FenAmount,
  usesItself: Type.Boolean(),
  /** Null when money was never paid ahead. */
  changedAt: Nullable(Instant),
});
export type PrepaymentView = Static<typeof PrepaymentView>;

export const PrepaymentMovement = Type.Object({
  id: Id,
  kind: MovementKind,
  amountFen: SignedFen,
  balanceAfterFen: FenAmount,
  at: Instant,
  text: Bilingual,
  billId: Nullable(Id),
  paymentId: Nullable(Id),
  /** A member of staff, the resident, a run. */
  actor: Type.String(),
});
export type PrepaymentMovement = Static<typeof PrepaymentMovement>;

export const PrepaymentDetail = Type.Object({
  ...PrepaymentView.properties,
  openFen: FenAmount,
  /** What the unit is billed for a month, on average of its newest bills. */
  monthlyFen: Nullable(FenAmount),
  warnings: Type.Array(Bilingual),
  allowedActions: Type.Array(
    Type.Object({
      action: Type.Enum(['use', 'switch']),
      allowed: Type.Boolean(),
      reason: Nullable(Bilingual),
    }),
  ),
});
export type PrepaymentDetail = Static<typeof PrepaymentDetail>;

export const PrepaymentSettings = Type.Object(
  {
    /** `part`: a balance below a bill pays what it can; `wait`: it stays until it covers the bill. */
    shortBalance: Type.Enum(['part', 'wait']),
    /** Whether residents may pay a bill in part. */
    allowsPart: Type.Boolean(),
    /**
     * How many months of fees local rules let a home pay ahead; null: no warning. The source is
     * the rule that somebody looked up, such as 杭州市物业管理条例.
     */
    ceiling: Nullable(
      Type.Object(
        {
          months: Type.Integer({ minimum: 1, maximum: 60 }),
          source: Type.String({ minLength: 2, maxLength: 200, pattern: '\\S' }),
        },
        strict,
      ),
    ),
  },
  strict,
);
export type PrepaymentSettings = Static<typeof PrepaymentSettings>;

export const PrepaymentFilter = {
  communityId: Type.Optional(Id),
  /** `positive` unless said: units that have something. */
  state: Type.Optional(Type.Enum(['positive', 'all'])),
  /** Part of the unit's label. */
  search: Type.Optional(Type.String({ maxLength: 50 })),
};

const UnitParams = Type.Object({ unitId: Id });

/** Routes of the module prepayment for staff, keyed 'METHOD /path'. Lists also as .csv. */
export const prepaymentRoutes = {
  /** The largest balance first. */
  'GET /api/prepayments': {
    query: Type.Object({ ...PageQuery, ...PrepaymentFilter }),
    response: Page(PrepaymentView),
  },
  'GET /api/prepayments/totals': {
    query: Type.Object(PrepaymentFilter),
    response: Type.Object({
      unitCount: Type.Integer(),
      balanceFen: FenAmount,
      reservedFen: FenAmount,
      /** Of the company's month so far. */
      month: Type.Object({ from: Day, toppedUpFen: FenAmount, usedFen: FenAmount }),
    }),
  },
  'GET /api/units/:unitId/prepayment': { params: UnitParams, response: PrepaymentDetail },
  'PUT /api/units/:unitId/prepayment': {
    params: UnitParams,
    body: Type.Object({ usesItself: Type.Boolean() }, strict),
    response: PrepaymentDetail,
  },
  'GET /api/units/:unitId/prepayment/movements': {
    params: UnitParams,
    query: Type.Object(PageQuery),
    response: Page(PrepaymentMovement),
  },
  /** Settles open bills out of the balance, oldest first, as publishing does. */
  'POST /api/units/:unitId/prepayment/uses': {
    params: UnitParams,
    body: Type.Object({ idempotencyKey: Type.String({ minLength: 8, maxLength: 80 }) }, strict),
    status: 201,
    response: Type.Object({ usedFen: FenAmount, balanceFen: FenAmount }),
  },
  'GET /api/prepayment-settings': { response: PrepaymentSettings },
  'PUT /api/prepayment-settings': { body: PrepaymentSettings, response: PrepaymentSettings },
} as const;
