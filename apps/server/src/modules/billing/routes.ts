import { BillFilter, billingRoutes, Id, Month, RunState, SkipReason } from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { StaffActor } from '../../platform/actor.ts';
import type { Deps } from '../../platform/deps.ts';
import { addRoute, everyItem, sendCsv, staffOf } from '../../platform/http/index.ts';
import {
  billCsvColumns,
  exportPage,
  runCsvColumns,
  skippedCsvColumns,
} from './queries/bill-csv.ts';
import { billDetail, billTotals } from './queries/bill-detail.ts';
import { listBills } from './queries/list-bills.ts';
import { listRuns } from './queries/list-runs.ts';
import { listSkipped } from './queries/list-skipped.ts';
import { runDetail } from './queries/run-detail.ts';
import { addAdjustmentRoutes } from './routes/adjustments.ts';
import { discardRun } from './use-cases/discard-run.ts';
import { draftRun } from './use-cases/draft-run.ts';
import { publishRun } from './use-cases/publish-run.ts';
import { voidRun } from './use-cases/void-run.ts';

export function addBillingRoutes(app: FastifyInstance, deps: Deps): void {
  addRunRoutes(app, deps);
  addRunCommands(app, deps);
  addBillRoutes(app, deps);
  addAdjustmentRoutes(app, deps);
  addExports(app, deps);
}

function addRunRoutes(app: FastifyInstance, deps: Deps): void {
  addRoute(app, billingRoutes, 'GET /api/bill-runs', 'billing.read', ({ query, actor }) =>
    listRuns(deps, { ...query, ...caller(actor) }),
  );
  addRoute(app, billingRoutes, 'GET /api/bill-runs/:runId', 'billing.read', (input) =>
    runDetail(deps, { ...input.params, ...caller(input.actor) }),
  );
  addRoute(app, billingRoutes, 'GET /api/bill-runs/:runId/bills', 'billing.read', (input) =>
    listBills(deps, { ...input.query, ...input.params, ...caller(input.actor) }),
  );
  addRoute(app, billingRoutes, 'GET /api/bill-runs/:runId/skipped', 'billing.read', (input) =>
    listSkipped(deps, { ...input.query, ...input.params, ...caller(input.actor) }),
  );
}

function addRunCommands(app: FastifyInstance, deps: Deps): void {
  addRoute(app, billingRoutes, 'POST /api/bill-runs', 'billing.issue', async (input) => {
    const { body, actor, reply } = input;
    const { runId, created } = await draftRun(deps, { ...body, companyId: actor.companyId, actor });
    if (!created) reply.code(200);
    return await runDetail(deps, { runId, ...caller(actor) });
  });
  addRoute(
    app,
    billingRoutes,
    'POST /api/bill-runs/:runId/publish',
    'billing.publish',
    async ({ params, actor }) => {
      await publishRun(deps, { ...params, companyId: actor.companyId, actor });
      await deps.live.announce({
        companyId: actor.companyId,
        topic: 'billing.published',
        id: params.runId,
      });
      return await runDetail(deps, { ...params, ...caller(actor) });
    },
  );
  addRoute(
    app,
    billingRoutes,
    'POST /api/bill-runs/:runId/discard',
    'billing.issue',
    async ({ params, actor }) => ({
      discardedBills: await discardRun(deps, { ...params, companyId: actor.companyId, actor }),
    }),
  );
  addRoute(
    app,
    billingRoutes,
    'POST /api/bill-runs/:runId/void',
    'billing.void',
    async ({ params, body, actor }) => {
      const reason = body.reason.trim();
      await voidRun(deps, { ...params, reason, companyId: actor.companyId, actor });
      return await runDetail(deps, { ...params, ...caller(actor) });
    },
  );
}

function addBillRoutes(app: FastifyInstance, deps: Deps): void {
  addRoute(app, billingRoutes, 'GET /api/bills', 'billing.read', ({ query, actor }) =>
    listBills(deps, { ...query, ...caller(actor) }),
  );
  addRoute(app, billingRoutes, 'GET /api/bills/totals', 'billing.read', ({ query, actor }) =>
    billTotals(deps, { ...query, ...caller(actor) }),
  );
  addRoute(app, billingRoutes, 'GET /api/bills/:billId', 'billing.read', ({ params, actor }) =>
    billDetail(deps, { ...params, ...caller(actor) }),
  );
}

const BillExport = Type.Object(BillFilter);
const RunExport = Type.Object({
  communityId: Type.Optional(Id),
  month: Type.Optional(Month),
  state: Type.Optional(RunState),
});
const RunParams = Type.Object({ runId: Id });
const SkippedExport = Type.Object({ reason: Type.Optional(SkipReason) });
const RunBillsExport = Type.Object({ feeItemId: Type.Optional(Id) });

/** The lists as files, with their filters, read page by page while they are sent. */
function addExports(app: FastifyInstance, deps: Deps): void {
  const config = { permission: 'billing.read' } as const;
  app.get<{ Querystring: Static<typeof BillExport> }>(
    '/api/bills.csv',
    { config, schema: { querystring: BillExport } },
    (request, reply) => {
      const filter = { ...request.query, ...caller(staffOf(request)), limit: exportPage };
      const bills = everyItem((after) => listBills(deps, { ...filter, after }));
      return sendCsv(reply, '账单.csv', billCsvColumns, bills);
    },
  );
  app.get<{ Querystring: Static<typeof RunExport> }>(
    '/api/bill-runs.csv',
    { config, schema: { querystring: RunExport } },
    (request, reply) => {
      const filter = { ...request.query, ...caller(staffOf(request)), limit: exportPage };
      const runs = everyItem((after) => listRuns(deps, { ...filter, after }));
      return sendCsv(reply, '出账批次.csv', runCsvColumns, runs);
    },
  );
  addRunExports(app, deps);
}

function addRunExports(app: FastifyInstance, deps: Deps): void {
  const config = { permission: 'billing.read' } as const;
  app.get<{ Params: Static<typeof RunParams>; Querystring: Static<typeof RunBillsExport> }>(
    '/api/bill-runs/:runId/bills.csv',
    { config, schema: { params: RunParams, querystring: RunBillsExport } },
    (request, reply) => {
      const filter = { ...request.query, ...request.params, limit: exportPage };
      const who = caller(staffOf(request));
      const bills = everyItem((after) => listBills(deps, { ...filter, ...who, after }));
      return sendCsv(reply, '出账明细.csv', billCsvColumns, bills);
    },
  );
  app.get<{ Params: Static<typeof RunParams>; Querystring: Static<typeof SkippedExport> }>(
    '/api/bill-runs/:runId/skipped.csv',
    { config, schema: { params: RunParams, querystring: SkippedExport } },
    (request, reply) => {
      const filter = { ...request.query, ...request.params, limit: exportPage };
      const who = caller(staffOf(request));
      const skipped = everyItem((after) => listSkipped(deps, { ...filter, ...who, after }));
      return sendCsv(reply, '未出账房屋.csv', skippedCsvColumns, skipped);
    },
  );
}

function caller({ companyId, permissions }: StaffActor) {
  return { companyId, permissions };
}
