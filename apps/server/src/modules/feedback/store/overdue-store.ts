import { type Database, sql, type Tx } from '../../../platform/database/index.ts';

/** Companies with something to do, over the partial indexes of what is due. */
export async function companiesWithWork(db: Database, now: Date): Promise<string[]> {
  const rows = await db.global.many(sql<{ companyId: string }>`
    select company_id as "companyId" from feedback.ticket
    where first_replied_at is null and reply_escalated_at is null
      and state in ('new', 'assigned', 'in-progress') and first_reply_due_at < ${now}
    union select company_id from feedback.ticket
    where resolve_escalated_at is null and state in ('new', 'assigned', 'in-progress')
      and resolve_due_at < ${now}
    union select company_id from feedback.ticket where state = 'resolved'
    union select company_id from feedback.photo where ticket_id is null
    union select company_id from feedback.quota where ends_at < ${now}`);
  return rows.map(({ companyId }) => companyId);
}

export interface Overdue {
  readonly ticketId: string;
  readonly ticketNo: string;
  readonly text: string;
  readonly clock: 'first-reply' | 'resolution';
}

const batchSize = 200;

/** Marks what ran out and was not told yet. Another worker passes over what is locked. */
export async function markOverdue(tx: Tx, clock: Overdue['clock'], now: Date): Promise<Overdue[]> {
  const [due, mark] =
    clock === 'first-reply'
      ? [
          sql`first_replied_at is null and reply_escalated_at is null
            and first_reply_due_at < ${now}`,
          sql`reply_escalated_at = ${now}`,
        ]
      : [
          sql`resolve_escalated_at is null and resolve_due_at < ${now}`,
          sql`resolve_escalated_at = ${now}`,
        ];
  const rows = await tx.many(sql<Omit<Overdue, 'clock'>>`
    with due as materialized (
      select id from feedback.ticket
      where company_id = ${tx.companyId} and state in ('new', 'assigned', 'in-progress') and ${due}
      order by id limit ${batchSize} for update skip locked)
    update feedback.ticket as t set ${mark}
    from due where t.company_id = ${tx.companyId} and t.id = due.id
    returning t.id as "ticketId", t.ticket_no as "ticketNo", t.text`);
  return rows.map((row) => ({ ...row, clock }));
}

/** Tickets that were resolved so long ago that nobody reopens them. */
export async function resolvedBefore(tx: Tx, before: Date): Promise<string[]> {
  const rows = await tx.many(sql<{ id: string }>`
    select id from feedback.ticket
    where company_id = ${tx.companyId} and state = 'resolved' and resolved_at < ${before}
    order by id limit ${batchSize} for update skip locked`);
  return rows.map(({ id }) => id);
}

export async function closeAll(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  await tx.run(sql`
    update feedback.ticket set state = 'closed', closed_at = ${at}, updated_at = ${at}
    where company_id = ${tx.companyId} and id = any (${ids}::uuid[]) and state = 'resolved'`);
}

/** The same entry for many tickets. */
export async function insertSystemEntries(
  tx: Tx,
  entries: readonly { readonly id: string; readonly ticketId: string; readonly clock?: string }[],
  { kind, at }: { readonly kind: 'escalated' | 'closed'; readonly at: Date },
): Promise<void> {
  if (entries.length === 0) return;
  const [from, to] = kind === 'closed' ? ['resolved', 'closed'] : [null, null];
  await tx.run(sql`
    insert into feedback.entry (company_id, id, ticket_id, kind, detail, from_state, to_state,
      actor_kind, actor_id, actor_name, at)
    select c.id, x.id, x.ticket_id, ${kind}, case when x.clock = '' then '{}'::jsonb
        else jsonb_build_object('clock', x.clock) end, ${from}::text, ${to}::text,
      'system', 'feedback.clock', '系统', ${at}::timestamptz
    from identity.company as c
    cross join unnest(${entries.map(({ id }) => id)}::uuid[],
      ${entries.map(({ ticketId }) => ticketId)}::uuid[],
      ${entries.map(({ clock }) => clock ?? '')}::text[]) as x (id, ticket_id, clock)
    where c.id = ${tx.companyId}`);
}
