import { type Database, sql, type Tx } from '../../../platform/database/index.ts';

export async function companiesToCheck(
  jobsDb: Database,
  now: Date,
): Promise<{ readonly companyId: string }[]> {
  return await jobsDb.global.many(sql<{ companyId: string }>`
    select company_id as "companyId" from messaging.message
    where (state = 'uncertain' and check_at <= ${now})
      or (state = 'sending' and claimed_until <= ${now})
    group by company_id`);
}

/**
 * Messages whose worker never came back. What it had begun may have been sent and is in doubt; the
 * rest was never sent and is due again.
 * @returns how many
 */
export async function doubtLost(tx: Tx, now: Date, limit: number): Promise<number> {
  return await tx.run(sql`
    with lost as materialized (
      select id from messaging.message
      where company_id = ${tx.companyId} and state = 'sending' and claimed_until <= ${now}
      order by id limit ${limit} for update skip locked),
    doubted as (
      update messaging.attempt as a set code = 'WORKER_LOST',
        state = case when a.begun_at is null then 'absent' else 'uncertain' end
      from lost where a.company_id = ${tx.companyId} and a.message_id = lost.id
        and a.state = 'sending'
      returning a.message_id, a.begun_at is not null as is_begun)
    update messaging.message as m set claim_token = null, claimed_until = null,
      state = case when doubted.is_begun then 'uncertain' else 'queued' end,
      check_at = case when doubted.is_begun then ${now}::timestamptz end,
      released_at = case when doubted.is_begun then m.released_at end
    from doubted where m.company_id = ${tx.companyId} and m.id = doubted.message_id`);
}

export interface Uncertain {
  readonly messageId: string;
  readonly attemptId: string;
  readonly accountId: string;
  readonly requestKey: string;
  readonly sealed: Buffer | null;
  readonly startedAt: Date;
  readonly expiresAt: Date;
}

/** Takes some whose time to ask has come; nobody else asks before `nextAt`. */
export async function takeUncertain(
  tx: Tx,
  { now, nextAt, limit }: { now: Date; nextAt: Date; limit: number },
): Promise<Uncertain[]> {
  return await tx.many(sql<Uncertain>`
    with taken as materialized (
      select id, expires_at from messaging.message
      where company_id = ${tx.companyId} and state = 'uncertain' and check_at <= ${now}
      order by id limit ${limit} for update skip locked),
    marked as (
      update messaging.message as m set check_at = ${nextAt}
      from taken where m.company_id = ${tx.companyId} and m.id = taken.id)
    select a.message_id as "messageId", a.id as "attemptId", a.account_id as "accountId",
      a.request_key as "requestKey", a.sealed, a.started_at as "startedAt",
      taken.expires_at as "expiresAt"
    from taken join messaging.attempt as a on a.company_id = ${tx.companyId}
      and a.message_id = taken.id and a.state = 'uncertain'`);
}

export interface GivenUp {
  readonly id: string;
  readonly purpose: string;
  readonly subjectId: string;
  readonly via: string | null;
}

/** Nobody will ever know: people decide. The attempt stays uncertain, so nothing sends it again. */
export async function giveUp(tx: Tx, ids: readonly string[], at: Date): Promise<GivenUp[]> {
  if (ids.length === 0) return [];
  return await tx.many(sql<GivenUp>`
    update messaging.message set state = 'failed', reason = 'unclear', ended_at = ${at},
      check_at = null
    where company_id = ${tx.companyId} and id = any (${ids}::uuid[]) and state = 'uncertain'
    returning id, purpose, subject_id as "subjectId", via`);
}
