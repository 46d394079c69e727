import { sql, type Tx } from '../../../platform/database/index.ts';
import { type ManualChoice, manualCandidates } from '../queries/manual-candidates.ts';

export interface ManualBatch {
  readonly batchId: string;
  readonly choice: ManualChoice;
  readonly audience: string;
  readonly vias: readonly string[];
  readonly at: Date;
  readonly expiresAt: Date;
  readonly by: string;
}

/** The reminders of a batch in one statement; ids follow from batch and home. */
export async function insertManual(tx: Tx, batch: ManualBatch): Promise<void> {
  const { batchId, choice, audience, vias, at, expiresAt, by } = batch;
  await tx.run(sql`
    insert into reminders.reminder (company_id, id, batch_id, community_id, unit_id, day,
      is_overdue, audience, vias, fee_item_ids, minimum_fen, state, reason, planned_fen, due_at,
      expires_at, created_at, created_by, ended_at)
    select found.company_id, platform.derived_id(${at.getTime()},
        concat_ws('/', ${batchId}::text, found.unit_id)),
      ${batchId}::uuid, found.community_id, found.unit_id, ${choice.day}::date, found.is_overdue,
      ${audience}::text, ${vias}::text[], '{}', ${choice.minimumFen}::bigint,
      case when found.reason is not null then 'dropped'
        when ${audience}::text = 'print' then 'to-print' else 'planned' end,
      found.reason, found.owed_fen, ${at}::timestamptz, ${expiresAt}::timestamptz,
      ${at}::timestamptz, ${by}::text,
      case when found.reason is not null then ${at}::timestamptz end
    from (${manualCandidates(tx, choice)}) as found
    where found.company_id = ${tx.companyId}
    on conflict do nothing`);
}

export function batchTotals(
  tx: Tx,
  batchId: string,
): Promise<{ reason: string | null; units: number }[]> {
  return tx.many(sql<{ reason: string | null; units: number }>`
    select reason, count(*) as units from reminders.reminder
    where company_id = ${tx.companyId} and batch_id = ${batchId} group by reason`);
}
