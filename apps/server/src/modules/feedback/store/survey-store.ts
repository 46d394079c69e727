import { sql, type Tx } from '../../../platform/database/index.ts';

export async function askedBefore(
  tx: Tx,
  id: string,
): Promise<{ readonly accountId: string; readonly answeredAt: Date | null } | undefined> {
  return await tx.maybe(sql<{ accountId: string; answeredAt: Date | null }>`
    select account_id as "accountId", answered_at as "answeredAt"
    from feedback.survey where company_id = ${tx.companyId} and id = ${id}`);
}

/** @returns false when the account was asked since; of two payments at once one is asked about */
export async function takeTurn(
  tx: Tx,
  { accountId, at, since }: { accountId: string; at: Date; since: Date },
): Promise<boolean> {
  const rows = await tx.run(sql`
    insert into feedback.survey_account as a (company_id, id, asked_at)
    values (${tx.companyId}, ${accountId}, ${at})
    on conflict (company_id, id) do update set asked_at = excluded.asked_at
      where a.asked_at <= ${since}`);
  return rows === 1;
}

export async function insertSurvey(
  tx: Tx,
  survey: {
    readonly id: string;
    readonly accountId: string;
    readonly paymentId: string;
    readonly communityId: string;
    readonly askedAt: Date;
  },
): Promise<void> {
  await tx.run(sql`
    insert into feedback.survey (company_id, id, account_id, payment_id, community_id, asked_at)
    values (${tx.companyId}, ${survey.id}, ${survey.accountId}, ${survey.paymentId},
      ${survey.communityId}, ${survey.askedAt})
    on conflict do nothing`);
}

export async function answerRow(
  tx: Tx,
  answer: { readonly id: string; readonly score: number | null; text: string; at: Date },
): Promise<void> {
  await tx.run(sql`
    update feedback.survey set score = ${answer.score}, text = ${answer.text},
      answered_at = ${answer.at}
    where company_id = ${tx.companyId} and id = ${answer.id} and answered_at is null`);
}
