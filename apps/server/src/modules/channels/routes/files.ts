import { type ChannelChangeView, type ChannelRouteView, channelsRoutes } from '@wuye-pay/contract';
import { fen, yuanText } from '@wuye-pay/money';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Deps } from '../../../platform/deps.ts';
import { type CsvColumn, everyItem, sendCsv, staffOf } from '../../../platform/http/index.ts';
import type { ChangeState } from '../domain/change.ts';
import type { StatementKind, StatementLine } from '../statement.ts';
import { productWords } from '../use-cases/describe-change.ts';
import { statementFile } from '../use-cases/show-statement.ts';
import { viewChanges } from '../use-cases/view-changes.ts';
import { viewRoutes } from '../use-cases/view-routes.ts';

const pageSize = 200;
const config = { permission: 'channels.read' } as const;

/** Lists and statements as files. */
export function addChannelFiles(app: FastifyInstance, deps: Deps): void {
  app.get('/api/channel-routes.csv', { config }, async (request, reply) => {
    const routes = await viewRoutes(deps, staffOf(request).companyId);
    return sendCsv(reply, '收款路由.csv', routeColumns, each(routes));
  });
  app.get<{ Querystring: { state?: ChangeState } }>(
    '/api/channel-changes.csv',
    { config, schema: { querystring: channelsRoutes['GET /api/channel-changes'].query } },
    async (request, reply) => {
      const { state } = request.query;
      const rows = everyItem((after) =>
        viewChanges(deps, staffOf(request), {
          limit: pageSize,
          ...(state && { state }),
          ...(after && { after }),
        }),
      );
      return sendCsv(reply, '渠道修改.csv', changeColumns, rows);
    },
  );
  addStatementFiles(app, deps);
}

interface StatementRoute {
  readonly Params: { readonly id: string; readonly day: string };
  readonly Querystring: { readonly kind?: StatementKind };
}

function addStatementFiles(app: FastifyInstance, deps: Deps): void {
  const { params, query } = channelsRoutes['GET /api/merchant-accounts/:id/statements/:day'];
  const schema = { params, querystring: query };
  const base = '/api/merchant-accounts/:id/statements/:day';
  const read = (request: FastifyRequest<StatementRoute>) =>
    statementFile(deps, {
      companyId: staffOf(request).companyId,
      merchantAccountId: request.params.id,
      day: request.params.day,
      kind: request.query.kind ?? 'trade',
    });
  app.get<StatementRoute>(`${base}/file`, { config, schema }, async (request, reply) => {
    const { file, fileName } = await read(request);
    return reply
      .header('content-type', 'application/octet-stream')
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
      .header('cache-control', 'no-store')
      .send(file);
  });
  app.get<StatementRoute>(`${base}/lines.csv`, { config, schema }, async (request, reply) => {
    const { day, lines } = await read(request);
    return sendCsv(reply, `对账单-${day}.csv`, lineColumns, each(lines));
  });
}

async function* each<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}

const any = '不限';
const changeStates = {
  open: '待审批',
  approved: '已通过',
  rejected: '已驳回',
  withdrawn: '已撤回',
} as const;
const lineKinds = { payment: '收款', refund: '退款', other: '其他' } as const;

const routeColumns: readonly CsvColumn<ChannelRouteView>[] = [
  { title: '收费项目', cell: (row) => row.feeItemName ?? any },
  { title: '小区', cell: (row) => row.communityName ?? any },
  { title: '支付方式', cell: (row) => productWords[row.product ?? '']?.zh ?? any },
  { title: '商户号', cell: (row) => row.accountName },
  { title: '优先级', cell: (row) => row.priority },
];

const changeColumns: readonly CsvColumn<ChannelChangeView>[] = [
  { title: '对象', cell: (row) => row.title },
  { title: '状态', cell: (row) => changeStates[row.state] },
  {
    title: '改动',
    cell: (row) =>
      row.lines
        .map(
          ({ label, before, after }) => `${label.zh}：${before?.zh ?? '无'} → ${after?.zh ?? '无'}`,
        )
        .join('；'),
  },
  { title: '提交人', cell: (row) => row.proposedBy },
  { title: '提交时间', cell: (row) => row.proposedAt },
  { title: '处理人', cell: (row) => row.decidedBy },
  { title: '处理时间', cell: (row) => row.decidedAt },
  { title: '无第二人', cell: (row) => (row.isAlone ? '是' : '') },
  { title: '驳回原因', cell: (row) => row.note },
];

const lineColumns: readonly CsvColumn<StatementLine>[] = [
  { title: '类型', cell: (line) => lineKinds[line.kind] },
  { title: '时间', cell: (line) => line.at },
  { title: '商户订单号', cell: (line) => line.orderNo },
  { title: '渠道交易号', cell: (line) => line.tradeNo },
  { title: '退款单号', cell: (line) => line.refundNo },
  { title: '渠道退款号', cell: (line) => line.channelRefundNo },
  { title: '金额（元）', cell: (line) => yuanText(fen(line.amountFen)) },
  { title: '手续费（元）', cell: (line) => line.feeYuan },
  { title: '渠道状态', cell: (line) => line.state },
];
