import type { AutopaySummary } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';
import type { EndCode } from '../domain/failure.ts';
import { endWords, sentence } from '../domain/words.ts';

interface Period {
  /** Days, both included. */
  readonly from: string;
  readonly to: string;
  readonly start: Date;
  readonly end: Date;
}

type Mandates = Pick<AutopaySummary, 'active' | 'signedInPeriod' | 'endedInPeriod'>;

interface Outcome {
  readonly state: 'paid' | 'failed';
  readonly code: EndCode | null;
  readonly count: number;
  readonly totalFen: number;
}

/** How autopay does: who has it, and how many debits of the days come to something. */
export async function summaryOf(tx: Tx, period: Period): Promise<AutopaySummary> {
  const mandates = await tx.one(sql<Mandates>`
    select count(*) filter (where state = 'active')::int as active,
      count(*) filter (where signed_at >= ${period.start} and signed_at < ${period.end})::int
        as "signedInPeriod",
      count(*) filter (where ended_at >= ${period.start} and ended_at < ${period.end}
        and signed_at is not null)::int as "endedInPeriod"
    from autopay.mandate where company_id = ${tx.companyId}`);
  const outcomes = await tx.many(sql<Outcome>`
    select state, end_code as code, count(*)::int as count,
      coalesce(sum(charged_fen), 0)::bigint as "totalFen"
    from autopay.debit
    where company_id = ${tx.companyId} and state in ('paid', 'failed')
      and debit_on >= ${period.from}::date and debit_on <= ${period.to}::date
    group by state, end_code order by count(*) desc`);
  const of = (state: 'paid' | 'failed') => outcomes.filter((one) => one.state === state);
  const count = (list: readonly Outcome[]) => list.reduce((all, one) => all + one.count, 0);
  const paid = count(of('paid'));
  const failed = count(of('failed'));
  return {
    ...mandates,
    paid,
    paidFen: of('paid').reduce((all, one) => all + one.totalFen, 0),
    failed,
    successRateBp: paid + failed === 0 ? null : Math.round((paid * 10_000) / (paid + failed)),
    reasons: of('failed').flatMap((one) =>
      one.code ? [{ code: one.code, text: sentence(endWords[one.code]), count: one.count }] : [],
    ),
  };
}
