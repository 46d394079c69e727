import { sql, type Tx } from '../../../platform/database/index.ts';

export interface DaySpan {
  readonly day: string;
  readonly from: Date;
  readonly to: Date;
}

/** The smallest id that can be made at an instant: ids begin with their milliseconds. */
function firstIdAt(at: Date): string {
  const hex = at.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/**
 * Counts the payments that began on a day anew, by where they began, the channel, and the last
 * refusal of the channel. Reads the day's payments by their ids, whatever the history.
 */
export async function countPaymentsOf(tx: Tx, { day, from, to }: DaySpan): Promise<void> {
  await tx.run(sql`
    delete from feedback.payment_day where company_id = ${tx.companyId} and day = ${day}`);
  await tx.run(sql`
    insert into feedback.payment_day (company_id, id, day, surface, channel, error_code, started,
      instructed, paid, left_open)
    select p.company_id,
      platform.derived_id((extract(epoch from ${day}::date) * 1000)::bigint,
        p.company_id || p.source || p.channel || coalesce(a.error_code, '')),
      ${day}::date, p.source, p.channel, coalesce(a.error_code, ''), count(*),
      count(*) filter (where a.is_instructed), count(*) filter (where p.state = 'paid'),
      count(*) filter (where p.state = 'closed')
    from payment.pub_payment as p
    left join lateral (
      select bool_or(try.is_instructed) as is_instructed,
        max(try.failure_code) filter (where try.state = 'failed') as error_code
      from payment.pub_attempt as try
      where try.company_id = p.company_id and try.payment_id = p.id
    ) as a on true
    where p.company_id = ${tx.companyId} and p.id >= ${firstIdAt(from)}::uuid
      and p.id < ${firstIdAt(to)}::uuid and p.source not in ('suspense', 'transfer')
    group by p.company_id, p.source, p.channel, coalesce(a.error_code, '')`);
}
