import { sql, type Tx } from '../../../platform/database/index.ts';

/** Bills of the units that somebody disputes and nobody has answered. */
export async function disputedBills(
  tx: Tx,
  unitIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.many(sql<{ billId: string }>`
    select bill_id as "billId" from feedback.pub_dispute
    where company_id = ${tx.companyId} and unit_id = any (${unitIds}::uuid[])
      and state = 'open'`);
  return new Set(rows.map(({ billId }) => billId));
}
