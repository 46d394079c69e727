import { sql, type Tx } from '../../../platform/database/index.ts';

export interface Dead {
  readonly id: string;
  readonly contentThere: boolean;
  readonly expiresAt: Date;
  readonly isUnclear: boolean;
}

export async function lockFailed(tx: Tx, id: string): Promise<Dead | undefined> {
  return await tx.maybe(sql<Dead & { state: string }>`
    select id, content_cipher is not null or not content_given as "contentThere",
      expires_at as "expiresAt", exists (
        select from messaging.attempt as a
        where a.company_id = m.company_id and a.message_id = m.id and a.state = 'uncertain')
        as "isUnclear"
    from messaging.message as m
    where company_id = ${tx.companyId} and id = ${id} and state = 'failed' for update`);
}

interface Again {
  readonly id: string;
  readonly at: Date;
  readonly expiresAt: Date;
}

/** Old attempts no longer count: whoever asks for it has repaired what was wrong. */
export async function requeue(tx: Tx, { id, at, expiresAt }: Again): Promise<void> {
  await tx.run(sql`
    update messaging.attempt set refusal = null, sealed = null,
      code = case when state = 'uncertain' then 'CONFIRMED_BY_STAFF' else code end,
      state = case when state = 'uncertain' then 'absent'
        when state = 'undelivered' then 'refused' else state end
    where company_id = ${tx.companyId} and message_id = ${id}`);
  await tx.run(sql`
    update messaging.message set state = 'queued', due_at = ${at}, expires_at = ${expiresAt},
      reason = null, ended_at = null, tries = 0, check_at = null
    where company_id = ${tx.companyId} and id = ${id}`);
}
