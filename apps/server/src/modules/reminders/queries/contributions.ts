import { emptySql, sql, type Tx } from '../../../platform/database/index.ts';

/** What notices add to one day, plan, step and way. */
export interface Contribution {
  readonly day: string;
  readonly planId: string | null;
  readonly stepId: string | null;
  readonly via: string;
  readonly sent: number;
  readonly delivered: number;
  readonly opened: number;
  readonly paidDay: number;
  readonly paidThreeDays: number;
  readonly collectedDayFen: number;
  readonly collectedThreeDaysFen: number;
  /** Ten-thousandths of a yuan. */
  readonly cost: number;
}

/** Of some notices, or of all: the one sum that counting up and counting anew share. */
export function contributions(tx: Tx, noticeIds?: readonly string[]): Promise<Contribution[]> {
  const only = noticeIds ? sql`and n.id = any (${noticeIds}::uuid[])` : emptySql;
  return tx.many(sql<Contribution>`
    select n.day, n.plan_id as "planId", n.step_id as "stepId", n.via, count(*) as sent,
      count(n.delivered_at) as delivered, count(n.opened_at) as opened,
      count(*) filter (where money.day_fen > 0) as "paidDay",
      count(*) filter (where money.three_days_fen > 0) as "paidThreeDays",
      coalesce(sum(money.day_fen), 0)::bigint as "collectedDayFen",
      coalesce(sum(money.three_days_fen), 0)::bigint as "collectedThreeDaysFen",
      (sum(n.cost_yuan) * 10000)::bigint as cost
    from reminders.notice as n
    left join lateral (
      select sum(c.amount_fen) as three_days_fen,
        coalesce(sum(c.amount_fen) filter (where c.is_within_day), 0) as day_fen
      from reminders.collected as c
      where c.company_id = n.company_id and c.notice_id = n.id
    ) as money on true
    where n.company_id = ${tx.companyId} and n.sent_at is not null ${only}
    group by n.day, n.plan_id, n.step_id, n.via`);
}
