import {
  type AssignmentView,
  chargingRoutes,
  FeeItemState,
  Id,
  type NewAssignment,
} from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { Deps } from '../../platform/deps.ts';
import { addRoute, everyItem, sendCsv, staffOf } from '../../platform/http/index.ts';
import { chargingErrors } from './errors.ts';
import { listAssignments, previewAssignment } from './queries/assignments.ts';
import {
  assignmentCsvColumns,
  exportPage,
  feeItemCsvColumns,
  tariffCsvColumns,
} from './queries/charging-csv.ts';
import { listFeeItems } from './queries/fee-items.ts';
import { listTariffs } from './queries/tariffs.ts';
import { addTariff } from './use-cases/add-tariff.ts';
import { assignTariff } from './use-cases/assign-tariff.ts';
import { changeFeeItem } from './use-cases/change-fee-item.ts';
import { createFeeItem } from './use-cases/create-fee-item.ts';
import { endAssignment } from './use-cases/end-assignment.ts';
import { endTariff } from './use-cases/end-tariff.ts';
import { previewTariff } from './use-cases/preview-tariff.ts';

export function addChargingRoutes(app: FastifyInstance, deps: Deps): void {
  addFeeItemRoutes(app, deps);
  addTariffRoutes(app, deps);
  addAssignmentRoutes(app, deps);
  addExports(app, deps);
}

function addFeeItemRoutes(app: FastifyInstance, deps: Deps): void {
  const view = async (companyId: string, feeItemId: string) =>
    only(await listFeeItems(deps, { companyId, feeItemId }), chargingErrors.FEE_ITEM_NOT_FOUND);

  addRoute(app, chargingRoutes, 'GET /api/fee-items', 'charging.read', ({ query, actor }) =>
    listFeeItems(deps, { ...query, companyId: actor.companyId }),
  );
  addRoute(app, chargingRoutes, 'POST /api/fee-items', 'charging.write', async (input) => {
    const { body, actor } = input;
    const { companyId } = actor;
    return await view(companyId, await createFeeItem(deps, { ...body, companyId, actor }));
  });
  addRoute(
    app,
    chargingRoutes,
    'PATCH /api/fee-items/:feeItemId',
    'charging.write',
    async ({ params, body, actor }) => {
      const { companyId } = actor;
      await changeFeeItem(deps, { ...params, ...body, companyId, actor });
      return await view(companyId, params.feeItemId);
    },
  );
}

function addTariffRoutes(app: FastifyInstance, deps: Deps): void {
  const view = async (companyId: string, tariffId: string) =>
    only(await listTariffs(deps, { companyId, tariffId }), chargingErrors.TARIFF_NOT_FOUND);

  addRoute(app, chargingRoutes, 'GET /api/tariffs', 'charging.read', ({ query, actor }) =>
    listTariffs(deps, { ...query, companyId: actor.companyId }),
  );
  addRoute(app, chargingRoutes, 'POST /api/tariffs', 'charging.write', async ({ body, actor }) => {
    const { feeItemId, name, effectiveFrom, ...terms } = body;
    const { companyId } = actor;
    const tariff = { companyId, actor, feeItemId, name, effectiveFrom, terms };
    return await view(companyId, await addTariff(deps, tariff));
  });
  addRoute(
    app,
    chargingRoutes,
    'POST /api/tariffs/:tariffId/end',
    'charging.write',
    async ({ params, body, actor }) => {
      const { companyId } = actor;
      await endTariff(deps, { ...params, ...body, companyId, actor });
      return await view(companyId, params.tariffId);
    },
  );
  addRoute(app, chargingRoutes, 'POST /api/tariffs/preview', 'charging.read', async ({ body }) => {
    const { areaM2, month, ...terms } = body;
    return previewTariff({ terms, areaM2, month });
  });
}

function addAssignmentRoutes(app: FastifyInstance, deps: Deps): void {
  addRoute(app, chargingRoutes, 'GET /api/assignments', 'charging.read', ({ query, actor }) =>
    listAssignments(deps, { ...query, companyId: actor.companyId }),
  );
  addRoute(
    app,
    chargingRoutes,
    'POST /api/assignments/preview',
    'charging.read',
    ({ body, actor }) => previewAssignment(deps, actor.companyId, assigning(body)),
  );
  addRoute(app, chargingRoutes, 'POST /api/assignments', 'charging.write', ({ body, actor }) =>
    assignTariff(deps, { ...assigning(body), companyId: actor.companyId, actor }),
  );
  addRoute(
    app,
    chargingRoutes,
    'POST /api/assignments/:assignmentId/end',
    'charging.write',
    async ({ params, body, actor }): Promise<AssignmentView> => {
      const { companyId } = actor;
      const found = await listAssignments(deps, { companyId, ...params });
      const before = only(found, chargingErrors.ASSIGNMENT_NOT_FOUND);
      const { toOn } = await endAssignment(deps, { ...params, ...body, companyId, actor });
      return { ...before, toOn };
    },
  );
}

const AssignmentExport = Type.Object({
  communityId: Type.Optional(Id),
  feeItemId: Type.Optional(Id),
  unitId: Type.Optional(Id),
});
const FeeItemExport = Type.Object({ state: Type.Optional(FeeItemState) });
const TariffExport = Type.Object({
  feeItemId: Type.Optional(Id),
  latest: Type.Optional(Type.Boolean()),
});

/** The lists as files, with their filters, read page by page while they are sent. */
function addExports(app: FastifyInstance, deps: Deps): void {
  const config = { permission: 'charging.read' } as const;
  app.get<{ Querystring: Static<typeof AssignmentExport> }>(
    '/api/assignments.csv',
    { config, schema: { querystring: AssignmentExport } },
    (request, reply) => {
      const { companyId } = staffOf(request);
      const filter = { ...request.query, companyId, limit: exportPage };
      const rows = everyItem((after) => listAssignments(deps, { ...filter, after }));
      return sendCsv(reply, '收费分配.csv', assignmentCsvColumns, rows);
    },
  );
  app.get<{ Querystring: Static<typeof FeeItemExport> }>(
    '/api/fee-items.csv',
    { config, schema: { querystring: FeeItemExport } },
    (request, reply) => {
      const { companyId } = staffOf(request);
      const filter = { ...request.query, companyId, limit: exportPage };
      const rows = everyItem((after) => listFeeItems(deps, { ...filter, after }));
      return sendCsv(reply, '收费项目.csv', feeItemCsvColumns, rows);
    },
  );
  app.get<{ Querystring: Static<typeof TariffExport> }>(
    '/api/tariffs.csv',
    { config, schema: { querystring: TariffExport } },
    (request, reply) => {
      const { companyId } = staffOf(request);
      const filter = { ...request.query, companyId, limit: exportPage };
      const rows = everyItem((after) => listTariffs(deps, { ...filter, after }));
      return sendCsv(reply, '收费标准.csv', tariffCsvColumns, rows);
    },
  );
}

function assigning(body: NewAssignment) {
  return { ...body, tariffName: body.tariffName.trim(), toOn: body.toOn ?? null };
}

function only<Item>(page: { items: Item[] }, missing: () => Error): Item {
  const [item] = page.items;
  if (!item) throw missing();
  return item;
}
