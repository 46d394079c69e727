import { joinSql, sql, type Tx } from '../../../platform/database/index.ts';
import type { Via } from '../message.ts';

export interface MessageRecord {
  readonly id: string;
  readonly purpose: string;
  readonly subjectId: string;
  readonly templateKey: string;
  readonly state:
    | 'queued'
    | 'sending'
    | 'uncertain'
    | 'accepted'
    | 'delivered'
    | 'failed'
    | 'dropped';
  readonly via: Via | null;
  readonly to: string | null;
  readonly accountName: string | null;
  readonly provider: string | null;
  readonly reason: string | null;
  readonly segments: number | null;
  readonly costYuan: string | null;
  readonly createdAt: Date;
  readonly dueAt: Date;
  readonly expiresAt: Date;
  readonly acceptedAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly endedAt: Date | null;
}

export interface MessageFilter {
  readonly state?: string | undefined;
  readonly purpose?: string | undefined;
  readonly via?: string | undefined;
  readonly messageAccountId?: string | undefined;
  readonly subjectId?: string | undefined;
}

const columns = sql`
  m.id, m.purpose, m.subject_id as "subjectId", m.template_key as "templateKey", m.state, m.via,
  m.to_masked as "to", account.name as "accountName", account.provider, m.reason, m.segments,
  m.cost_yuan::text as "costYuan", m.created_at as "createdAt", m.due_at as "dueAt",
  m.expires_at as "expiresAt", m.accepted_at as "acceptedAt", m.delivered_at as "deliveredAt",
  m.ended_at as "endedAt"`;

const source = sql`
  messaging.message as m
  left join messaging.account on account.company_id = m.company_id and account.id = m.account_id`;

/** Newest first, after a key. */
export async function listMessages(
  tx: Tx,
  {
    filter,
    after,
    limit,
  }: { filter: MessageFilter; after: readonly string[] | undefined; limit: number },
): Promise<MessageRecord[]> {
  const conditions = [
    sql`m.company_id = ${tx.companyId}`,
    ...(filter.state ? [sql`m.state = ${filter.state}`] : []),
    ...(filter.purpose ? [sql`m.purpose = ${filter.purpose}`] : []),
    ...(filter.via ? [sql`m.via = ${filter.via}`] : []),
    ...(filter.messageAccountId ? [sql`m.account_id = ${filter.messageAccountId}`] : []),
    ...(filter.subjectId ? [sql`m.subject_id = ${filter.subjectId}`] : []),
    ...(after ? [sql`(m.created_at, m.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`] : []),
  ];
  return await tx.many(sql<MessageRecord>`
    select ${columns} from ${source} where ${joinSql(conditions, ' and ')}
    order by m.created_at desc, m.id desc limit ${limit}`);
}

export async function messageById(tx: Tx, id: string): Promise<MessageRecord | undefined> {
  return await tx.maybe(sql<MessageRecord>`
    select ${columns} from ${source} where m.company_id = ${tx.companyId} and m.id = ${id}`);
}

export interface AttemptRecord {
  readonly no: number;
  readonly via: Via;
  readonly accountName: string;
  readonly provider: string;
  readonly state:
    | 'sending'
    | 'uncertain'
    | 'accepted'
    | 'delivered'
    | 'undelivered'
    | 'refused'
    | 'absent';
  readonly code: string | null;
  readonly detail: string | null;
  readonly providerNo: string | null;
  readonly startedAt: Date;
  readonly answeredAt: Date | null;
  readonly reportedAt: Date | null;
}

export async function attemptRecords(tx: Tx, messageId: string): Promise<AttemptRecord[]> {
  return await tx.many(sql<AttemptRecord>`
    select a.attempt_no as "no", a.via, account.name as "accountName", account.provider, a.state,
      a.code, a.detail, a.provider_no as "providerNo", a.started_at as "startedAt",
      a.answered_at as "answeredAt", a.reported_at as "reportedAt"
    from messaging.attempt as a
    join messaging.account on account.company_id = a.company_id and account.id = a.account_id
    where a.company_id = ${tx.companyId} and a.message_id = ${messageId}
    order by a.attempt_no`);
}
