import type { TicketSource, TicketState, TicketView } from '@wuye-pay/contract';
import { joinSql, type Statement, sql, type Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { platformErrors } from '../../../platform/errors.ts';
import { stateWords } from '../domain/ticket-state.ts';

export interface TicketQuery {
  readonly companyId: string;
  readonly readerId: string;
  readonly state?: TicketState | 'open' | undefined;
  readonly categoryId?: string | undefined;
  readonly communityId?: string | undefined;
  readonly assignee?: string | undefined;
  readonly source?: TicketSource | undefined;
  readonly overdue?: boolean | undefined;
  readonly search?: string | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

const defaultLimit = 50;

export interface TicketRow {
  readonly id: string;
  readonly ticketNo: string;
  readonly categoryId: string;
  readonly categoryName: string;
  readonly categoryNameEn: string;
  readonly isDispute: boolean;
  readonly communityId: string;
  readonly communityName: string;
  readonly unitId: string | null;
  readonly unitLabel: string | null;
  readonly source: TicketSource;
  readonly openedBy: string;
  readonly phoneMasked: string | null;
  readonly text: string;
  readonly state: TicketState;
  readonly roleId: string | null;
  readonly roleName: string | null;
  readonly assigneeId: string | null;
  readonly assigneeName: string | null;
  readonly openedAt: Date;
  readonly updatedAt: Date;
  readonly firstReplyDueAt: Date;
  readonly firstRepliedAt: Date | null;
  readonly resolveDueAt: Date;
  readonly resolvedAt: Date | null;
  readonly rating: number | null;
}

export const ticketColumns = sql`t.id, t.ticket_no as "ticketNo", t.category_id as "categoryId",
  g.name as "categoryName", g.name_en as "categoryNameEn", g.is_dispute as "isDispute",
  t.community_id as "communityId", c.name as "communityName", t.unit_id as "unitId",
  u.label as "unitLabel", t.source, t.opened_by as "openedBy", t.phone_masked as "phoneMasked",
  t.text, t.state, t.role_id as "roleId", r.name as "roleName", t.assignee_id as "assigneeId",
  s.display_name as "assigneeName", t.opened_at as "openedAt", t.updated_at as "updatedAt",
  t.first_reply_due_at as "firstReplyDueAt", t.first_replied_at as "firstRepliedAt",
  t.resolve_due_at as "resolveDueAt", t.resolved_at as "resolvedAt", t.rating`;

export const ticketSource = sql`
  from feedback.ticket as t
  join feedback.category as g on g.company_id = t.company_id and g.id = t.category_id
  join estate.pub_community as c on c.company_id = t.company_id and c.id = t.community_id
  left join estate.pub_unit as u on u.company_id = t.company_id and u.id = t.unit_id
  left join identity.pub_role as r on r.company_id = t.company_id and r.id = t.role_id
  left join identity.pub_staff as s on s.company_id = t.company_id and s.id = t.assignee_id`;

const running = sql`t.state in ('new', 'assigned', 'in-progress')`;

/** A clock has run out; the conditions of the partial indexes. */
export function isLate(now: Date): Statement {
  return sql`${running} and ((t.first_replied_at is null and t.first_reply_due_at < ${now})
    or t.resolve_due_at < ${now})`;
}

/** Tickets, the newest first. */
export function listTickets(
  deps: Pick<Deps, 'db' | 'clock'>,
  query: TicketQuery,
): Promise<{ items: TicketView[]; next: string | null }> {
  const limit = query.limit ?? defaultLimit;
  const now = deps.clock.now();
  return deps.db.read(query.companyId, async (tx) => {
    const rows = await tx.many(sql<TicketRow>`
      select ${ticketColumns} ${ticketSource}
      where ${joinSql(filtersOf(tx, query, now), ' and ')}
      order by t.id desc limit ${limit + 1}`);
    const page = rows.slice(0, limit);
    return {
      items: page.map((row) => ticketView(row, now)),
      next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
    };
  });
}

function filtersOf(tx: Tx, query: TicketQuery, now: Date): Statement[] {
  const { state, categoryId, communityId, assignee, source, overdue, after } = query;
  const parts = [sql`t.company_id = ${tx.companyId}`];
  if (state === 'open') parts.push(sql`t.state in ('new', 'assigned', 'in-progress', 'waiting')`);
  else if (state !== undefined) parts.push(sql`t.state = ${state}`);
  if (categoryId !== undefined) parts.push(sql`t.category_id = ${categoryId}`);
  if (communityId !== undefined) parts.push(sql`t.community_id = ${communityId}`);
  if (assignee !== undefined) parts.push(assigneeFilter(assignee, query.readerId));
  if (source !== undefined) parts.push(sql`t.source = ${source}`);
  if (overdue) parts.push(sql`(${isLate(now)})`);
  const search = query.search?.trim();
  if (search) {
    const pattern = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`;
    parts.push(sql`(t.ticket_no = ${search.toUpperCase()} or u.label ilike ${pattern}
      or t.text ilike ${pattern})`);
  }
  if (after !== undefined) parts.push(sql`t.id < ${idIn(after)}::uuid`);
  return parts;
}

/** `me`: mine, and what is for a role of mine and nobody has taken. */
function assigneeFilter(assignee: string, readerId: string): Statement {
  if (assignee === 'nobody') return sql`t.assignee_id is null`;
  if (assignee !== 'me') return sql`t.assignee_id = ${idIn(assignee)}::uuid`;
  return sql`(t.assignee_id = ${readerId} or (t.assignee_id is null and t.role_id in (
    select mine.role_id from identity.pub_staff_role as mine
    where mine.company_id = t.company_id and mine.staff_id = ${readerId})))`;
}

/** @throws INPUT_INVALID for what is no id, so that it is refused and not a 500 */
export function idIn(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) return text;
  const reason = '参数无效，请从列表重新进入';
  throw platformErrors.INPUT_INVALID({ problems: [{ field: 'after', reason }] });
}

const excerptLength = 200;

export function ticketView(row: TicketRow, now: Date): TicketView {
  const { categoryName: zh, categoryNameEn: en, ...ticket } = row;
  return {
    ...ticket,
    text: row.text.slice(0, excerptLength),
    category: { zh, en },
    stateText: stateWords[row.state],
    openedAt: row.openedAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    firstReplyDueAt: row.firstReplyDueAt.toISOString(),
    firstRepliedAt: row.firstRepliedAt?.toISOString() ?? null,
    resolveDueAt: row.state === 'waiting' ? null : row.resolveDueAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    overdue: overdueOf(row, now),
  };
}

function overdueOf(row: TicketRow, now: Date): TicketView['overdue'] {
  if (!['new', 'assigned', 'in-progress'].includes(row.state)) return null;
  if (row.resolveDueAt < now) return 'resolution';
  return row.firstRepliedAt === null && row.firstReplyDueAt < now ? 'first-reply' : null;
}

export interface TicketCounts {
  readonly open: number;
  readonly unassigned: number;
  readonly mine: number;
  readonly waiting: number;
  readonly overdue: number;
  readonly disputes: number;
}

export function ticketCounts(
  deps: Pick<Deps, 'db' | 'clock'>,
  { companyId, readerId }: { readonly companyId: string; readonly readerId: string },
): Promise<TicketCounts> {
  const now = deps.clock.now();
  return deps.db.read(companyId, (tx) =>
    tx.one(sql<TicketCounts>`
      select count(*) as open, count(*) filter (where t.assignee_id is null) as unassigned,
        count(*) filter (where ${assigneeFilter('me', readerId)}) as mine,
        count(*) filter (where t.state = 'waiting') as waiting,
        count(*) filter (where ${isLate(now)}) as overdue,
        (select count(*) from feedback.dispute as d
          where d.company_id = ${tx.companyId} and d.state = 'open') as disputes
      from feedback.ticket as t
      where t.company_id = ${tx.companyId}
        and t.state in ('new', 'assigned', 'in-progress', 'waiting')`),
  );
}
