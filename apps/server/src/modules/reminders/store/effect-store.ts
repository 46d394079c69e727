import { sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';
import type { Contribution } from '../queries/contributions.ts';

/** Adds to the totals, in key order; amounts may be negative when a message changed its way. */
export async function addToEffect(tx: Tx, rows: readonly Contribution[]): Promise<void> {
  if (rows.length === 0) return;
  const all = rows
    .map((row) => ({ ...row, id: idOf(tx, row) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const column = <Key extends keyof (typeof all)[number]>(key: Key) => all.map((row) => row[key]);
  await tx.run(sql`
    insert into reminders.effect as e (company_id, id, day, plan_id, step_id, via, sent, delivered,
      opened, paid_day, paid_three_days, collected_day_fen, collected_three_days_fen, cost_yuan)
    select company.id, given.id, given.day, given.plan_id, given.step_id, given.via, given.sent,
      given.delivered, given.opened, given.paid_day, given.paid_three_days, given.day_fen,
      given.three_days_fen, given.cost / 10000.0
    from identity.company as company
    cross join unnest(${column('id')}::uuid[], ${column('day')}::date[],
      ${column('planId')}::uuid[], ${column('stepId')}::uuid[], ${column('via')}::text[],
      ${column('sent')}::bigint[], ${column('delivered')}::bigint[], ${column('opened')}::bigint[],
      ${column('paidDay')}::bigint[], ${column('paidThreeDays')}::bigint[],
      ${column('collectedDayFen')}::bigint[], ${column('collectedThreeDaysFen')}::bigint[],
      ${column('cost')}::bigint[]) as given (id, day, plan_id, step_id, via, sent, delivered,
        opened, paid_day, paid_three_days, day_fen, three_days_fen, cost)
    where company.id = ${tx.companyId}
    order by given.id
    on conflict (company_id, id) do update set sent = e.sent + excluded.sent,
      delivered = e.delivered + excluded.delivered, opened = e.opened + excluded.opened,
      paid_day = e.paid_day + excluded.paid_day,
      paid_three_days = e.paid_three_days + excluded.paid_three_days,
      collected_day_fen = e.collected_day_fen + excluded.collected_day_fen,
      collected_three_days_fen = e.collected_three_days_fen + excluded.collected_three_days_fen,
      cost_yuan = e.cost_yuan + excluded.cost_yuan`);
}

/** For counting anew: nobody adds meanwhile. */
export async function clearEffect(tx: Tx): Promise<void> {
  await tx.run(sql`delete from reminders.effect where company_id = ${tx.companyId}`);
}

function idOf({ companyId }: Tx, { day, planId, stepId, via }: Contribution): string {
  return derivedId('reminders.effect', companyId, day, planId ?? '', stepId ?? '', via);
}
