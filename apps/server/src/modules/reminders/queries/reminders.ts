import type { ReminderDetail, ReminderPrintRow, ReminderRow } from '@wuye-pay/contract';
import {
  emptySql,
  joinSql,
  type Statement,
  sql,
  type Tx,
} from '../../../platform/database/index.ts';

export interface ReminderQuery {
  readonly planId?: string;
  readonly stepId?: string;
  readonly communityId?: string;
  readonly unitId?: string;
  readonly state?: string;
  readonly reason?: string;
  readonly via?: string;
  readonly from?: string;
  readonly to?: string;
  readonly after: readonly (string | number)[] | undefined;
  readonly limit: number;
}

type Row = Omit<ReminderRow, 'dueAt' | 'releasedAt' | 'openedAt'> & {
  readonly dueAt: Date;
  readonly releasedAt: Date | null;
  readonly openedAt: Date | null;
};

/** Newest day first. */
export async function listReminders(tx: Tx, query: ReminderQuery): Promise<ReminderRow[]> {
  const rows = await tx.many(sql<Row>`
    select ${columns} ${tables}
    where ${joinSql(filtersOf(tx, query), ' and ')}
    order by r.day desc, r.id desc limit ${query.limit}`);
  return rows.map(asRow);
}

export async function reminderDetail(
  tx: Tx,
  reminderId: string,
): Promise<Omit<ReminderDetail, 'notices'> | undefined> {
  const row = await tx.maybe(sql<Row & { createdBy: string | null }>`
    select ${columns}, r.created_by as "createdBy" ${tables}
    where r.company_id = ${tx.companyId} and r.id = ${reminderId}`);
  return row && { ...asRow(row), createdBy: row.createdBy };
}

type Notice = ReminderDetail['notices'][number];
type NoticeRow = Omit<Notice, 'sentAt' | 'deliveredAt' | 'openedAt' | 'linkExpiresAt'> & {
  readonly sentAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly openedAt: Date | null;
  readonly linkExpiresAt: Date;
};

export async function noticesOf(tx: Tx, reminderId: string): Promise<Notice[]> {
  const rows = await tx.many(sql<NoticeRow>`
    select n.id as "messageId", n.via, n.state, n.reason, n.cost_yuan::text as "costYuan",
      n.sent_at as "sentAt", n.delivered_at as "deliveredAt", n.opened_at as "openedAt",
      n.expires_at as "linkExpiresAt", (
        select coalesce(sum(c.amount_fen), 0)::bigint from reminders.collected as c
        where c.company_id = n.company_id and c.notice_id = n.id) as "collectedFen"
    from reminders.notice as n
    where n.company_id = ${tx.companyId} and n.reminder_id = ${reminderId}
    order by n.id limit 100`);
  return rows.map((row) => ({
    ...row,
    sentAt: row.sentAt?.toISOString() ?? null,
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
    openedAt: row.openedAt?.toISOString() ?? null,
    linkExpiresAt: row.linkExpiresAt.toISOString(),
  }));
}

/** Whether every id names a reminder. */
export async function areReminders(tx: Tx, ids: readonly string[]): Promise<boolean> {
  const { count } = await tx.one(sql<{ count: number }>`
    select count(*) as count from reminders.reminder
    where company_id = ${tx.companyId} and id = any (${ids}::uuid[])`);
  return count === new Set(ids).size;
}

type PrintRow = Omit<ReminderPrintRow, 'printedAt'> & { readonly printedAt: Date | null };

/** Notices on paper, by day and id, with what is owed now; who has paid is not among them. */
export async function printRows(
  tx: Tx,
  query: Pick<ReminderQuery, 'communityId' | 'after' | 'limit'> & {
    readonly state: string;
    /** Older ones are not looked for. */
    readonly since: string;
  },
): Promise<PrintRow[]> {
  const { communityId, state, since, after, limit } = query;
  return await tx.many(sql<PrintRow>`
    select r.id, r.day, plan.name as "planName", r.unit_id as "unitId", unit.label as "unitLabel",
      community.name as "communityName", owed.owed_fen as "owedFen", r.due_on as "dueOn",
      r.released_at as "printedAt"
    ${tables} join lateral (
      select sum(b.amount_fen - b.paid_fen - b.waived_fen)::bigint as owed_fen
      from billing.pub_bill as b
      where b.company_id = r.company_id and b.unit_id = r.unit_id and b.state = 'issued'
        and (cardinality(r.fee_item_ids) = 0 or b.fee_item_id = any (r.fee_item_ids))
        and not exists (select from feedback.pub_dispute as d where d.company_id = b.company_id
          and d.bill_id = b.id and d.state = 'open')
    ) as owed on owed.owed_fen > 0
    where r.company_id = ${tx.companyId} and r.state = ${state} and r.day >= ${since}
      ${communityId ? sql`and r.community_id = ${communityId}` : emptySql}
      ${after ? sql`and (r.day, r.id) > (${after[0]}::date, ${after[1]}::uuid)` : emptySql}
    order by r.day, r.id limit ${limit}`);
}

function asRow(row: Row): ReminderRow {
  return {
    ...row,
    dueAt: row.dueAt.toISOString(),
    releasedAt: row.releasedAt?.toISOString() ?? null,
    openedAt: row.openedAt?.toISOString() ?? null,
  };
}

function filtersOf(tx: Tx, query: ReminderQuery): Statement[] {
  const { planId, stepId, communityId, unitId, state, reason, via, from, to, after } = query;
  return [
    sql`r.company_id = ${tx.companyId}`,
    ...(planId ? [sql`r.plan_id = ${planId}`] : []),
    ...(stepId ? [sql`r.step_id = ${stepId}`] : []),
    ...(communityId ? [sql`r.community_id = ${communityId}`] : []),
    ...(unitId ? [sql`r.unit_id = ${unitId}`] : []),
    ...(state ? [sql`r.state = ${state}`] : []),
    ...(reason ? [sql`r.reason = ${reason}`] : []),
    ...(via ? [sentBy(via)] : []),
    ...(from ? [sql`r.day >= ${from}`] : []),
    ...(to ? [sql`r.day <= ${to}`] : []),
    ...(after ? [sql`(r.day, r.id) < (${after[0]}::date, ${after[1]}::uuid)`] : []),
  ];
}

function sentBy(via: string): Statement {
  return sql`exists (select from reminders.notice as sent where sent.company_id = r.company_id
    and sent.reminder_id = r.id and sent.via = ${via})`;
}

const columns = sql`r.id, r.day, r.plan_id as "planId", plan.name as "planName",
  r.step_id as "stepId", case when r.due_on is not null then r.day - r.due_on end as "stepDays",
  r.unit_id as "unitId", unit.label as "unitLabel", community.name as "communityName",
  r.due_on as "dueOn", r.state, r.reason, r.planned_fen as "plannedFen",
  r.released_fen as "releasedFen", r.due_at as "dueAt", r.released_at as "releasedAt",
  (select min(n.opened_at) from reminders.notice as n
    where n.company_id = r.company_id and n.reminder_id = r.id) as "openedAt",
  (select coalesce(sum(c.amount_fen), 0)::bigint from reminders.collected as c
    join reminders.notice as n on n.company_id = c.company_id and n.id = c.notice_id
    where n.company_id = r.company_id and n.reminder_id = r.id) as "collectedFen"`;

const tables = sql`
  from reminders.reminder as r
  join estate.pub_unit as unit on unit.company_id = r.company_id and unit.id = r.unit_id
  join estate.pub_community as community on community.company_id = unit.company_id
    and community.id = unit.community_id
  left join reminders.plan as plan on plan.company_id = r.company_id and plan.id = r.plan_id`;
