import type { DisputeView, SatisfactionMonth, TicketView } from '@wuye-pay/contract';
import { Id, Month, TicketFilter } from '@wuye-pay/contract';
import { type Fen, yuanText } from '@wuye-pay/money';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { Deps } from '../../../platform/deps.ts';
import { type CsvColumn, everyItem, sendCsv, staffOf } from '../../../platform/http/index.ts';
import { listDisputes } from '../queries/list-disputes.ts';
import { surveyResults } from '../queries/survey.ts';
import { listTickets } from '../queries/tickets.ts';

/** Rows that an export reads at a time. */
const exportPage = 1000;
const config = { permission: 'feedback.read' } as const;
const Tickets = Type.Object(TicketFilter);
const Disputes = Type.Object({
  state: Type.Optional(Type.Enum(['open', 'answered'])),
  communityId: Type.Optional(Id),
});
const Survey = Type.Object({ from: Month, to: Month, communityId: Type.Optional(Id) });

/** The lists as files, with their filters. Phones stay masked. */
export function addFeedbackFiles(app: FastifyInstance, deps: Deps): void {
  app.get<{ Querystring: Static<typeof Tickets> }>(
    '/api/tickets.csv',
    { config, schema: { querystring: Tickets } },
    (request, reply) => {
      const { companyId, id } = staffOf(request);
      const filter = { ...request.query, companyId, readerId: id, limit: exportPage };
      const items = everyItem((after) => listTickets(deps, { ...filter, after }));
      return sendCsv(reply, '报事.csv', ticketColumns, items);
    },
  );
  app.get<{ Querystring: Static<typeof Disputes> }>(
    '/api/disputes.csv',
    { config, schema: { querystring: Disputes } },
    (request, reply) => {
      const { companyId } = staffOf(request);
      const filter = { ...request.query, companyId, limit: exportPage };
      const items = everyItem((after) => listDisputes(deps, { ...filter, after }));
      return sendCsv(reply, '账单异议.csv', disputeColumns, items);
    },
  );
  app.get<{ Querystring: Static<typeof Survey> }>(
    '/api/satisfaction.csv',
    { config, schema: { querystring: Survey } },
    (request, reply) => {
      const { companyId } = staffOf(request);
      const { query } = request;
      const page = async () => {
        const { items } = await surveyResults(deps, { companyId, ...query });
        return { items, next: null };
      };
      return sendCsv(reply, '缴费满意度.csv', surveyColumns, everyItem(page));
    },
  );
}

const ticketColumns: readonly CsvColumn<TicketView>[] = [
  { title: '单号', cell: (ticket) => ticket.ticketNo },
  { title: '小区', cell: (ticket) => ticket.communityName },
  { title: '房屋', cell: (ticket) => ticket.unitLabel ?? '' },
  { title: '类别', cell: (ticket) => ticket.category.zh },
  { title: '来源', cell: (ticket) => sources[ticket.source] },
  { title: '报事人', cell: (ticket) => ticket.openedBy },
  { title: '电话', cell: (ticket) => ticket.phoneMasked ?? '' },
  { title: '内容', cell: (ticket) => ticket.text },
  { title: '状态', cell: (ticket) => ticket.stateText.zh },
  { title: '处理人', cell: (ticket) => ticket.assigneeName ?? ticket.roleName ?? '' },
  { title: '提交时间', cell: (ticket) => ticket.openedAt },
  { title: '首次回复', cell: (ticket) => ticket.firstRepliedAt ?? '' },
  { title: '应解决时间', cell: (ticket) => ticket.resolveDueAt ?? '' },
  { title: '解决时间', cell: (ticket) => ticket.resolvedAt ?? '' },
  { title: '超时', cell: (ticket) => (ticket.overdue ? '是' : '') },
  { title: '评分', cell: (ticket) => ticket.rating?.toString() ?? '' },
];

const sources = { app: '住户端', scan: '扫码页', receipt: '收据页', desk: '前台' } as const;
const answers = {
  explanation: '说明',
  adjustment: '调整',
  void: '作废',
  withdrawn: '住户撤回',
} as const;

const disputeColumns: readonly CsvColumn<DisputeView>[] = [
  { title: '单号', cell: (dispute) => dispute.ticketNo },
  { title: '小区', cell: (dispute) => dispute.communityName },
  { title: '房屋', cell: (dispute) => dispute.unitLabel },
  { title: '收费项目', cell: (dispute) => dispute.feeItemName },
  { title: '账期', cell: (dispute) => dispute.month.slice(0, 7) },
  { title: '应收（元）', cell: (dispute) => yuanText(dispute.amountFen as Fen) },
  { title: '未收（元）', cell: (dispute) => yuanText(dispute.openFen as Fen) },
  { title: '内容', cell: (dispute) => dispute.text },
  { title: '状态', cell: (dispute) => (dispute.state === 'open' ? '待答复' : '已答复') },
  { title: '答复方式', cell: (dispute) => (dispute.answer ? answers[dispute.answer] : '') },
  { title: '答复内容', cell: (dispute) => dispute.answerText ?? '' },
  { title: '答复人', cell: (dispute) => dispute.answeredBy ?? '' },
  { title: '提出时间', cell: (dispute) => dispute.openedAt },
  { title: '答复时间', cell: (dispute) => dispute.answeredAt ?? '' },
];

const surveyColumns: readonly CsvColumn<SatisfactionMonth>[] = [
  { title: '月份', cell: (row) => row.month.slice(0, 7) },
  { title: '小区', cell: (row) => row.communityName },
  { title: '询问', cell: (row) => row.asked },
  { title: '回答', cell: (row) => row.answered },
  {
    title: '平均分',
    cell: ({ averageHundredths: average }) => (average === null ? '' : hundredths(average)),
  },
  ...[1, 2, 3, 4, 5].map((score) => ({
    title: `${score} 分`,
    cell: (row: SatisfactionMonth) => row.scores[score - 1] ?? 0,
  })),
];

/** 437 → "4.37" */
function hundredths(value: number): string {
  return `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;
}
