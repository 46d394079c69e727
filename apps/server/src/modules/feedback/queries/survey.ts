import type { SatisfactionMonth } from '@wuye-pay/contract';
import { emptySql, sql, type Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { companyOf } from './settings.ts';

export interface PaidPayment {
  readonly unitId: string;
  readonly communityId: string;
  readonly payerKey: string | null;
  readonly paidAt: Date;
}

export async function paidPayment(tx: Tx, paymentId: string): Promise<PaidPayment | undefined> {
  return await tx.maybe(sql<PaidPayment>`
    select unit_id as "unitId", community_id as "communityId", payer_key as "payerKey",
      paid_at as "paidAt"
    from payment.pub_payment
    where company_id = ${tx.companyId} and id = ${paymentId} and state = 'paid'
      and unit_id is not null and community_id is not null`);
}

export async function isElder(tx: Tx, accountId: string): Promise<boolean> {
  const row = await tx.maybe(sql<{ isElder: boolean }>`
    select is_elder as "isElder" from resident.pub_account
    where company_id = ${tx.companyId} and id = ${accountId}`);
  return row?.isElder ?? false;
}

export interface SurveyQuery {
  readonly companyId: string;
  readonly from: string;
  readonly to: string;
  readonly communityId?: string | undefined;
}

interface Row {
  readonly communityId: string;
  readonly communityName: string;
  readonly month: string;
  readonly asked: number;
  readonly answered: number;
  readonly averageHundredths: number | null;
  readonly scores: number[];
}

export interface SurveyResults {
  readonly items: SatisfactionMonth[];
  readonly comments: { at: string; communityName: string; score: number; text: string }[];
}

const maxComments = 100;

/** What was answered by community and month of the company, and the newest words. */
export function surveyResults(
  deps: Pick<Deps, 'db'>,
  { companyId, from, to, communityId }: SurveyQuery,
): Promise<SurveyResults> {
  return deps.db.read(companyId, async (tx) => {
    const { timeZone } = await companyOf(tx);
    const within = sql`s.company_id = ${tx.companyId}
      and s.asked_at >= ${from}::date::timestamp at time zone ${timeZone}
      and s.asked_at < (${to}::date + interval '1 month') at time zone ${timeZone}
      ${communityId === undefined ? emptySql : sql`and s.community_id = ${communityId}`}`;
    const rows = await tx.many(sql<Row>`
      select s.community_id as "communityId", c.name as "communityName",
        date_trunc('month', s.asked_at at time zone ${timeZone})::date as month,
        count(*) as asked, count(s.score) as answered,
        round(avg(s.score) * 100)::integer as "averageHundredths",
        array[count(*) filter (where s.score = 1), count(*) filter (where s.score = 2),
          count(*) filter (where s.score = 3), count(*) filter (where s.score = 4),
          count(*) filter (where s.score = 5)]::integer[] as scores
      from feedback.survey as s
      join estate.pub_community as c on c.company_id = s.company_id and c.id = s.community_id
      where ${within}
      group by 1, 2, 3 order by 3 desc, 2`);
    const comments = await tx.many(
      sql<{ at: Date; communityName: string; score: number; text: string }>`
      select s.answered_at as at, c.name as "communityName", s.score, s.text
      from feedback.survey as s
      join estate.pub_community as c on c.company_id = s.company_id and c.id = s.community_id
      where ${within} and s.text <> '' and s.score is not null
      order by s.answered_at desc limit ${maxComments}`,
    );
    return { items: rows, comments: comments.map((c) => ({ ...c, at: c.at.toISOString() })) };
  });
}
