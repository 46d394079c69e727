import { sql, type Tx } from '../../../platform/database/index.ts';

/** One of the two is null. */
export interface AskedOne {
  readonly accountId: string | null;
  readonly payerKey: string | null;
}

export interface Asked extends AskedOne {
  readonly answeredAt: Date | null;
  readonly score: number | null;
  readonly hasText: boolean;
}

export async function askedBefore(tx: Tx, id: string): Promise<Asked | undefined> {
  return await tx.maybe(sql<Asked>`
    select account_id as "accountId", payer_key as "payerKey", answered_at as "answeredAt", score,
      text <> '' as "hasText"
    from feedback.survey where company_id = ${tx.companyId} and id = ${id}`);
}

/** @returns false when this person was asked since; of two payments at once one is asked about */
export async function takeTurn(
  tx: Tx,
  { id, at, since }: { id: string; at: Date; since: Date },
): Promise<boolean> {
  const rows = await tx.run(sql`
    insert into feedback.survey_account as a (company_id, id, asked_at)
    values (${tx.companyId}, ${id}, ${at})
    on conflict (company_id, id) do update set asked_at = excluded.asked_at
      where a.asked_at <= ${since}`);
  return rows === 1;
}

export async function insertSurvey(
  tx: Tx,
  survey: AskedOne & {
    readonly id: string;
    readonly paymentId: string;
    readonly communityId: string;
    readonly askedAt: Date;
  },
): Promise<void> {
  await tx.run(sql`
    insert into feedback.survey (company_id, id, account_id, payer_key, payment_id, community_id,
      asked_at)
    values (${tx.companyId}, ${survey.id}, ${survey.accountId}, ${survey.payerKey},
      ${survey.paymentId}, ${survey.communityId}, ${survey.askedAt})
    on conflict do nothing`);
}

/** Score and words are kept as they came first; who said no is not asked for words. */
export async function answerRow(
  tx: Tx,
  answer: { readonly id: string; readonly score: number | null; text: string; at: Date },
): Promise<void> {
  await tx.run(sql`
    update feedback.survey set text = ${answer.text},
      score = case when answered_at is null then ${answer.score}::integer else score end,
      answered_at = coalesce(answered_at, ${answer.at})
    where company_id = ${tx.companyId} and id = ${answer.id}
      and (answered_at is null or (score is not null and text = ''))`);
}
