import { sql, type Tx } from '../../../platform/database/index.ts';

export interface NewNotice {
  /** The message's. */
  readonly id: string;
  readonly reminderId: string;
  readonly planId: string | null;
  readonly stepId: string | null;
  readonly unitId: string;
  readonly accountId: string | null;
  readonly code: string;
  readonly amountFen: number;
  readonly dueOn: string;
}

/** @returns how many were new to the account */
export async function markRead(tx: Tx, accountId: string, at: Date): Promise<number> {
  return await tx.run(sql`
    update reminders.notice set read_at = ${at}
    where company_id = ${tx.companyId} and account_id = ${accountId} and read_at is null
      and sent_at is not null`);
}

/**
 * What is handed over now. A message that comes back from the queue keeps its code.
 * @returns the code of each message
 */
export async function saveNotices(
  tx: Tx,
  rows: readonly NewNotice[],
  { at, expiresAt }: { readonly at: Date; readonly expiresAt: Date },
): Promise<ReadonlyMap<string, string>> {
  if (rows.length === 0) return new Map();
  const column = <Key extends keyof NewNotice>(key: Key) => rows.map((row) => row[key]);
  const saved = await tx.many(sql<{ id: string; code: string }>`
    insert into reminders.notice as n (company_id, id, reminder_id, plan_id, step_id, unit_id,
      account_id, code, amount_fen, due_on, expires_at, released_at)
    select company.id, given.id, given.reminder_id, given.plan_id, given.step_id, given.unit_id,
      given.account_id, given.code, given.amount_fen, given.due_on, ${expiresAt}, ${at}
    from identity.company as company
    cross join unnest(${column('id')}::uuid[], ${column('reminderId')}::uuid[],
      ${column('planId')}::uuid[], ${column('stepId')}::uuid[], ${column('unitId')}::uuid[],
      ${column('accountId')}::uuid[], ${column('code')}::text[], ${column('amountFen')}::bigint[],
      ${column('dueOn')}::date[]) as given (id, reminder_id, plan_id, step_id, unit_id, account_id,
        code, amount_fen, due_on)
    where company.id = ${tx.companyId}
    on conflict (company_id, id) do update set amount_fen = excluded.amount_fen,
      released_at = excluded.released_at, expires_at = excluded.expires_at
    returning n.id, n.code`);
  return new Map(saved.map(({ id, code }) => [id, code]));
}
