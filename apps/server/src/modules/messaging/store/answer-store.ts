import { sql, type Tx } from '../../../platform/database/index.ts';

export interface AttemptEnd {
  readonly attemptId: string;
  readonly state: 'accepted' | 'refused' | 'absent' | 'uncertain';
  readonly refusal: string | null;
  readonly code: string | null;
  readonly detail: string | null;
  readonly providerNo: string | null;
}

/**
 * Writes how attempts ended. One that has a clear answer already keeps it.
 * @returns those whose answer this is
 */
export async function endAttempts(
  tx: Tx,
  ends: readonly AttemptEnd[],
  at: Date,
): Promise<ReadonlySet<string>> {
  const sorted = [...ends].sort((a, b) => (a.attemptId < b.attemptId ? -1 : 1));
  const rows = await tx.many(sql<{ id: string }>`
    update messaging.attempt as a set state = given.state, refusal = given.refusal,
      code = given.code, detail = given.detail, provider_no = given.provider_no,
      answered_at = ${at}, sealed = case when given.state = 'uncertain' then a.sealed end
    from unnest(${sorted.map(({ attemptId }) => attemptId)}::uuid[],
      ${sorted.map(({ state }) => state)}::text[], ${sorted.map(({ refusal }) => refusal)}::text[],
      ${sorted.map(({ code }) => code)}::text[], ${sorted.map(({ detail }) => detail)}::text[],
      ${sorted.map(({ providerNo }) => providerNo)}::text[])
      as given (id, state, refusal, code, detail, provider_no)
    where a.company_id = ${tx.companyId} and a.id = given.id
      and a.state in ('sending', 'uncertain')
    returning a.id`);
  return new Set(rows.map(({ id }) => id));
}

export interface MessageStep {
  readonly id: string;
  readonly state: 'accepted' | 'queued' | 'uncertain';
  readonly dueAt: Date | null;
  readonly checkAt: Date | null;
  readonly tries: number | null;
}

export interface Stepped {
  readonly id: string;
  readonly purpose: string;
  readonly subjectId: string;
  readonly via: string | null;
}

/** Takes messages on. What waits for its next route leaves the caps' count. */
export async function stepMessages(
  tx: Tx,
  steps: readonly MessageStep[],
  at: Date,
): Promise<Stepped[]> {
  if (steps.length === 0) return [];
  return await tx.many(sql<Stepped>`
    update messaging.message as m set state = given.state,
      due_at = coalesce(given.due_at, m.due_at), check_at = given.check_at,
      tries = coalesce(given.tries, m.tries), claim_token = null, claimed_until = null,
      accepted_at = case when given.state = 'accepted' then ${at}::timestamptz end,
      released_at = case when given.state = 'queued' then null else m.released_at end,
      cost_yuan = case when given.state = 'queued' then null else m.cost_yuan end
    from unnest(${steps.map(({ id }) => id)}::uuid[], ${steps.map(({ state }) => state)}::text[],
      ${steps.map(({ dueAt }) => dueAt)}::timestamptz[],
      ${steps.map(({ checkAt }) => checkAt)}::timestamptz[],
      ${steps.map(({ tries }) => tries)}::int[]) as given (id, state, due_at, check_at, tries)
    where m.company_id = ${tx.companyId} and m.id = given.id
      and m.state in ('sending', 'uncertain')
    returning m.id, m.purpose, m.subject_id as "subjectId", m.via`);
}

export async function triesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.many(sql<{ id: string; tries: number }>`
    select id, tries from messaging.message
    where company_id = ${tx.companyId} and id = any (${ids}::uuid[])
    order by id for update`);
  return new Map(rows.map(({ id, tries }) => [id, tries]));
}

/** The account itself was refused: others come first until then. */
export async function markTrouble(
  tx: Tx,
  trouble: { accountId: string; code: string; at: Date; until: Date },
): Promise<void> {
  await tx.run(sql`
    update messaging.account set trouble_code = ${trouble.code}, trouble_at = ${trouble.at},
      trouble_until = ${trouble.until}
    where company_id = ${tx.companyId} and id = ${trouble.accountId}`);
}

export async function clearTrouble(tx: Tx, accountIds: readonly string[], at: Date): Promise<void> {
  await tx.run(sql`
    update messaging.account set trouble_code = null, trouble_at = null, trouble_until = null
    where company_id = ${tx.companyId} and id = any (${accountIds}::uuid[])
      and trouble_until <= ${at}`);
}
