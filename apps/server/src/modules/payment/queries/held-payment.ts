import { sql, type Tx } from '../../../platform/database/index.ts';

export interface HeldPayment {
  readonly id: string;
  readonly state: 'open' | 'paid' | 'closed';
  readonly payerKey: string;
  readonly expiresAt: Date;
  /** What it is to settle, by bill in key order. */
  readonly lines: readonly { readonly billId: string; readonly amountFen: number }[];
}

/** The payment behind a hold, as it stands. */
export async function heldPayment(tx: Tx, paymentId: string): Promise<HeldPayment | undefined> {
  return await tx.maybe(sql<HeldPayment>`
    select p.id, p.state, p.payer_key as "payerKey", p.expires_at as "expiresAt",
      (select coalesce(jsonb_agg(jsonb_build_object('billId', line.bill_id,
          'amountFen', line.amount_fen) order by line.bill_id), '[]')
        from payment.allocation as line
        where line.company_id = p.company_id and line.payment_id = p.id) as lines
    from payment.payment as p
    where p.company_id = ${tx.companyId} and p.id = ${paymentId}`);
}

export interface PaidUnit {
  readonly unitId: string;
  readonly communityId: string;
  readonly communityName: string;
  readonly label: string;
}

/** Where units are, for the channel's order and the books; in the order in which they are asked. */
export async function unitsOf(tx: Tx, unitIds: readonly string[]): Promise<PaidUnit[]> {
  const rows = await tx.many(sql<PaidUnit>`
    select u.id as "unitId", u.community_id as "communityId", c.name as "communityName", u.label
    from estate.pub_unit as u
    join estate.pub_community as c on c.company_id = u.company_id and c.id = u.community_id
    where u.company_id = ${tx.companyId} and u.id = any (${unitIds}::uuid[])`);
  const known = new Map(rows.map((row) => [row.unitId, row]));
  return unitIds.flatMap((id) => known.get(id) ?? []);
}
