import type { ReminderEffectRow } from '@wuye-pay/contract';
import { emptySql, sql, type Tx } from '../../../platform/database/index.ts';

type Row = Omit<ReminderEffectRow, 'stepDays'> & {
  readonly steps: readonly { readonly id: string; readonly days: number }[] | null;
};

/** By plan, step and way, from the totals of days. */
export async function showEffectRows(
  tx: Tx,
  query: { readonly planId?: string; readonly from: string; readonly to: string },
): Promise<ReminderEffectRow[]> {
  const rows = await tx.many(sql<Row>`
    select e.plan_id as "planId", plan.name as "planName", plan.steps, e.step_id as "stepId", e.via,
      sum(e.sent)::bigint as sent, sum(e.delivered)::bigint as delivered,
      sum(e.opened)::bigint as opened, sum(e.paid_day)::bigint as "paid24h",
      sum(e.paid_three_days)::bigint as "paid72h",
      sum(e.collected_day_fen)::bigint as "collected24hFen",
      sum(e.collected_three_days_fen)::bigint as "collected72hFen",
      sum(e.cost_yuan)::numeric(14, 2)::text as "costYuan",
      -- A ratio for the eye, no money.
      round(sum(e.cost_yuan) * 100 / nullif(sum(e.collected_three_days_fen), 0), 4)::text
        as "costPerYuan"
    from reminders.effect as e
    left join reminders.plan as plan on plan.company_id = e.company_id and plan.id = e.plan_id
    where e.company_id = ${tx.companyId} and e.day between ${query.from} and ${query.to}
      ${query.planId ? sql`and e.plan_id = ${query.planId}` : emptySql}
    group by e.plan_id, plan.name, plan.steps, e.step_id, e.via
    order by plan.name nulls last, e.step_id, e.via limit 1000`);
  return rows.map(({ steps, ...row }) => ({
    ...row,
    stepDays: steps?.find(({ id }) => id === row.stepId)?.days ?? null,
  }));
}
