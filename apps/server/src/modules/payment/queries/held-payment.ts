import { sql, type Tx } from '../../../platform/database/index.ts';

export interface HeldPayment {
  readonly id: string;
  readonly state: 'open' | 'paid' | 'closed';
  readonly payerKey: string;
  readonly expiresAt: Date;
  readonly billIds: readonly string[];
}

/** The payment behind a hold, as it stands. */
export async function heldPayment(tx: Tx, paymentId: string): Promise<HeldPayment | undefined> {
  return await tx.maybe(sql<HeldPayment>`
    select p.id, p.state, p.payer_key as "payerKey", p.expires_at as "expiresAt",
      array(select line.bill_id::text from payment.allocation as line
        where line.company_id = p.company_id and line.payment_id = p.id
        order by line.bill_id) as "billIds"
    from payment.payment as p
    where p.company_id = ${tx.companyId} and p.id = ${paymentId}`);
}

/** Where a unit is, for the channel's order and the books. */
export async function unitOf(
  tx: Tx,
  unitId: string,
): Promise<{ communityId: string; communityName: string; label: string } | undefined> {
  return await tx.maybe(sql<{ communityId: string; communityName: string; label: string }>`
    select u.community_id as "communityId", c.name as "communityName", u.label
    from estate.pub_unit as u
    join estate.pub_community as c on c.company_id = u.company_id and c.id = u.community_id
    where u.company_id = ${tx.companyId} and u.id = ${unitId}`);
}
