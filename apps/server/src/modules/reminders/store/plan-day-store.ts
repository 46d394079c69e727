import { sql, type Tx } from '../../../platform/database/index.ts';
import { candidates, type PlanDay } from '../queries/candidates.ts';

export interface PlannedDay extends PlanDay {
  /** By the place of the occurrence. */
  readonly dueAts: readonly Date[];
  readonly expiresAts: readonly Date[];
  readonly at: Date;
}

/**
 * For the planning of a community. What homes had lately is looked up home by home: without table
 * scans also while statistics still say that there are no reminders.
 */
export async function prepareForPlanning(tx: Tx): Promise<void> {
  await Promise.all([
    tx.run(sql`set local enable_seqscan = off`),
    tx.run(sql`set local jit = off`),
    tx.run(sql`set local work_mem = '64MB'`),
    tx.run(sql`set local statement_timeout = '5min'`),
  ]);
}

/**
 * The reminders of a plan for one community and day, in one statement. Ids follow from plan, step,
 * occurrence, home and due day, and a home has one a day: planning again adds what is new only.
 * The order makes it judge all homes before it writes the first.
 * @returns how many were added
 */
export async function insertPlanned(tx: Tx, plan: PlannedDay): Promise<number> {
  const { occurrences } = plan;
  const idMillis = plan.dueAts[0]?.getTime() ?? 0;
  return await tx.run(sql`
    insert into reminders.reminder (company_id, id, plan_id, step_id, occurrence, community_id,
      unit_id, day, due_on, is_overdue, audience, vias, fee_item_ids, minimum_fen, state, reason,
      planned_fen, due_at, expires_at, created_at, ended_at)
    select found.company_id, platform.derived_id(${idMillis}, concat_ws('/', ${plan.planId}::text,
        step.id, step.occurrence, found.unit_id, found.due_on)),
      ${plan.planId}::uuid, step.id, step.occurrence, ${plan.communityId}::uuid, found.unit_id,
      ${plan.day}::date, found.due_on, found.is_overdue, step.audience,
      string_to_array(step.vias, ','), ${plan.feeItemIds}::uuid[], ${plan.minimumFen}::bigint,
      case when found.reason is not null then 'dropped' when step.audience = 'print'
        then 'to-print' else 'planned' end,
      found.reason, found.owed_fen, step.due_at, step.expires_at, ${plan.at}::timestamptz,
      case when found.reason is not null then ${plan.at}::timestamptz end
    from identity.company as company
    cross join (${candidates(tx, plan)}) as found
    join unnest(${occurrences.map((_, place) => place)}::integer[],
      ${occurrences.map(({ stepId }) => stepId)}::uuid[],
      ${occurrences.map(({ occurrence }) => occurrence)}::integer[],
      ${occurrences.map(({ audience }) => audience)}::text[],
      ${occurrences.map(({ vias }) => vias.join())}::text[],
      ${plan.dueAts}::timestamptz[], ${plan.expiresAts}::timestamptz[])
      as step (place, id, occurrence, audience, vias, due_at, expires_at)
      on step.place = found.place
    where company.id = ${tx.companyId} and found.company_id = company.id
    order by found.unit_id, found.reason
    on conflict do nothing`);
}
