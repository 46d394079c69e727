import type { ReminderPlanInput } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';
import { type PlanRow, planColumns } from '../queries/plan-rows.ts';

export function lockPlan(tx: Tx, planId: string): Promise<PlanRow | undefined> {
  return tx.maybe(sql<PlanRow>`
    select ${planColumns} from reminders.plan
    where company_id = ${tx.companyId} and id = ${planId} for update`);
}

/** All active plans under their locks, in key order: two are not activated past each other. */
export function lockActivePlans(tx: Tx): Promise<PlanRow[]> {
  return tx.many(sql<PlanRow>`
    select ${planColumns} from reminders.plan
    where company_id = ${tx.companyId} and state = 'active' order by id for update`);
}

/** Whoever activates a plan in a company waits for whoever else does. */
export async function lockCompanyPlans(tx: Tx): Promise<void> {
  await tx.many(sql`
    select id from reminders.plan where company_id = ${tx.companyId} order by id for update`);
}

export interface PlanWrite {
  readonly id: string;
  readonly plan: ReminderPlanInput;
  readonly at: Date;
  readonly by: string;
}

export async function insertPlan(tx: Tx, { id, plan, at, by }: PlanWrite): Promise<void> {
  await tx.run(sql`
    insert into reminders.plan (company_id, id, name, community_id, fee_item_ids, starts_on,
      ends_on, minimum_fen, cap_count, cap_days, steps, created_at, updated_at, updated_by)
    values (${tx.companyId}, ${id}, ${plan.name.trim()}, ${plan.communityId}, ${plan.feeItemIds},
      ${plan.startsOn}, ${plan.endsOn}, ${plan.minimumFen}, ${plan.capCount}, ${plan.capDays},
      ${JSON.stringify(plan.steps)}, ${at}, ${at}, ${by})`);
}

export async function updatePlan(tx: Tx, { id, plan, at, by }: PlanWrite): Promise<void> {
  await tx.run(sql`
    update reminders.plan set name = ${plan.name.trim()}, community_id = ${plan.communityId},
      fee_item_ids = ${plan.feeItemIds}, starts_on = ${plan.startsOn}, ends_on = ${plan.endsOn},
      minimum_fen = ${plan.minimumFen}, cap_count = ${plan.capCount}, cap_days = ${plan.capDays},
      steps = ${JSON.stringify(plan.steps)}, updated_at = ${at}, updated_by = ${by}
    where company_id = ${tx.companyId} and id = ${id}`);
}

/** It is planned again at once. */
export async function setPlanState(
  tx: Tx,
  { id, state, at, by }: { id: string; state: 'active' | 'paused'; at: Date; by: string },
): Promise<void> {
  await tx.run(sql`
    update reminders.plan set state = ${state}, planned_at = null, updated_at = ${at},
      updated_by = ${by}
    where company_id = ${tx.companyId} and id = ${id}`);
}

/** @returns false when reminders refer to it */
export async function deletePlan(tx: Tx, planId: string): Promise<boolean> {
  const deleted = await tx.run(sql`
    delete from reminders.plan as p where p.company_id = ${tx.companyId} and p.id = ${planId}
      and not exists (select from reminders.reminder as r
        where r.company_id = p.company_id and r.plan_id = p.id)`);
  return deleted === 1;
}

export async function markPlanned(tx: Tx, planId: string, day: string, at: Date): Promise<void> {
  await tx.run(sql`
    update reminders.plan set planned_on = ${day}, planned_at = ${at}
    where company_id = ${tx.companyId} and id = ${planId} and state = 'active'`);
}

/** Which of the ids are fee items, and whether the community is ours. */
export async function knownNames(
  tx: Tx,
  plan: Pick<ReminderPlanInput, 'communityId' | 'feeItemIds'>,
): Promise<{ readonly feeItems: number; readonly communities: number }> {
  return await tx.one(sql<{ feeItems: number; communities: number }>`
    select (select count(*) from charging.pub_fee_item as f
        where f.company_id = company.id and f.id = any (${plan.feeItemIds}::uuid[])) as "feeItems",
      (select count(*) from estate.pub_community as c
        where c.company_id = company.id and c.id = ${plan.communityId}) as communities
    from identity.company as company where company.id = ${tx.companyId}`);
}
