import { sql, type Tx } from '../../../platform/database/index.ts';

/** What was decided of a message that was due and does not leave now. */
export interface Put {
  readonly id: string;
  readonly state: 'queued' | 'failed' | 'dropped';
  readonly dueAt: Date | null;
  readonly reason: string | null;
}

export async function putAside(tx: Tx, puts: readonly Put[], at: Date): Promise<void> {
  if (puts.length === 0) return;
  await tx.run(sql`
    update messaging.message as m set state = given.state,
      due_at = coalesce(given.due_at, m.due_at), reason = given.reason,
      released_at = null, claim_token = null, claimed_until = null,
      ended_at = case when given.state = 'queued' then null else ${at}::timestamptz end
    from unnest(${puts.map(({ id }) => id)}::uuid[], ${puts.map(({ state }) => state)}::text[],
      ${puts.map(({ dueAt }) => dueAt)}::timestamptz[],
      ${puts.map(({ reason }) => reason)}::text[]) as given (id, state, due_at, reason)
    where m.company_id = ${tx.companyId} and m.id = given.id`);
}

/** An attempt that is about to be made. */
export interface Start {
  readonly messageId: string;
  readonly attemptId: string;
  readonly attemptNo: number;
  readonly routeNo: number;
  readonly accountId: string;
  readonly via: string;
  readonly toMasked: string;
  readonly language: string;
  readonly requestKey: string;
  readonly sealed: Buffer;
  readonly segments: number | null;
}

interface Claim {
  readonly token: string;
  readonly until: Date;
  readonly at: Date;
  /** Whether the requests follow at once; otherwise beginAttempts comes first. */
  readonly begins?: true;
}

/** The messages leave: a worker holds them, and each has its attempt. */
export async function startAttempts(tx: Tx, starts: readonly Start[], claim: Claim): Promise<void> {
  if (starts.length === 0) return;
  await tx.run(sql`
    update messaging.message as m set state = 'sending', attempts = given.attempt_no,
      route_no = given.route_no, via = given.via, account_id = given.account_id,
      to_masked = given.to_masked, language = given.language, segments = given.segments,
      cost_yuan = given.segments * account.unit_price_yuan, reason = null,
      claim_token = ${claim.token}, claimed_until = ${claim.until}, released_at = ${claim.at}
    from unnest(${starts.map(({ messageId }) => messageId)}::uuid[],
      ${starts.map(({ attemptNo }) => attemptNo)}::int[],
      ${starts.map(({ routeNo }) => routeNo)}::int[], ${starts.map(({ via }) => via)}::text[],
      ${starts.map(({ accountId }) => accountId)}::uuid[],
      ${starts.map(({ toMasked }) => toMasked)}::text[],
      ${starts.map(({ language }) => language)}::text[],
      ${starts.map(({ segments }) => segments)}::int[])
      as given (id, attempt_no, route_no, via, account_id, to_masked, language, segments)
    join messaging.account on account.company_id = ${tx.companyId}
      and account.id = given.account_id
    where m.company_id = ${tx.companyId} and m.id = given.id`);
  await insertAttempts(tx, starts, claim);
}

async function insertAttempts(
  tx: Tx,
  starts: readonly Start[],
  { at, begins }: Claim,
): Promise<void> {
  await tx.run(sql`
    insert into messaging.attempt (company_id, id, message_id, attempt_no, route_no, account_id,
      via, request_key, sealed, state, started_at, begun_at)
    select company.id, given.*, 'sending', ${at}, ${begins ? at : null}::timestamptz
    from identity.company
    cross join unnest(${starts.map(({ attemptId }) => attemptId)}::uuid[],
      ${starts.map(({ messageId }) => messageId)}::uuid[],
      ${starts.map(({ attemptNo }) => attemptNo)}::int[],
      ${starts.map(({ routeNo }) => routeNo)}::int[],
      ${starts.map(({ accountId }) => accountId)}::uuid[],
      ${starts.map(({ via }) => via)}::text[],
      ${starts.map(({ requestKey }) => requestKey)}::text[],
      ${starts.map(({ sealed }) => sealed)}::bytea[])
      as given (id, message_id, attempt_no, route_no, account_id, via, request_key, sealed)
    where company.id = ${tx.companyId}`);
}

/**
 * Says that the requests of attempts are about to be sent, and renews the lease.
 * @returns those that this worker still holds; the others belong to somebody else now
 */
export async function beginAttempts(
  tx: Tx,
  attemptIds: readonly string[],
  { token, until, at }: Claim,
): Promise<ReadonlySet<string>> {
  const rows = await tx.many(sql<{ id: string }>`
    with held as (
      update messaging.message as m set claimed_until = ${until}
      from messaging.attempt as a
      where m.company_id = ${tx.companyId} and a.company_id = ${tx.companyId}
        and a.id = any (${attemptIds}::uuid[]) and m.id = a.message_id and m.state = 'sending'
        and m.claim_token = ${token} and m.claimed_until > ${at}
      returning m.id)
    update messaging.attempt as a set begun_at = ${at}
    from held
    where a.company_id = ${tx.companyId} and a.message_id = held.id and a.state = 'sending'
      and a.id = any (${attemptIds}::uuid[])
    returning a.id`);
  return new Set(rows.map(({ id }) => id));
}
