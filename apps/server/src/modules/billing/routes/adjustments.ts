import { AdjustmentState, adjustmentRoutes as contract, Id } from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { Deps } from '../../../platform/deps.ts';
import { addRoute, everyItem, sendCsv, staffOf } from '../../../platform/http/index.ts';
import { adjustmentCsvColumns, exportPage } from '../queries/bill-csv.ts';
import { adjustmentDetail, listAdjustments } from '../queries/list-adjustments.ts';
import { adjustBillOnce } from '../use-cases/adjust-bill.ts';
import { adjustmentSettings, changeAdjustmentSettings } from '../use-cases/adjustment-settings.ts';
import { decideAdjustment } from '../use-cases/decide-adjustment.ts';

/** Changes of single bills, and from which amount on they take two people. */
export function addAdjustmentRoutes(app: FastifyInstance, deps: Deps): void {
  addRoute(
    app,
    contract,
    'POST /api/bills/:billId/adjustments',
    'billing.adjust',
    async ({ params, body, actor }) => {
      const { adjustmentId } = await adjustBillOnce(deps, { ...params, ...body, actor });
      return await adjustmentDetail(deps, { reader: actor, adjustmentId });
    },
  );
  addRoute(app, contract, 'GET /api/bill-adjustments', 'billing.read', ({ query, actor }) =>
    listAdjustments(deps, { ...query, reader: actor }),
  );
  addRoute(
    app,
    contract,
    'POST /api/bill-adjustments/:adjustmentId/decision',
    'billing.adjust',
    async ({ params, body, actor }) => {
      await decideAdjustment(deps, { ...params, ...body, actor });
      return await adjustmentDetail(deps, { ...params, reader: actor });
    },
  );
  addRoute(app, contract, 'GET /api/billing-settings', 'billing.read', ({ actor }) =>
    adjustmentSettings(deps, actor.companyId),
  );
  addRoute(app, contract, 'PUT /api/billing-settings', 'identity.manage', ({ body, actor }) =>
    changeAdjustmentSettings(deps, { ...body, actor }),
  );
  addExport(app, deps);
}

const Filter = Type.Object({
  state: Type.Optional(AdjustmentState),
  billId: Type.Optional(Id),
  communityId: Type.Optional(Id),
});

function addExport(app: FastifyInstance, deps: Deps): void {
  app.get<{ Querystring: Static<typeof Filter> }>(
    '/api/bill-adjustments.csv',
    { config: { permission: 'billing.read' }, schema: { querystring: Filter } },
    (request, reply) => {
      const filter = { ...request.query, reader: staffOf(request), limit: exportPage };
      const items = everyItem((after) => listAdjustments(deps, { ...filter, after }));
      return sendCsv(reply, '账单调整.csv', adjustmentCsvColumns, items);
    },
  );
}
