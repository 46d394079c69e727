import { sql, type Tx } from '../../../platform/database/index.ts';
import type { Counts, HealthVerb } from '../domain/health.ts';

export interface MinuteCounts {
  readonly merchantAccountId: string;
  readonly minute: Date;
  readonly verb: HealthVerb;
  readonly counts: Counts;
}

/** Adds what was counted to what other processes counted in the same minutes. One statement. */
export async function addCounts(tx: Tx, rows: readonly MinuteCounts[]): Promise<void> {
  const bucket = (index: number) => rows.map(({ counts }) => counts.buckets[index] ?? 0);
  await tx.run(sql`
    insert into channels.health_minute (company_id, merchant_account_id, minute, verb, good,
      refused, sick, ms_100, ms_250, ms_500, ms_1000, ms_2500, ms_5000, ms_more)
    select company.id, seen.*
    from identity.company as company
    cross join unnest(
      ${rows.map(({ merchantAccountId }) => merchantAccountId)}::uuid[],
      ${rows.map(({ minute }) => minute)}::timestamptz[],
      ${rows.map(({ verb }) => verb)}::text[],
      ${rows.map(({ counts }) => counts.good)}::integer[],
      ${rows.map(({ counts }) => counts.refused)}::integer[],
      ${rows.map(({ counts }) => counts.sick)}::integer[],
      ${bucket(0)}::integer[], ${bucket(1)}::integer[], ${bucket(2)}::integer[],
      ${bucket(3)}::integer[], ${bucket(4)}::integer[], ${bucket(5)}::integer[],
      ${bucket(6)}::integer[]
    ) as seen
    where company.id = ${tx.companyId}
    on conflict (company_id, merchant_account_id, minute, verb) do update
    set good = health_minute.good + excluded.good,
      refused = health_minute.refused + excluded.refused,
      sick = health_minute.sick + excluded.sick,
      ms_100 = health_minute.ms_100 + excluded.ms_100,
      ms_250 = health_minute.ms_250 + excluded.ms_250,
      ms_500 = health_minute.ms_500 + excluded.ms_500,
      ms_1000 = health_minute.ms_1000 + excluded.ms_1000,
      ms_2500 = health_minute.ms_2500 + excluded.ms_2500,
      ms_5000 = health_minute.ms_5000 + excluded.ms_5000,
      ms_more = health_minute.ms_more + excluded.ms_more`);
}

export async function deleteOldMinutes(tx: Tx, before: Date): Promise<number> {
  return await tx.run(sql`
    delete from channels.health_minute
    where company_id = ${tx.companyId} and minute < ${before}`);
}
