import Type, { type Static } from 'typebox';
import { FenAmount, Id, Instant, Nullable } from './common.ts';

export const RefundPolicyView = Type.Object({
  id: Id,
  state: Type.Enum(['proposed', 'active', 'rejected', 'ended']),
  /** Money that came twice for one payment. */
  secondPayment: Type.Boolean(),
  /** Money that came after its payment was closed. */
  closedPayment: Type.Boolean(),
  /** Larger amounts wait for a person. */
  mostFen: FenAmount,
  reason: Type.String(),
  proposedBy: Type.String(),
  proposedAt: Instant,
  decidedBy: Nullable(Type.String()),
  decidedAt: Nullable(Instant),
  endedBy: Nullable(Type.String()),
  endedAt: Nullable(Instant),
  /** Whether the reader may be its second person. */
  isOwn: Type.Boolean(),
});
export type RefundPolicyView = Static<typeof RefundPolicyView>;

const strict = { additionalProperties: false };
const PolicyParams = Type.Object({ policyId: Id });

/** Routes of the standing policy of refunds, keyed 'METHOD /path'. */
export const refundPolicyRoutes = {
  'GET /api/refund-policies': {
    response: Type.Object({ items: Type.Array(RefundPolicyView) }),
  },
  /** Proposes what the system may refund by itself; another person approves it. */
  'POST /api/refund-policies': {
    body: Type.Object(
      {
        secondPayment: Type.Boolean(),
        closedPayment: Type.Boolean(),
        mostFen: Type.Integer({ minimum: 1, maximum: 10_000_000_00 }),
        reason: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
      },
      strict,
    ),
    status: 201,
    response: RefundPolicyView,
  },
  'POST /api/refund-policies/:policyId/approve': {
    params: PolicyParams,
    response: RefundPolicyView,
  },
  'POST /api/refund-policies/:policyId/reject': {
    params: PolicyParams,
    response: RefundPolicyView,
  },
  /** Ends the active policy, or takes a proposal back: one person is enough to stop. */
  'POST /api/refund-policies/:policyId/end': {
    params: PolicyParams,
    response: RefundPolicyView,
  },
} as const;
