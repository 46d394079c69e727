import type { PaymentView, RefundView, SuspenseView } from '@wuye-pay/contract';
import { paymentRoutes, refundRoutes, suspenseRoutes } from '@wuye-pay/contract';
import { fen, yuanText } from '@wuye-pay/money';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../../platform/deps.ts';
import { type CsvColumn, everyItem, sendCsv, staffOf } from '../../../platform/http/index.ts';
import { channelLabel } from '../channel-label.ts';
import { refundStates } from '../domain/refund-wording.ts';
import { closeReasons } from '../domain/wording.ts';
import { listPayments, type PaymentQuery } from '../queries/list-payments.ts';
import { listRefunds, type RefundQuery } from '../queries/list-refunds.ts';
import { listSuspense, type SuspenseQuery } from '../queries/suspense.ts';

const pageSize = 200;
const states = { open: '支付中', paid: '已付', closed: '已关闭' } as const;

/** The lists as files, with the filters of the lists. */
export function addPaymentFiles(app: FastifyInstance, deps: Deps): void {
  const config = { permission: 'payment.read' } as const;
  app.get<{ Querystring: PaymentQuery }>(
    '/api/payments.csv',
    { config, schema: { querystring: paymentRoutes['GET /api/payments'].query } },
    async (request, reply) => {
      const { companyId } = staffOf(request);
      const { limit: _limit, after: _after, ...filter } = request.query;
      const rows = everyItem((after) =>
        deps.db.read(companyId, (tx) =>
          listPayments(tx, { ...filter, limit: pageSize, ...(after && { after }) }),
        ),
      );
      return sendCsv(reply, '支付记录.csv', paymentColumns, rows);
    },
  );
  app.get<{ Querystring: SuspenseQuery }>(
    '/api/suspense.csv',
    { config, schema: { querystring: suspenseRoutes['GET /api/suspense'].query } },
    async (request, reply) => {
      const { companyId } = staffOf(request);
      const { limit: _limit, after: _after, ...filter } = request.query;
      const rows = everyItem((after) =>
        deps.db.read(companyId, (tx) =>
          listSuspense(tx, { ...filter, limit: pageSize, ...(after && { after }) }),
        ),
      );
      return sendCsv(reply, '挂账.csv', caseColumns, rows);
    },
  );
  app.get<{ Querystring: RefundQuery }>(
    '/api/refunds.csv',
    { config, schema: { querystring: refundRoutes['GET /api/refunds'].query } },
    async (request, reply) => {
      const { companyId } = staffOf(request);
      const { limit: _limit, after: _after, ...filter } = request.query;
      const rows = everyItem((after) =>
        deps.db.read(companyId, (tx) =>
          listRefunds(tx, { ...filter, limit: pageSize, ...(after && { after }) }),
        ),
      );
      return sendCsv(reply, '退款.csv', refundFileColumns, rows);
    },
  );
}

const paymentColumns: readonly CsvColumn<PaymentView>[] = [
  { title: '小区', cell: (row) => row.communityName },
  { title: '房屋', cell: (row) => row.unitLabel },
  { title: '状态', cell: (row) => states[row.state] },
  { title: '渠道', cell: (row) => channelLabel(row.channel) },
  { title: '商户号名称', cell: (row) => row.merchantAccountName },
  { title: '金额（元）', cell: (row) => yuanText(fen(row.amountFen)) },
  { title: '销账金额（元）', cell: (row) => yuanText(fen(row.settledFen)) },
  { title: '商户订单号', cell: (row) => row.orderNo },
  { title: '渠道交易号', cell: (row) => row.tradeNo },
  { title: '开始时间', cell: (row) => row.createdAt },
  { title: '付款时间', cell: (row) => row.paidAt },
  { title: '关闭时间', cell: (row) => row.closedAt },
  { title: '关闭原因', cell: (row) => row.closeReason && closeReasons[row.closeReason].zh },
];

const caseColumns: readonly CsvColumn<SuspenseView>[] = [
  { title: '挂账编号', cell: (row) => row.caseNo },
  { title: '状态', cell: (row) => (row.state === 'open' ? '待处理' : '已处理') },
  { title: '原因', cell: (row) => row.reasonText.zh },
  { title: '金额（元）', cell: (row) => yuanText(fen(row.amountFen)) },
  { title: '渠道', cell: (row) => channelLabel(row.channel) },
  { title: '商户号名称', cell: (row) => row.merchantAccountName },
  { title: '商户订单号', cell: (row) => row.orderNo },
  { title: '渠道交易号', cell: (row) => row.tradeNo },
  { title: '小区', cell: (row) => row.communityName },
  { title: '房屋', cell: (row) => row.unitLabel },
  { title: '挂账时间', cell: (row) => row.openedAt },
  { title: '处理时间', cell: (row) => row.resolvedAt },
  { title: '处理结果', cell: (row) => row.resolution },
];

const kinds = { payment: '收款退款', case: '挂账退款', adopted: '认领退款' } as const;

const refundFileColumns: readonly CsvColumn<RefundView>[] = [
  { title: '退款编号', cell: (row) => row.refundName },
  { title: '状态', cell: (row) => refundStates[row.state].zh },
  { title: '类型', cell: (row) => kinds[row.kind] },
  { title: '金额（元）', cell: (row) => yuanText(fen(row.amountFen)) },
  {
    title: '账单处理',
    cell: (row) => row.billEffect && (row.billEffect === 'reopen' ? '重新欠费' : '减少应收'),
  },
  { title: '原因', cell: (row) => row.reason },
  { title: '小区', cell: (row) => row.communityName },
  { title: '房屋', cell: (row) => row.unitLabel },
  { title: '渠道', cell: (row) => channelLabel(row.channel) },
  { title: '商户号名称', cell: (row) => row.merchantAccountName },
  { title: '商户订单号', cell: (row) => row.orderNo },
  { title: '退款单号', cell: (row) => row.refundNo },
  { title: '挂账编号', cell: (row) => row.caseNo },
  { title: '申请人', cell: (row) => row.requestedBy },
  { title: '申请时间', cell: (row) => row.requestedAt },
  { title: '审批人', cell: (row) => row.decidedBy },
  { title: '审批时间', cell: (row) => row.decidedAt },
  { title: '退款时间', cell: (row) => row.refundedAt },
];
