import { sql, type Tx } from '../../../platform/database/index.ts';
import type { Stepped } from './answer-store.ts';

export interface KnownAttempt {
  readonly id: string;
  readonly messageId: string;
  readonly providerNo: string | null;
}

/** Attempts of an account by the provider's numbers or by their ids. */
export async function attemptsByNumbers(
  tx: Tx,
  wanted: { accountId: string; providerNos: readonly string[]; ids: readonly string[] },
): Promise<KnownAttempt[]> {
  return await tx.many(sql<KnownAttempt>`
    select id, message_id as "messageId", provider_no as "providerNo" from messaging.attempt
    where company_id = ${tx.companyId} and account_id = ${wanted.accountId}
      and (provider_no = any (${wanted.providerNos}::text[]) or id = any (${wanted.ids}::uuid[]))`);
}

export interface Report {
  readonly attemptId: string;
  readonly messageId: string;
  readonly isDelivered: boolean;
  readonly code: string;
  readonly providerNo: string | null;
  readonly at: Date;
}

export interface Reported extends Stepped {
  readonly isDelivered: boolean;
}

/**
 * Writes what the provider reports, once for an attempt. A message that was not delivered goes back
 * to the queue for its next route.
 */
export async function noteReports(
  tx: Tx,
  reports: readonly Report[],
  at: Date,
): Promise<Reported[]> {
  const sorted = [...reports].sort((a, b) => (a.messageId < b.messageId ? -1 : 1));
  const ids = sorted.map(({ messageId }) => messageId);
  await tx.many(sql`
    select id from messaging.message
    where company_id = ${tx.companyId} and id = any (${ids}::uuid[]) order by id for update`);
  return await tx.many(sql<Reported>`
    with reported as (
      update messaging.attempt as a set code = given.code, reported_at = ${at}, sealed = null,
        state = case when given.is_delivered then 'delivered' else 'undelivered' end,
        provider_no = coalesce(a.provider_no, given.provider_no),
        answered_at = coalesce(a.answered_at, ${at})
      from unnest(${sorted.map(({ attemptId }) => attemptId)}::uuid[],
        ${sorted.map(({ isDelivered }) => isDelivered)}::boolean[],
        ${sorted.map(({ code }) => code)}::text[],
        ${sorted.map(({ providerNo }) => providerNo)}::text[],
        ${sorted.map((each) => each.at)}::timestamptz[])
        as given (id, is_delivered, code, provider_no, at)
      where a.company_id = ${tx.companyId} and a.id = given.id
        and a.state in ('sending', 'uncertain', 'accepted')
      returning a.message_id, given.is_delivered, given.at)
    update messaging.message as m set
      state = case when reported.is_delivered then 'delivered' else 'queued' end,
      accepted_at = case when reported.is_delivered then coalesce(m.accepted_at, reported.at) end,
      delivered_at = case when reported.is_delivered then reported.at end,
      due_at = case when reported.is_delivered then m.due_at else ${at}::timestamptz end,
      released_at = case when reported.is_delivered then m.released_at end,
      reason = case when reported.is_delivered then null else 'undelivered' end,
      check_at = null, claim_token = null, claimed_until = null, tries = 0
    from reported
    where m.company_id = ${tx.companyId} and m.id = reported.message_id
      and m.state in ('sending', 'uncertain', 'accepted')
    returning m.id, m.purpose, m.subject_id as "subjectId", m.via,
      reported.is_delivered as "isDelivered"`);
}

/** Keeps a receipt that belongs to nothing, as long as there are few. */
export async function keepStray(
  tx: Tx,
  stray: { id: string; accountId: string; body: string; at: Date; since: Date; most: number },
): Promise<void> {
  await tx.run(sql`
    insert into messaging.stray_receipt (company_id, id, account_id, body, received_at)
    select company.id, ${stray.id}, ${stray.accountId}, ${stray.body}, ${stray.at}
    from identity.company
    where company.id = ${tx.companyId} and ${stray.most} > (
      select count(*) from messaging.stray_receipt as s
      where s.company_id = ${tx.companyId} and s.account_id = ${stray.accountId}
        and s.received_at > ${stray.since})`);
}

export async function blockAddresses(
  tx: Tx,
  blocked: readonly { id: string; index: Buffer; masked: string }[],
  at: Date,
): Promise<void> {
  if (blocked.length === 0) return;
  await tx.run(sql`
    insert into messaging.blocked_address (company_id, id, via, address_index, address_masked,
      blocked_at)
    select company.id, given.id, 'sms', given.index, given.masked, ${at}
    from identity.company
    cross join unnest(${blocked.map(({ id }) => id)}::uuid[],
      ${blocked.map(({ index }) => index)}::bytea[],
      ${blocked.map(({ masked }) => masked)}::text[]) as given (id, index, masked)
    where company.id = ${tx.companyId}
    on conflict (company_id, id) do nothing`);
}
