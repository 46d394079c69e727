import { refundPolicyRoutes, refundRoutes } from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import type { StaffActor } from '../../../platform/actor.ts';
import { addRoute } from '../../../platform/http/index.ts';
import { type PaymentDeps, type PaymentInputDeps, withChannels } from '../deps.ts';
import { paymentErrors } from '../errors.ts';
import { paymentView } from '../queries/list-payments.ts';
import { listRefunds } from '../queries/list-refunds.ts';
import { refundDetail } from '../queries/refund-detail.ts';
import { refundInbox } from '../queries/refund-inbox.ts';
import { approveRefund, cancelRefund, rejectRefund } from '../use-cases/decide-on-refund.ts';
import { payOutRefund } from '../use-cases/pay-out-refund.ts';
import { previewRefund, requestRefund } from '../use-cases/request-refund.ts';
import {
  checkRefund,
  giveUpRefund,
  reissueRefund,
  retryRefund,
} from '../use-cases/resume-refund.ts';
import {
  decideOnPolicy,
  proposePolicy,
  showPolicies,
  stopPolicy,
} from '../use-cases/set-refund-policy.ts';

export function addRefundRoutes(app: FastifyInstance, input: PaymentInputDeps): void {
  const deps = withChannels(input);
  addReads(app, deps);
  addMakers(app, deps);
  addCheckers(app, deps);
  addPolicies(app, deps);
}

/** A refund as the signed-in reader may act on it. */
export async function refundOf(deps: PaymentDeps, actor: StaffActor, refundId: string) {
  const now = deps.clock.now();
  const found = await deps.db.read(actor.companyId, (tx) =>
    refundDetail(tx, refundId, { actor, now }),
  );
  if (!found) throw paymentErrors.REFUND_NOT_FOUND();
  return found;
}

function addReads(app: FastifyInstance, deps: PaymentDeps): void {
  addRoute(app, refundRoutes, 'GET /api/refunds', 'payment.read', ({ query, actor }) =>
    deps.db.read(actor.companyId, (tx) => listRefunds(tx, query)),
  );
  addRoute(app, refundRoutes, 'GET /api/refunds/:refundId', 'payment.read', (input) =>
    refundOf(deps, input.actor, input.params.refundId),
  );
  addRoute(app, refundRoutes, 'GET /api/refund-inbox', 'payment.read', ({ actor }) =>
    deps.db.read(actor.companyId, (tx) => refundInbox(tx, actor.id)),
  );
}

function addMakers(app: FastifyInstance, deps: PaymentDeps): void {
  addRoute(
    app,
    refundRoutes,
    'POST /api/payments/:paymentId/refund-preview',
    'refund.request',
    async ({ params: { paymentId }, body, actor: { companyId } }) => {
      const payment = await deps.db.read(companyId, (tx) => paymentView(tx, paymentId));
      if (!payment) throw paymentErrors.PAYMENT_NOT_FOUND();
      return await previewRefund(deps, { companyId, payment, wish: { paymentId, ...body } });
    },
  );
  addRoute(
    app,
    refundRoutes,
    'POST /api/payments/:paymentId/refunds',
    'refund.request',
    async ({ params, body, actor }) => {
      const { refundId } = await requestRefund(deps, { ...params, ...body, actor });
      return await refundOf(deps, actor, refundId);
    },
  );
  const commands = [
    ['POST /api/refunds/:refundId/cancel', cancelRefund],
    ['POST /api/refunds/:refundId/retry', retryRefund],
    ['POST /api/refunds/:refundId/reissue', reissueRefund],
    ['POST /api/refunds/:refundId/check', checkRefund],
  ] as const;
  for (const [key, run] of commands) {
    addRoute(app, refundRoutes, key, 'refund.request', async ({ params: { refundId }, actor }) => {
      await run(deps, { actor, refundId });
      return await refundOf(deps, actor, refundId);
    });
  }
  addRoute(
    app,
    refundRoutes,
    'POST /api/refunds/:refundId/pay-out',
    'payment.desk',
    async ({ params: { refundId }, body, actor }) => {
      await payOutRefund(deps, { ...body, actor, refundId });
      return await refundOf(deps, actor, refundId);
    },
  );
}

function addCheckers(app: FastifyInstance, deps: PaymentDeps): void {
  addRoute(
    app,
    refundRoutes,
    'POST /api/refunds/:refundId/approve',
    'refund.approve',
    async ({ params: { refundId }, body, actor }) => {
      await approveRefund(deps, { ...body, actor, refundId });
      return await refundOf(deps, actor, refundId);
    },
  );
  const endings = [
    ['POST /api/refunds/:refundId/reject', rejectRefund],
    ['POST /api/refunds/:refundId/give-up', giveUpRefund],
  ] as const;
  for (const [key, run] of endings) {
    addRoute(
      app,
      refundRoutes,
      key,
      'refund.approve',
      async ({ params: { refundId }, body, actor }) => {
        await run(deps, { ...body, actor, refundId });
        return await refundOf(deps, actor, refundId);
      },
    );
  }
}

function addPolicies(app: FastifyInstance, deps: PaymentDeps): void {
  addRoute(app, refundPolicyRoutes, 'GET /api/refund-policies', 'payment.read', ({ actor }) =>
    showPolicies(deps, actor),
  );
  addRoute(
    app,
    refundPolicyRoutes,
    'POST /api/refund-policies',
    'refund.approve',
    ({ body, actor }) => proposePolicy(deps, { ...body, actor }),
  );
  addRoute(
    app,
    refundPolicyRoutes,
    'POST /api/refund-policies/:policyId/approve',
    'refund.approve',
    ({ params, actor }) => decideOnPolicy(deps, { ...params, actor, to: 'active' }),
  );
  addRoute(
    app,
    refundPolicyRoutes,
    'POST /api/refund-policies/:policyId/reject',
    'refund.approve',
    ({ params, actor }) => decideOnPolicy(deps, { ...params, actor, to: 'rejected' }),
  );
  addRoute(
    app,
    refundPolicyRoutes,
    'POST /api/refund-policies/:policyId/end',
    'refund.approve',
    ({ params, actor }) => stopPolicy(deps, { ...params, actor }),
  );
}
