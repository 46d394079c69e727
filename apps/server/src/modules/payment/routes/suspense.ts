import { suspenseRoutes } from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import type { StaffActor } from '../../../platform/actor.ts';
import { addRoute } from '../../../platform/http/index.ts';
import { type PaymentDeps, type PaymentInputDeps, withChannels } from '../deps.ts';
import { paymentErrors } from '../errors.ts';
import { listSuspense, suspenseDetail } from '../queries/suspense.ts';
import { requestAdoption, requestCaseRefund } from '../use-cases/refund-case.ts';
import { approveSettlement, dropSettlement, proposeSettlement } from '../use-cases/settle-case.ts';
import { refundOf } from './refunds.ts';

export function addSuspenseRoutes(app: FastifyInstance, input: PaymentInputDeps): void {
  const deps = withChannels(input);
  addRoute(app, suspenseRoutes, 'GET /api/suspense', 'payment.read', ({ query, actor }) =>
    deps.db.read(actor.companyId, (tx) => listSuspense(tx, query)),
  );
  addRoute(app, suspenseRoutes, 'GET /api/suspense/:caseId', 'payment.read', (each) =>
    caseOf(deps, each.actor, each.params.caseId),
  );
  addProposals(app, deps);
  addDecisions(app, deps);
}

async function caseOf(deps: PaymentDeps, actor: StaffActor, caseId: string) {
  const found = await deps.db.read(actor.companyId, (tx) => suspenseDetail(tx, caseId, actor));
  if (!found) throw paymentErrors.CASE_NOT_FOUND();
  return found;
}

function addProposals(app: FastifyInstance, deps: PaymentDeps): void {
  addRoute(
    app,
    suspenseRoutes,
    'POST /api/suspense/:caseId/refunds',
    'suspense.resolve',
    async ({ params, body, actor }) => {
      const { refundId } = await requestCaseRefund(deps, { ...params, ...body, actor });
      return await refundOf(deps, actor, refundId);
    },
  );
  addRoute(
    app,
    suspenseRoutes,
    'POST /api/suspense/:caseId/adoptions',
    'suspense.resolve',
    async ({ params, body, actor }) => {
      const { refundId } = await requestAdoption(deps, { ...params, ...body, actor });
      return await refundOf(deps, actor, refundId);
    },
  );
  addRoute(
    app,
    suspenseRoutes,
    'POST /api/suspense/:caseId/settlements',
    'suspense.resolve',
    async ({ params, body, actor }) => {
      await proposeSettlement(deps, { ...params, ...body, actor });
      return await caseOf(deps, actor, params.caseId);
    },
  );
}

function addDecisions(app: FastifyInstance, deps: PaymentDeps): void {
  addRoute(
    app,
    suspenseRoutes,
    'POST /api/case-settlements/:settlementId/approve',
    'refund.approve',
    async ({ params, actor }) =>
      await caseOf(deps, actor, await approveSettlement(deps, { ...params, actor })),
  );
  addRoute(
    app,
    suspenseRoutes,
    'POST /api/case-settlements/:settlementId/reject',
    'refund.approve',
    async ({ params, body, actor }) => {
      const drop = { ...params, actor, to: 'rejected', note: body.reason } as const;
      return await caseOf(deps, actor, await dropSettlement(deps, drop));
    },
  );
  addRoute(
    app,
    suspenseRoutes,
    'POST /api/case-settlements/:settlementId/cancel',
    'suspense.resolve',
    async ({ params, actor }) => {
      const drop = { ...params, actor, to: 'cancelled', note: null } as const;
      return await caseOf(deps, actor, await dropSettlement(deps, drop));
    },
  );
}
