import { type Statement, sql, type Tx } from '../../../platform/database/index.ts';
import type { Occurrence } from '../domain/occurrences.ts';

/** What a plan asks for in one community on one day. */
export interface PlanDay {
  readonly planId: string;
  readonly communityId: string;
  readonly feeItemIds: readonly string[];
  readonly minimumFen: number;
  readonly capCount: number;
  readonly capDays: number;
  readonly day: string;
  /** In the order in which they win: a home has one reminder a day. */
  readonly occurrences: readonly Occurrence[];
}

/**
 * Homes that a plan would remind: company_id, unit_id, place (of the occurrence), due_on,
 * is_overdue, owed_fen and the reason why not, if any. Walks from the homes of the community to
 * their open bills, so it reads what is owed and no history.
 */
export function candidates(tx: Tx, plan: PlanDay): Statement {
  return sql`${bills(tx, plan)}, ${sums(plan.day)}
    select s.company_id, s.unit_id, s.place, s.due_on, s.is_overdue, s.owed_fen,
      case when s.owed_fen = 0 then 'disputed'
        when s.owed_fen < ${plan.minimumFen}::bigint then 'below-minimum'
        when ${isPaused(plan.day)} then 'paused'
        when ${lately(plan)} >= ${plan.capCount}::integer then 'cap' end as reason
    from summed as s`;
}

function bills(tx: Tx, { communityId, feeItemIds, occurrences }: PlanDay): Statement {
  return sql`with step as (
      select distinct on (s.due_on) s.place, s.due_on, s.is_overdue
      from unnest(${occurrences.map((_, place) => place)}::integer[],
        ${occurrences.map(({ dueOn }) => dueOn)}::date[],
        ${occurrences.map(({ isOverdue }) => isOverdue)}::boolean[])
        as s (place, due_on, is_overdue)
      order by s.due_on, s.place
    ), owing as (
      select b.company_id, b.unit_id, b.due_on,
        coalesce(sum(b.amount_fen - b.paid_fen - b.waived_fen)
          filter (where not exists (select from feedback.pub_dispute as d
            where d.company_id = b.company_id and d.bill_id = b.id and d.state = 'open')), 0
        )::bigint as owed_fen
      from estate.pub_unit as unit
      join billing.pub_bill as b on b.company_id = unit.company_id and b.unit_id = unit.id
      where unit.company_id = ${tx.companyId} and unit.community_id = ${communityId}
        and b.state = 'issued' and b.paid_fen + b.waived_fen < b.amount_fen
        and (cardinality(${feeItemIds}::uuid[]) = 0 or b.fee_item_id = any (${feeItemIds}::uuid[]))
      group by b.company_id, b.unit_id, b.due_on
    )`;
}

/**
 * Before the due day it speaks of what is due by then, after it of all that is overdue. Bills are
 * gone through once: joining them to themselves would cost the square of the homes.
 */
function sums(day: string): Statement {
  return sql`placed as (
      select o.company_id, o.unit_id, o.due_on, o.owed_fen,
        min(step.place) over (partition by o.unit_id) as place
      from owing as o left join step on step.due_on = o.due_on
    ), summed as (
      select p.company_id, p.unit_id, p.place, step.due_on, step.is_overdue,
        sum(p.owed_fen)::bigint as owed_fen
      from placed as p
      join step on step.place = p.place
        and case when step.is_overdue then p.due_on < ${day}::date
          else p.due_on between ${day}::date and step.due_on end
      group by p.company_id, p.unit_id, p.place, step.due_on, step.is_overdue
    )`;
}

function isPaused(day: string): Statement {
  return sql`exists (select from reminders.pause as p
    where p.company_id = s.company_id and p.id = s.unit_id and p.until >= ${day}::date)`;
}

/**
 * By the index of the home: a bare condition on the day would let a plan that is made while the
 * table is nearly empty walk through the company's whole day for every home.
 */
function lately({ day, capDays }: PlanDay): Statement {
  return sql`(select count(*) from reminders.reminder as r
    where r.company_id = s.company_id and r.unit_id = s.unit_id and r.state <> 'dropped'
      and ${day}::date - r.day between 0 and ${capDays}::integer - 1)`;
}
