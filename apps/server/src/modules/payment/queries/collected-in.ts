import { sql, type Tx } from '../../../platform/database/index.ts';
import type { AccountCode } from '../../ledger/index.ts';
import { firstDayOf } from './evidence.ts';

export interface Collected {
  readonly paymentId: string | null;
  readonly caseId: string | null;
  readonly paidAt: Date;
}

/**
 * Where the money of a payment or a case came to lie, as the books say: a drawer, a bank account, a
 * channel. Money that goes back is taken out of the same account.
 */
export async function collectedIn(
  tx: Tx,
  { paymentId, caseId, paidAt }: Collected,
): Promise<AccountCode> {
  const ids = [paymentId, caseId].filter((id) => id !== null);
  const row = await tx.one(sql<{ code: AccountCode }>`
    select moved.debit_code as code from ledger.pub_transfer as moved
    where moved.company_id = ${tx.companyId} and moved.day >= ${firstDayOf(paidAt)}
      and moved.kind in ('payment.collect', 'payment.surplus') and moved.debit_code <> 'suspense'
      and moved.source_id in (
        select unnest(${ids}::uuid[])
        union
        select case_id from payment.payment
        where company_id = ${tx.companyId} and id = any (${ids}::uuid[])
        union
        select payment_id from payment.surplus
        where company_id = ${tx.companyId} and id = any (${ids}::uuid[]))
    order by moved.day, moved.id limit 1`);
  return row.code;
}
