import type { Digest } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';
import { frequentWords } from '../domain/words.ts';
import { isLate } from './tickets.ts';

export interface WeekSpan {
  readonly from: Date;
  readonly to: Date;
  readonly before: Date;
  /** The company's days. */
  readonly firstDay: string;
  readonly lastDay: string;
}

const mostWords = 20;
/** Enough to see the themes of a large company's week. */
const mostTexts = 5000;
const mostPlaces = 30;

/** All that a digest says of one week. */
export async function weekFigures(
  tx: Tx,
  week: WeekSpan,
): Promise<Omit<Digest, 'weekStart' | 'weekEnd' | 'generatedAt' | 'sentAt'>> {
  const [tickets, categories, communities, words, satisfaction, payments] = [
    await ticketFigures(tx, week),
    await countsBy(tx, week, 'category'),
    await countsBy(tx, week, 'community'),
    await wordsOf(tx, week),
    await surveyFigures(tx, week),
    await paymentFigures(tx, week),
  ];
  return { tickets, categories, communities, words, satisfaction, payments };
}

async function ticketFigures(tx: Tx, { from, to, before }: WeekSpan): Promise<Digest['tickets']> {
  const inWeek = (column: ReturnType<typeof sql>) =>
    sql`${column} >= ${from} and ${column} < ${to}`;
  const percent = (part: ReturnType<typeof sql>, all: ReturnType<typeof sql>) => sql`
    round(100.0 * count(*) filter (where ${all} and ${part})
      / nullif(count(*) filter (where ${all}), 0))::integer`;
  const replyDue = inWeek(sql`t.first_reply_due_at`);
  const resolveDue = sql`${inWeek(sql`t.resolve_due_at`)} and t.state <> 'waiting'`;
  return await tx.one(sql<Digest['tickets']>`
    select count(*) filter (where ${inWeek(sql`t.opened_at`)}) as opened,
      count(*) filter (where t.opened_at >= ${before} and t.opened_at < ${from}) as "openedBefore",
      count(*) filter (where ${inWeek(sql`t.resolved_at`)}) as resolved,
      (select count(*) from feedback.entry as e where e.company_id = ${tx.companyId}
        and e.kind = 'reopened' and ${inWeek(sql`e.at`)}) as reopened,
      (select count(*) from feedback.dispute as d where d.company_id = ${tx.companyId}
        and ${inWeek(sql`d.opened_at`)}) as "disputesOpened",
      (select count(*) from feedback.dispute as d where d.company_id = ${tx.companyId}
        and ${inWeek(sql`d.answered_at`)}) as "disputesAnswered",
      ${percent(sql`t.first_replied_at <= t.first_reply_due_at`, replyDue)}
        as "firstReplyInTimePercent",
      ${percent(sql`t.resolved_at <= t.resolve_due_at`, resolveDue)} as "resolvedInTimePercent",
      count(*) filter (where ${isLate(to)}) as overdue,
      round(avg(t.rating) filter (where ${inWeek(sql`t.rated_at`)}) * 100)::integer
        as "averageRatingHundredths",
      count(t.rating) filter (where ${inWeek(sql`t.rated_at`)}) as ratings
    from feedback.ticket as t
    where t.company_id = ${tx.companyId}
      and (t.updated_at >= ${before} or t.state not in ('resolved', 'closed'))`);
}

async function countsBy(
  tx: Tx,
  { from, to }: WeekSpan,
  by: 'category' | 'community',
): Promise<Digest['categories']> {
  const [zh, en] = by === 'category' ? [sql`g.name`, sql`g.name_en`] : [sql`c.name`, sql`c.name`];
  const rows = await tx.many(sql<{ zh: string; en: string; count: number }>`
    select ${zh} as zh, ${en} as en, count(*) as count
    from feedback.ticket as t
    join feedback.category as g on g.company_id = t.company_id and g.id = t.category_id
    join estate.pub_community as c on c.company_id = t.company_id and c.id = t.community_id
    where t.company_id = ${tx.companyId} and t.opened_at >= ${from} and t.opened_at < ${to}
    group by 1, 2 order by 3 desc, 1 limit ${mostPlaces}`);
  return rows.map(({ zh: zhLabel, en: enLabel, count }) => ({
    label: { zh: zhLabel, en: enLabel },
    count,
  }));
}

async function wordsOf(tx: Tx, { from, to }: WeekSpan): Promise<Digest['words']> {
  const rows = await tx.many(sql<{ text: string }>`
    select text from feedback.ticket
    where company_id = ${tx.companyId} and opened_at >= ${from} and opened_at < ${to}
    order by id desc limit ${mostTexts}`);
  const texts = rows.map(({ text }) => text);
  return frequentWords(texts, mostWords);
}

async function surveyFigures(tx: Tx, { from, to }: WeekSpan): Promise<Digest['satisfaction']> {
  return await tx.one(sql<Digest['satisfaction']>`
    select count(*) as asked, count(score) as answered,
      round(avg(score) * 100)::integer as "averageHundredths"
    from feedback.survey
    where company_id = ${tx.companyId} and asked_at >= ${from} and asked_at < ${to}`);
}

const surfaces: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  cashier: { zh: '扫码页', en: 'Scan page' },
  resident: { zh: '住户端', en: 'Resident app' },
  autopay: { zh: '代扣', en: 'Autopay' },
  desk: { zh: '前台', en: 'Front desk' },
};

interface PaymentRow {
  readonly surface: string;
  readonly channel: string;
  readonly errorCode: string;
  readonly started: number;
  readonly instructed: number;
  readonly paid: number;
  readonly left: number;
}

async function paymentFigures(
  tx: Tx,
  { firstDay, lastDay }: WeekSpan,
): Promise<Digest['payments']> {
  const rows = await tx.many(sql<PaymentRow>`
    select surface, channel, error_code as "errorCode", sum(started)::integer as started,
      sum(instructed)::integer as instructed, sum(paid)::integer as paid,
      sum(left_open)::integer as left
    from feedback.payment_day
    where company_id = ${tx.companyId} and day between ${firstDay}::date and ${lastDay}::date
    group by surface, channel, error_code
    order by sum(left_open) desc, sum(started) desc, surface, channel limit ${mostPlaces}`);
  return rows.map((row) => ({
    ...row,
    surface: surfaces[row.surface] ?? { zh: row.surface, en: row.surface },
    errorCode: row.errorCode === '' ? null : row.errorCode,
  }));
}
