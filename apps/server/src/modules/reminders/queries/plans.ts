import type { ReminderPlanView } from '@wuye-pay/contract';
import { emptySql, sql, type Tx } from '../../../platform/database/index.ts';

type Row = Omit<ReminderPlanView, 'createdAt' | 'updatedAt' | 'allowedActions'> & {
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly isUsed: boolean;
};

/** The plans of a company, active ones first; with an id only that one. */
export async function showPlans(tx: Tx, planId?: string): Promise<ReminderPlanView[]> {
  const rows = await tx.many(sql<Row>`
    select plan.id, plan.name, plan.community_id as "communityId",
      community.name as "communityName", plan.fee_item_ids as "feeItemIds",
      array(select f.name from charging.pub_fee_item as f
        where f.company_id = plan.company_id and f.id = any (plan.fee_item_ids)
        order by f.name) as "feeItemNames",
      plan.state, plan.starts_on as "startsOn", plan.ends_on as "endsOn",
      plan.minimum_fen as "minimumFen", plan.cap_count as "capCount", plan.cap_days as "capDays",
      plan.steps, plan.planned_on as "plannedOn", plan.created_at as "createdAt",
      plan.updated_at as "updatedAt", plan.updated_by as "updatedBy",
      exists (select from reminders.reminder as r
        where r.company_id = plan.company_id and r.plan_id = plan.id) as "isUsed"
    from reminders.plan as plan
    left join estate.pub_community as community on community.company_id = plan.company_id
      and community.id = plan.community_id
    where plan.company_id = ${tx.companyId} ${planId ? sql`and plan.id = ${planId}` : emptySql}
    order by plan.state = 'active' desc, plan.name limit 200`);
  return rows.map(({ createdAt, updatedAt, isUsed, ...row }) => ({
    ...row,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    allowedActions: actionsOf(row.state, isUsed),
  }));
}

function actionsOf(
  state: ReminderPlanView['state'],
  isUsed: boolean,
): ReminderPlanView['allowedActions'] {
  if (state === 'active') return ['pause'];
  return ['edit', 'activate', ...(isUsed ? [] : (['delete'] as const))];
}
