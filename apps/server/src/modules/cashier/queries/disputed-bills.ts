import { sql, type Tx } from '../../../platform/database/index.ts';

/** Which of the bills wait for an answer to a dispute. */
export async function disputedOf(tx: Tx, billIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.many(sql<{ billId: string }>`
    select bill_id as "billId" from feedback.pub_dispute
    where company_id = ${tx.companyId} and bill_id = any (${billIds}::uuid[]) and state = 'open'`);
  return new Set(rows.map(({ billId }) => billId));
}
