import { Id, type ReminderEffectRow, type ReminderRow, reminderRoutes } from '@wuye-pay/contract';
import { fen, yuanText } from '@wuye-pay/money';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { Deps } from '../../../platform/deps.ts';
import {
  type CsvColumn,
  everyItem,
  sendCsv,
  sendFile,
  staffOf,
} from '../../../platform/http/index.ts';
import { reasonWords, stateWords, stepWords, viaWords } from '../domain/words.ts';
import { mostOnPaper } from '../limits.ts';
import { drawNotices } from '../use-cases/draw-notices.ts';
import {
  type EffectInput,
  type ListInput,
  showEffect,
  showReminders,
} from '../use-cases/show-reminders.ts';

const pageSize = 200;

/** The lists as files, with the filters of the lists. */
export function addReminderFiles(
  app: FastifyInstance,
  deps: Pick<Deps, 'db' | 'clock' | 'publicUrl'>,
): void {
  const config = { permission: 'reminders.read' } as const;
  app.get<{ Querystring: ListInput }>(
    '/api/reminders.csv',
    { config, schema: { querystring: reminderRoutes['GET /api/reminders'].query } },
    (request, reply) => {
      const { companyId } = staffOf(request);
      const { limit: _limit, after: _after, ...filter } = request.query;
      const rows = everyItem((after) =>
        showReminders(deps, companyId, { ...filter, limit: pageSize, ...(after && { after }) }),
      );
      return sendCsv(reply, '催缴记录.csv', reminderColumns, rows);
    },
  );
  app.get<{ Querystring: EffectInput }>(
    '/api/reminder-effect.csv',
    { config, schema: { querystring: reminderRoutes['GET /api/reminder-effect'].query } },
    async (request, reply) => {
      const { items } = await showEffect(deps, staffOf(request).companyId, request.query);
      return await sendCsv(reply, '催缴效果.csv', effectColumns, each(items));
    },
  );
  app.get<{ Querystring: { reminderIds: string[] } }>(
    '/api/reminder-prints.pdf',
    {
      config: { ...config, rateLimit: { max: 30, timeWindow: 60_000 } },
      schema: { querystring: PrintedNotices },
    },
    async (request, reply) => {
      const { companyId } = staffOf(request);
      const { reminderIds } = request.query;
      return sendFile(reply, await drawNotices(deps, { companyId, reminderIds }));
    },
  );
}

const PrintedNotices = Type.Object({
  reminderIds: Type.Array(Id, { minItems: 1, maxItems: mostOnPaper }),
});

async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

const yuan = (amountFen: number | null) => (amountFen === null ? null : yuanText(fen(amountFen)));

const reminderColumns: readonly CsvColumn<ReminderRow>[] = [
  { title: '日期', cell: (row) => row.day },
  { title: '计划', cell: (row) => row.planName ?? '手动' },
  { title: '步骤', cell: (row) => (row.stepDays === null ? '' : stepWords(row.stepDays)) },
  { title: '小区', cell: (row) => row.communityName },
  { title: '房屋', cell: (row) => row.unitLabel },
  { title: '到期日', cell: (row) => row.dueOn },
  { title: '状态', cell: (row) => stateWords[row.state] },
  { title: '原因', cell: (row) => (row.reason === null ? '' : reasonWords[row.reason]) },
  { title: '计划时欠费（元）', cell: (row) => yuan(row.plannedFen) },
  { title: '发送金额（元）', cell: (row) => yuan(row.releasedFen) },
  { title: '打开时间', cell: (row) => row.openedAt },
  { title: '72小时内收款（元）', cell: (row) => yuan(row.collectedFen) },
];

const effectColumns: readonly CsvColumn<ReminderEffectRow>[] = [
  { title: '计划', cell: (row) => row.planName ?? '手动' },
  { title: '步骤', cell: (row) => (row.stepDays === null ? '' : stepWords(row.stepDays)) },
  { title: '方式', cell: (row) => viaWords[row.via] },
  { title: '已发送', cell: (row) => row.sent },
  { title: '已送达', cell: (row) => row.delivered },
  { title: '已打开', cell: (row) => row.opened },
  { title: '24小时内缴费', cell: (row) => row.paid24h },
  { title: '72小时内缴费', cell: (row) => row.paid72h },
  { title: '24小时内收款（元）', cell: (row) => yuan(row.collected24hFen) },
  { title: '72小时内收款（元）', cell: (row) => yuan(row.collected72hFen) },
  { title: '费用（元）', cell: (row) => row.costYuan },
  { title: '每收1元的费用（元）', cell: (row) => row.costPerYuan },
];
