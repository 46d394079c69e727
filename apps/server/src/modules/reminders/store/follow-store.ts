import { sql, type Tx } from '../../../platform/database/index.ts';

/** Locks notices in key order, so that what changes is counted once. */
export async function lockNotices(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.many(sql<{ id: string }>`
    select id from reminders.notice
    where company_id = ${tx.companyId} and id = any (${ids}::uuid[]) order by id for update`);
  return rows.map(({ id }) => id);
}

/** Takes over what messaging says of the messages; the day is that of the sending. */
export async function followMessages(
  tx: Tx,
  ids: readonly string[],
  timeZone: string,
): Promise<void> {
  await tx.run(sql`
    update reminders.notice as n set state = m.state, reason = m.reason,
      via = case when m.accepted_at is null then null else m.via end, sent_at = m.accepted_at,
      day = (m.accepted_at at time zone ${timeZone})::date, delivered_at = m.delivered_at,
      cost_yuan = coalesce(m.cost, 0)
    from messaging.pub_message as m
    where n.company_id = ${tx.companyId} and n.id = any (${ids}::uuid[])
      and m.company_id = n.company_id and m.id = n.id`);
}

/** Ends reminders of which every message came to nothing. */
export async function endReminders(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  await tx.run(sql`
    update reminders.reminder as r set
      state = case when news.reason is null then 'failed' else 'dropped' end,
      reason = news.reason, ended_at = ${at}
    from (
      select n.company_id, n.reminder_id, case when bool_or(n.state = 'failed') then null
        when bool_or(n.reason = 'opted-out') then 'opted-out'
        when bool_or(n.reason = 'too-often') then 'cap' else 'out-of-date' end as reason
      from reminders.notice as n
      where n.company_id = ${tx.companyId} and n.reminder_id in (
        select touched.reminder_id from reminders.notice as touched
        where touched.company_id = ${tx.companyId} and touched.id = any (${ids}::uuid[]))
      group by n.company_id, n.reminder_id
      having bool_and(n.state in ('failed', 'dropped'))
    ) as news
    where r.company_id = ${tx.companyId} and news.company_id = r.company_id
      and r.id = news.reminder_id and r.state = 'released'`);
}

/** Reminders whose messages ran out of time without ever being handed over. */
export async function endForgotten(tx: Tx, at: Date): Promise<void> {
  await tx.run(sql`
    update reminders.reminder set state = 'dropped', reason = 'out-of-date', ended_at = ${at}
    where company_id = ${tx.companyId} and state = 'queued' and expires_at < ${at}`);
}

/** Notices that messaging knows more about. */
export async function staleNotices(
  tx: Tx,
  { since, limit }: { readonly since: Date; readonly limit: number },
): Promise<string[]> {
  const rows = await tx.many(sql<{ id: string }>`
    select n.id from reminders.notice as n
    join messaging.pub_message as m on m.company_id = n.company_id and m.id = n.id
    where n.company_id = ${tx.companyId} and n.released_at >= ${since}
      and (n.state <> m.state or n.delivered_at is distinct from m.delivered_at
        or n.cost_yuan <> coalesce(m.cost, 0))
    order by n.id limit ${limit}`);
  return rows.map(({ id }) => id);
}

/** Notices about the homes of a payment, sent within the time that money counts for them. */
export async function noticesBefore(
  tx: Tx,
  { unitIds, from, to }: { unitIds: readonly string[]; from: Date; to: Date },
): Promise<string[]> {
  const rows = await tx.many(sql<{ id: string }>`
    select id from reminders.notice
    where company_id = ${tx.companyId} and unit_id = any (${unitIds}::uuid[])
      and released_at between ${from} and ${to} order by id`);
  return rows.map(({ id }) => id);
}

export interface NewCollected {
  readonly id: string;
  readonly unitId: string;
  readonly amountFen: number;
}

/** Money counts for the message of the home that was opened last before it, else sent last. */
export async function insertCollected(
  tx: Tx,
  rows: readonly NewCollected[],
  input: {
    readonly paymentId: string;
    readonly paidAt: Date;
    readonly from: Date;
    readonly dayBefore: Date;
  },
): Promise<void> {
  const { paymentId, paidAt, from, dayBefore } = input;
  await tx.run(sql`
    insert into reminders.collected (company_id, id, notice_id, payment_id, unit_id, amount_fen,
      paid_at, is_within_day)
    select distinct on (money.id) n.company_id, money.id, n.id, ${paymentId}::uuid, n.unit_id,
      money.amount_fen, ${paidAt}::timestamptz, n.sent_at >= ${dayBefore}::timestamptz
    from reminders.notice as n
    join unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ unitId }) => unitId)}::uuid[],
      ${rows.map(({ amountFen }) => amountFen)}::bigint[]) as money (id, unit_id, amount_fen)
      on money.unit_id = n.unit_id
    where n.company_id = ${tx.companyId} and n.sent_at between ${from} and ${paidAt}
    order by money.id, case when n.opened_at <= ${paidAt} then n.opened_at end desc nulls last,
      n.sent_at desc, n.id
    on conflict (company_id, id) do nothing`);
}

export async function markOpened(tx: Tx, noticeId: string, at: Date): Promise<void> {
  await tx.run(sql`
    update reminders.notice set opened_at = coalesce(opened_at, ${at})
    where company_id = ${tx.companyId} and id = ${noticeId}`);
}
