import { type Queryable, sql, type Tx } from '../../../platform/database/index.ts';
import type { Circuit } from '../domain/circuit.ts';
import type { Counts, HealthVerb } from '../domain/health.ts';

export async function circuitsOf(
  tx: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Circuit>> {
  const rows = await tx.many(sql<Circuit & { id: string }>`
    select id, state, since, reason, openings, retry_at as "retryAt", trial_at as "trialAt"
    from channels.circuit
    where company_id = ${tx.companyId} and id = any (${ids}::uuid[])`);
  return new Map(rows.map(({ id, ...circuit }) => [id, circuit]));
}

export interface VerbCounts {
  readonly merchantAccountId: string;
  readonly verb: HealthVerb;
  readonly counts: Counts;
}

interface CountsRow {
  readonly merchantAccountId: string;
  readonly verb: HealthVerb;
  readonly good: number;
  readonly refused: number;
  readonly sick: number;
  readonly buckets: number[];
}

/** What was counted in the minutes from `since` on; an account may begin later. */
export async function countsSince(
  tx: Tx,
  accounts: readonly { readonly id: string; readonly since: Date }[],
): Promise<VerbCounts[]> {
  const ids = accounts.map(({ id }) => id);
  const begins = accounts.map(({ since }) => since);
  const first = new Date(Math.min(...begins.map((since) => since.getTime())));
  const rows = await tx.many(sql<CountsRow>`
    select merchant_account_id as "merchantAccountId", verb, sum(good)::bigint as good,
      sum(refused)::bigint as refused, sum(sick)::bigint as sick,
      array[sum(ms_100), sum(ms_250), sum(ms_500), sum(ms_1000), sum(ms_2500), sum(ms_5000),
        sum(ms_more)]::bigint[] as buckets
    from channels.health_minute
    where company_id = ${tx.companyId} and merchant_account_id = any (${ids}::uuid[])
      and minute >= ${first}
      and minute >= (${begins}::timestamptz[])[array_position(${ids}::uuid[], merchant_account_id)]
    group by merchant_account_id, verb`);
  return rows.map(({ merchantAccountId, verb, ...counts }) => ({
    merchantAccountId,
    verb,
    counts,
  }));
}

/** Open circuits of every company that are due to be probed; for the jobs' role. */
export async function dueCircuits(
  db: Queryable,
  now: Date,
): Promise<{ companyId: string; id: string }[]> {
  return await db.many(sql<{ companyId: string; id: string }>`
    select company_id as "companyId", id from channels.circuit
    where state = 'open' and retry_at <= ${now}
    order by retry_at
    limit 50`);
}

export interface Trouble {
  readonly merchantAccountId: string;
  readonly at: Date;
  readonly verb: string;
  readonly orderNo: string | null;
  readonly outcome: string;
  readonly status: number | null;
  readonly durationMs: number;
  /** The beginning of what came back, masked; its first line is our own word about it. */
  readonly said: string;
}

/**
 * The newest calls of an account that did not get a believable answer, or a refusal. Test calls ask
 * for an order that does not exist: their refusal is the good answer.
 */
export async function recentTrouble(
  tx: Tx,
  input: { readonly id: string; readonly since: Date; readonly limit: number },
): Promise<Trouble[]> {
  return await tx.many(sql<Trouble>`
    select merchant_account_id as "merchantAccountId", sent_at as at, verb,
      order_no as "orderNo", outcome, status, duration_ms as "durationMs",
      left(response, 200) as said
    from channels.message
    where company_id = ${tx.companyId} and merchant_account_id = ${input.id}
      and outcome <> 'verified' and verb <> 'test' and sent_at >= ${input.since}
      and day >= (${input.since}::timestamptz at time zone 'UTC')::date
    order by sent_at desc
    limit ${input.limit}`);
}

export interface RefusalTotal {
  readonly reason: string;
  readonly times: number;
  readonly lastAt: Date;
}

/** Notices of an account that were refused since a day, the most frequent reason first. */
export async function refusalsSince(
  tx: Tx,
  input: { readonly id: string; readonly since: string },
): Promise<RefusalTotal[]> {
  return await tx.many(sql<RefusalTotal>`
    select reason, sum(times)::bigint as times, max(last_at) as "lastAt"
    from channels.refusal_count
    where company_id = ${tx.companyId} and merchant_account_id = ${input.id}
      and day >= ${input.since}
    group by reason
    order by times desc, reason`);
}
