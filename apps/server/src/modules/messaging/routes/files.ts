import { type MessageView, messagingRoutes as routes } from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import { type CsvColumn, everyItem, sendCsv, staffOf } from '../../../platform/http/index.ts';
import type { MessagingDeps } from '../open-account.ts';
import type { MessageFilter } from '../queries/messages.ts';
import { showMessages } from '../use-cases/show-messages.ts';

const pageSize = 200;

/** The list as a file, with the filters of the list. */
export function addMessageFiles(app: FastifyInstance, { db }: MessagingDeps): void {
  app.get<{ Querystring: MessageFilter & { limit?: number; after?: string } }>(
    '/api/messages.csv',
    {
      config: { permission: 'messaging.read' },
      schema: { querystring: routes['GET /api/messages'].query },
    },
    (request, reply) => {
      const { companyId } = staffOf(request);
      const { limit: _limit, after: _after, ...filter } = request.query;
      const rows = everyItem((after) =>
        showMessages(db, companyId, { ...filter, limit: pageSize, ...(after && { after }) }),
      );
      return sendCsv(reply, '消息.csv', columns, rows);
    },
  );
}

const states: Readonly<Record<MessageView['state'], string>> = {
  queued: '等待发送',
  sending: '发送中',
  uncertain: '核实中',
  accepted: '已发出',
  delivered: '已送达',
  failed: '失败',
  dropped: '未发送',
};

const columns: readonly CsvColumn<MessageView>[] = [
  { title: '时间', cell: ({ createdAt }) => createdAt },
  { title: '用途', cell: ({ purpose }) => purpose },
  { title: '模板', cell: ({ templateKey }) => templateKey },
  { title: '状态', cell: ({ state }) => states[state] },
  { title: '方式', cell: ({ via }) => via },
  { title: '接收人', cell: ({ to }) => to },
  { title: '通道', cell: ({ accountName }) => accountName },
  { title: '原因', cell: ({ reasonText }) => reasonText?.zh },
  { title: '计费条数', cell: ({ segments }) => segments },
  { title: '费用（元）', cell: ({ costYuan }) => costYuan },
  { title: '应发时间', cell: ({ dueAt }) => dueAt },
  { title: '发出时间', cell: ({ acceptedAt }) => acceptedAt },
  { title: '送达时间', cell: ({ deliveredAt }) => deliveredAt },
];
