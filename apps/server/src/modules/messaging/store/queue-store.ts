import { type Database, sql, type Tx } from '../../../platform/database/index.ts';
import type { Tried } from '../domain/choose-attempt.ts';
import type { Language, Via } from '../message.ts';

export interface DueRow {
  readonly id: string;
  readonly purpose: string;
  readonly subjectId: string;
  readonly recipientKey: string;
  readonly templateKey: string;
  readonly language: Language | null;
  readonly dueAt: Date;
  readonly expiresAt: Date;
  readonly contentCipher: Buffer | null;
  readonly contentGiven: boolean;
  readonly attempts: number;
  readonly tries: number;
}

/** Companies and purposes with messages that are due. */
export async function dueWork(
  jobsDb: Database,
  now: Date,
): Promise<{ readonly companyId: string; readonly purpose: string }[]> {
  return await jobsDb.global.many(sql<{ companyId: string; purpose: string }>`
    select company_id as "companyId", purpose from messaging.message
    where state = 'queued' and due_at <= ${now}
    group by company_id, purpose order by company_id, purpose`);
}

/** Locks messages that are due; those that another worker holds are passed over. */
export async function lockDue(
  tx: Tx,
  { purpose, now, limit }: { purpose: string; now: Date; limit: number },
): Promise<DueRow[]> {
  return await tx.many(sql<DueRow>`
    select id, purpose, subject_id as "subjectId", recipient_key as "recipientKey",
      template_key as "templateKey", language, due_at as "dueAt", expires_at as "expiresAt",
      content_cipher as "contentCipher", content_given as "contentGiven", attempts, tries
    from messaging.message
    where company_id = ${tx.companyId} and state = 'queued' and due_at <= ${now}
      and purpose = ${purpose}
    order by due_at, id limit ${limit} for update skip locked`);
}

export interface StandingRow extends DueRow {
  readonly state: string;
  readonly via: Via | null;
  readonly reason: string | null;
}

/** One message, locked. */
export async function lockMessage(tx: Tx, id: string): Promise<StandingRow | undefined> {
  return await tx.maybe(sql<StandingRow>`
    select id, purpose, subject_id as "subjectId", recipient_key as "recipientKey",
      template_key as "templateKey", language, due_at as "dueAt", expires_at as "expiresAt",
      content_cipher as "contentCipher", content_given as "contentGiven", attempts, tries,
      state, via, reason
    from messaging.message where company_id = ${tx.companyId} and id = ${id} for update`);
}

export async function attemptsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Tried[]>> {
  const found = new Map<string, Tried[]>();
  if (ids.length === 0) return found;
  const rows = await tx.many(sql<Tried & { messageId: string }>`
    select message_id as "messageId", route_no as "routeNo", account_id as "accountId", state,
      refusal, code, answered_at as "answeredAt"
    from messaging.attempt
    where company_id = ${tx.companyId} and message_id = any (${ids}::uuid[])
    order by message_id, attempt_no`);
  for (const { messageId, ...tried } of rows) {
    found.set(messageId, [...(found.get(messageId) ?? []), tried]);
  }
  return found;
}

/** Holds the recipients in key order, so that two workers cannot both count the same room. */
export async function holdRecipients(
  tx: Tx,
  ids: readonly string[],
  releasedAt: Date,
): Promise<void> {
  const sorted = [...new Set(ids)].sort();
  await tx.run(sql`
    insert into messaging.recipient (company_id, id, released_at)
    select company.id, given.id, ${releasedAt}
    from identity.company cross join unnest(${sorted}::uuid[]) as given (id)
    where company.id = ${tx.companyId} order by given.id
    on conflict (company_id, id) do update set released_at = excluded.released_at`);
}

/** When messages of a purpose left to each recipient since an instant. */
export async function releasesOf(
  tx: Tx,
  wanted: { recipientKeys: readonly string[]; purpose: string; since: Date },
): Promise<Map<string, Date[]>> {
  const rows = await tx.many(sql<{ recipientKey: string; at: Date }>`
    select recipient_key as "recipientKey", released_at as at from messaging.message
    where company_id = ${tx.companyId} and purpose = ${wanted.purpose}
      and recipient_key = any (${wanted.recipientKeys}::text[])
      and released_at is not null and released_at > ${wanted.since}
      and state in ('sending', 'uncertain', 'accepted', 'delivered')`);
  const found = new Map<string, Date[]>();
  for (const { recipientKey, at } of rows) {
    found.set(recipientKey, [...(found.get(recipientKey) ?? []), at]);
  }
  return found;
}

/** The ways that people of a purpose have switched off, as `recipient/via`. */
export async function switchedOff(
  tx: Tx,
  { recipientKeys, purpose }: { recipientKeys: readonly string[]; purpose: string },
): Promise<ReadonlySet<string>> {
  const rows = await tx.many(sql<{ name: string }>`
    select recipient_key || '/' || via as name from messaging.preference
    where company_id = ${tx.companyId} and purpose = ${purpose} and not is_on
      and recipient_key = any (${recipientKeys}::text[])`);
  return new Set(rows.map(({ name }) => name));
}

/** Which of the addresses have answered "no more", by the hex of their index. */
export async function blockedAmong(
  tx: Tx,
  indexes: readonly Buffer[],
): Promise<ReadonlySet<string>> {
  if (indexes.length === 0) return new Set();
  const rows = await tx.many(sql<{ index: Buffer }>`
    select address_index as index from messaging.blocked_address
    where company_id = ${tx.companyId} and via = 'sms'
      and address_index = any (${indexes}::bytea[])`);
  return new Set(rows.map(({ index }) => index.toString('hex')));
}
