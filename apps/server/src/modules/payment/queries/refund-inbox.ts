import type { RefundInbox } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';

/** What waits for this reader as a checker, and what waits for whoever must act. */
export async function refundInbox(tx: Tx, readerId: string): Promise<RefundInbox> {
  return await tx.one(sql<RefundInbox>`
    select (
      select count(*) from payment.refund
      where company_id = ${tx.companyId} and state = 'requested'
        and requested_by_id is distinct from ${readerId}
    ) as "toApprove", (
      select count(*) from payment.refund
      where company_id = ${tx.companyId} and (state in ('refused', 'failed')
        or (state = 'approved' and merchant_account_id is null))
    ) as "toActOn", (
      select count(*) from payment.case_settlement
      where company_id = ${tx.companyId} and state = 'requested' and requested_by_id <> ${readerId}
    ) as settlements, (
      select count(*) from payment.refund_policy
      where company_id = ${tx.companyId} and state = 'proposed' and proposed_by_id <> ${readerId}
    ) as policies`);
}
