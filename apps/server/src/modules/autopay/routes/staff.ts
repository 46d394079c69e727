import {
  type AutopayDebitRow,
  type AutopayMandateRow,
  autopayRoutes as routes,
} from '@wuye-pay/contract';
import { fen, yuanText } from '@wuye-pay/money';
import type { FastifyInstance } from 'fastify';
import {
  addRoute,
  type CsvColumn,
  everyItem,
  sendCsv,
  staffOf,
} from '../../../platform/http/index.ts';
import { type AutopayInputDeps, withMandates } from '../deps.ts';
import type { PageInput } from '../page.ts';
import type { DebitFilter } from '../queries/debits.ts';
import type { MandateFilter } from '../queries/mandates.ts';
import { rulesOf } from '../queries/rules.ts';
import { changeRule, dropRule } from '../use-cases/change-rule.ts';
import { followMandate } from '../use-cases/follow-mandates.ts';
import { showToStaff } from '../use-cases/show-mandates.ts';
import { showDebits, showMandates, showSummary } from '../use-cases/show-to-staff.ts';
import { stopAutopay } from '../use-cases/stop-autopay.ts';

export function addStaffSide(app: FastifyInstance, deps: AutopayInputDeps): void {
  addMandates(app, deps);
  addDebits(app, deps);
  addSettings(app, deps);
  addFiles(app, deps);
}

function addMandates(app: FastifyInstance, deps: AutopayInputDeps): void {
  addRoute(app, routes, 'GET /api/autopay/mandates', 'autopay.read', ({ actor, query }) =>
    showMandates(deps, actor.companyId, query),
  );
  addRoute(
    app,
    routes,
    'GET /api/autopay/mandates/:mandateId',
    'autopay.read',
    ({ actor, params }) => showToStaff(deps, { actor, ...params }),
  );
  addRoute(
    app,
    routes,
    'POST /api/autopay/mandates/:mandateId/check',
    'autopay.write',
    async ({ actor, params }) => {
      await showToStaff(deps, { actor, ...params }); // It exists, in this company.
      await followMandate(withMandates(deps), { companyId: actor.companyId, ...params });
      return await showToStaff(deps, { actor, ...params });
    },
  );
  addRoute(
    app,
    routes,
    'POST /api/autopay/mandates/:mandateId/stop',
    'autopay.write',
    async ({ actor, params, body }) => {
      await stopAutopay(deps, { actor, ...params, by: 'staff', note: body.reason.trim() });
      return await showToStaff(deps, { actor, ...params });
    },
  );
}

function addDebits(app: FastifyInstance, deps: AutopayInputDeps): void {
  addRoute(app, routes, 'GET /api/autopay/debits', 'autopay.read', ({ actor, query }) =>
    showDebits(deps, actor.companyId, query),
  );
  addRoute(app, routes, 'GET /api/autopay/summary', 'autopay.read', ({ actor, query }) =>
    showSummary(deps, actor.companyId, query),
  );
}

function addSettings(app: FastifyInstance, deps: AutopayInputDeps): void {
  addRoute(app, routes, 'GET /api/autopay/settings', 'autopay.read', async ({ actor }) => ({
    items: await deps.db.read(actor.companyId, rulesOf),
  }));
  addRoute(app, routes, 'PUT /api/autopay/settings', 'autopay.write', ({ actor, body }) =>
    changeRule(deps, { actor, ...body }),
  );
  addRoute(
    app,
    routes,
    'DELETE /api/autopay/settings/:communityId',
    'autopay.write',
    async ({ actor, params }) => {
      await dropRule(deps, { actor, ...params });
      return {};
    },
  );
}

const pageSize = 200;

/** The lists as files, with the filters of the lists. */
function addFiles(app: FastifyInstance, deps: AutopayInputDeps): void {
  const config = { permission: 'autopay.read' } as const;
  app.get<{ Querystring: MandateFilter & PageInput }>(
    '/api/autopay/mandates.csv',
    { config, schema: { querystring: routes['GET /api/autopay/mandates'].query } },
    (request, reply) => {
      const { companyId } = staffOf(request);
      const rows = everyItem((after) =>
        showMandates(deps, companyId, pageFrom(request.query, after)),
      );
      return sendCsv(reply, '代扣签约.csv', mandateColumns, rows);
    },
  );
  app.get<{ Querystring: DebitFilter & PageInput }>(
    '/api/autopay/debits.csv',
    { config, schema: { querystring: routes['GET /api/autopay/debits'].query } },
    (request, reply) => {
      const { companyId } = staffOf(request);
      const rows = everyItem((after) =>
        showDebits(deps, companyId, pageFrom(request.query, after)),
      );
      return sendCsv(reply, '代扣明细.csv', debitColumns, rows);
    },
  );
}

function pageFrom<Query extends PageInput>(query: Query, after: string | null | undefined) {
  const { limit: _limit, after: _after, ...filter } = query;
  return { ...filter, limit: pageSize, ...(after && { after }) };
}

const stateWords = {
  requested: '待签约',
  active: '已开通',
  stopping: '解约中',
  ended: '已结束',
} as const;

const debitWords = {
  planned: '待通知',
  announced: '已通知',
  started: '扣款中',
  paid: '成功',
  failed: '失败',
  skipped: '已跳过',
  dropped: '已取消',
} as const;

const yuan = (amountFen: number | null) => (amountFen === null ? '' : yuanText(fen(amountFen)));

const mandateColumns: readonly CsvColumn<AutopayMandateRow>[] = [
  { title: '住户', cell: (row) => row.residentName ?? '' },
  { title: '手机', cell: (row) => row.phoneMasked ?? '' },
  {
    title: '房屋',
    cell: (row) => row.units.map((unit) => `${unit.communityName} ${unit.label}`).join('、'),
  },
  { title: '钱包', cell: (row) => row.wallet.zh },
  { title: '状态', cell: (row) => stateWords[row.state] },
  { title: '单笔上限（元）', cell: (row) => yuan(row.limitDebitFen) },
  { title: '每月上限（元）', cell: (row) => yuan(row.limitMonthFen) },
  { title: '签约时间', cell: (row) => row.signedAt ?? '' },
  { title: '结束时间', cell: (row) => row.endedAt ?? '' },
  { title: '下次扣款日', cell: (row) => row.nextDebitOn ?? '' },
  { title: '下次扣款（元）', cell: (row) => yuan(row.nextDebitFen) },
];

const debitColumns: readonly CsvColumn<AutopayDebitRow>[] = [
  { title: '扣款日', cell: (row) => row.debitOn },
  { title: '住户', cell: (row) => row.residentName ?? '' },
  { title: '手机', cell: (row) => row.phoneMasked ?? '' },
  { title: '房屋', cell: (row) => row.units.map(({ label }) => label).join('、') },
  { title: '钱包', cell: (row) => row.wallet.zh },
  { title: '金额（元）', cell: (row) => yuan(row.amountFen) },
  { title: '第几次', cell: (row) => String(row.tryNo) },
  { title: '状态', cell: (row) => debitWords[row.state] },
  { title: '说明', cell: (row) => row.note?.zh ?? '' },
];
