import { sql, type Tx } from '../../../platform/database/index.ts';

/** When whoever brings a message to its receiver took it. */
export async function messageAcceptedAt(tx: Tx, messageId: string): Promise<Date | undefined> {
  const row = await tx.maybe(sql<{ at: Date | null }>`
    select accepted_at as at from messaging.pub_message
    where company_id = ${tx.companyId} and id = ${messageId}`);
  return row?.at ?? undefined;
}
