import { sql, type Tx } from '../../../platform/database/index.ts';

/** Of payments that hold bills: those in progress, by whose they are. */
export async function holders(
  tx: Tx,
  paymentIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (paymentIds.length === 0) return new Map();
  const rows = await tx.many(sql<{ id: string; payerKey: string }>`
    select id, payer_key as "payerKey" from payment.pub_payment
    where company_id = ${tx.companyId} and id = any (${paymentIds}::uuid[]) and state = 'open'`);
  return new Map(rows.map(({ id, payerKey }) => [id, payerKey]));
}
