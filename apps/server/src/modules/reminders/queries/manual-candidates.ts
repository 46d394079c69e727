import { emptySql, type Statement, sql, type Tx } from '../../../platform/database/index.ts';

/** Whom staff want to remind by hand. */
export interface ManualChoice {
  readonly unitIds: readonly string[] | null;
  readonly communityId: string | null;
  readonly minimumFen: number;
  readonly daysLate: number | null;
  readonly capCount: number;
  readonly capDays: number;
  readonly day: string;
  readonly limit: number;
}

/**
 * Homes that owe: company_id, unit_id, community_id, place (always 0), due_on (the latest), whether
 * anything is overdue, what is owed (of what is overdue, if anything), and the reason why not.
 */
export function manualCandidates(tx: Tx, choice: ManualChoice): Statement {
  const { day, daysLate } = choice;
  const late =
    daysLate === null ? emptySql : sql`having min(b.due_on) <= ${day}::date - ${daysLate}::integer`;
  return sql`with owing as (
      select b.company_id, b.unit_id, b.community_id, max(b.due_on) as due_on,
        min(b.due_on) < ${day}::date as is_overdue,
        coalesce(sum(b.open_fen) filter (where not b.is_disputed), 0)::bigint as all_fen,
        coalesce(sum(b.open_fen) filter (where not b.is_disputed and b.due_on < ${day}::date), 0
          )::bigint as overdue_fen
      from (${openBills(tx, choice)}) as b
      group by b.company_id, b.unit_id, b.community_id ${late}
      order by b.unit_id limit ${choice.limit}
    ), summed as (
      select o.company_id, o.unit_id, o.community_id, o.due_on, o.is_overdue,
        case when o.is_overdue then o.overdue_fen else o.all_fen end as owed_fen
      from owing as o
    )
    select s.company_id, s.unit_id, s.community_id, 0 as place, s.due_on, s.is_overdue, s.owed_fen,
      case when s.owed_fen = 0 then 'disputed'
        when s.owed_fen < ${choice.minimumFen}::bigint then 'below-minimum'
        when ${isPaused(day)} then 'paused'
        when ${lately(choice)} >= ${choice.capCount}::integer then 'cap' end as reason
    from summed as s`;
}

function openBills(tx: Tx, { unitIds, communityId }: ManualChoice): Statement {
  return sql`select b.company_id, b.unit_id, b.community_id, b.due_on,
      b.amount_fen - b.paid_fen - b.waived_fen as open_fen,
      exists (select from feedback.pub_dispute as d where d.company_id = b.company_id
        and d.bill_id = b.id and d.state = 'open') as is_disputed
    from estate.pub_unit as unit
    join billing.pub_bill as b on b.company_id = unit.company_id and b.unit_id = unit.id
    where unit.company_id = ${tx.companyId}
      ${unitIds === null ? emptySql : sql`and unit.id = any (${unitIds}::uuid[])`}
      ${communityId === null ? emptySql : sql`and unit.community_id = ${communityId}`}
      and b.state = 'issued' and b.paid_fen + b.waived_fen < b.amount_fen`;
}

function isPaused(day: string): Statement {
  return sql`exists (select from reminders.pause as p
    where p.company_id = s.company_id and p.id = s.unit_id and p.until >= ${day}::date)`;
}

/** Written as in candidates.ts, for the same reason. */
function lately({ day, capDays }: ManualChoice): Statement {
  return sql`(select count(*) from reminders.reminder as r
    where r.company_id = s.company_id and r.unit_id = s.unit_id and r.state <> 'dropped'
      and ${day}::date - r.day between 0 and ${capDays}::integer - 1)`;
}
