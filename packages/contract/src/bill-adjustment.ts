import Type, { type Static } from 'typebox';
import { Bilingual } from './charging.ts';
import { FenAmount, Id, Instant, Month, Nullable, Page, PageQuery } from './common.ts';

const strict = { additionalProperties: false };

/**
 * `waiver`: rightly owed and let off (减免); `correction`: was charged too much (更正); `void`: should
 * not have been charged at all, and nobody has paid.
 */
export const AdjustmentKind = Type.Enum(['waiver', 'correction', 'void']);
export type AdjustmentKind = Static<typeof AdjustmentKind>;
export const AdjustmentState = Type.Enum(['requested', 'applied', 'rejected', 'cancelled']);
export type AdjustmentState = Static<typeof AdjustmentState>;

export const BillAdjustment = Type.Object({
  id: Id,
  billId: Id,
  communityName: Type.String(),
  unitId: Id,
  unitLabel: Type.String(),
  feeItemName: Type.String(),
  month: Month,
  kind: AdjustmentKind,
  state: AdjustmentState,
  /** By how much the bill becomes smaller; of a void, what was open. */
  amountFen: FenAmount,
  /** Of the bill now. */
  openFen: FenAmount,
  reason: Type.String(),
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
export type BillAdjustment = Static<typeof BillAdjustment>;

export const AdjustmentSettings = Type.Object(
  {
    /** From this amount on a second person decides; 0: always. */
    twoPeopleFromFen: Type.Integer({ minimum: 0, maximum: 10_000_000_000 }),
  },
  strict,
);
export type AdjustmentSettings = Static<typeof AdjustmentSettings>;

const Reason = Type.String({ minLength: 2, maxLength: 200, pattern: '\\S' });
const AdjustmentParams = Type.Object({ adjustmentId: Id });

/** Changes of single bills. Besides: GET /api/bill-adjustments.csv with the same filters. */
export const adjustmentRoutes = {
  /** Makes one bill smaller or void: at once, or after a second person agrees. */
  'POST /api/bills/:billId/adjustments': {
    params: Type.Object({ billId: Id }),
    body: Type.Object(
      {
        idempotencyKey: Type.String({ minLength: 8, maxLength: 80 }),
        kind: AdjustmentKind,
        /** Not for a void. */
        amountFen: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000_000_000 })),
        reason: Reason,
      },
      strict,
    ),
    status: 201,
    response: BillAdjustment,
  },
  'GET /api/bill-adjustments': {
    query: Type.Object({
      ...PageQuery,
      state: Type.Optional(AdjustmentState),
      billId: Type.Optional(Id),
      communityId: Type.Optional(Id),
    }),
    response: Page(BillAdjustment),
  },
  'POST /api/bill-adjustments/:adjustmentId/decision': {
    params: AdjustmentParams,
    body: Type.Object(
      {
        decision: Type.Enum(['approve', 'reject', 'cancel']),
        note: Type.Optional(Type.String({ maxLength: 200 })),
      },
      strict,
    ),
    response: BillAdjustment,
  },
  'GET /api/billing-settings': { response: AdjustmentSettings },
  'PUT /api/billing-settings': { body: AdjustmentSettings, response: AdjustmentSettings },
} as const;
