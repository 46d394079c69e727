import { sql, type Tx } from '../../../platform/database/index.ts';

export interface PlaceOfTicket {
  readonly communityId: string;
  readonly unitId: string | null;
}

/** A home with its community, or a community alone; of this company. */
export async function unitOf(
  tx: Tx,
  {
    unitId,
    communityId,
  }: { readonly unitId?: string | undefined; communityId?: string | undefined },
): Promise<PlaceOfTicket | undefined> {
  if (unitId === undefined) {
    const community = await tx.maybe(sql<{ communityId: string }>`
      select id as "communityId" from estate.pub_community
      where company_id = ${tx.companyId} and id = ${communityId ?? null}`);
    return community && { ...community, unitId: null };
  }
  return await tx.maybe(sql<PlaceOfTicket>`
    select id as "unitId", community_id as "communityId" from estate.pub_unit
    where company_id = ${tx.companyId} and id = ${unitId}`);
}

/** "晨光花园 1栋2单元301" */
export async function placeOf(tx: Tx, unitId: string): Promise<string> {
  const { place } = await tx.one(sql<{ place: string }>`
    select c.name || ' ' || u.label as place
    from estate.pub_unit as u
    join estate.pub_community as c on c.company_id = u.company_id and c.id = u.community_id
    where u.company_id = ${tx.companyId} and u.id = ${unitId}`);
  return place;
}

export async function paymentIsOf(
  tx: Tx,
  { paymentId, unitId }: { readonly paymentId: string; readonly unitId: string },
): Promise<boolean> {
  const row = await tx.maybe(sql`
    select payment_id from payment.pub_payment_unit
    where company_id = ${tx.companyId} and payment_id = ${paymentId} and unit_id = ${unitId}`);
  return row !== undefined;
}

/** A published bill of the unit. */
export async function billForDispute(
  tx: Tx,
  { billId, unitId }: { readonly billId: string; readonly unitId: string },
): Promise<{ readonly openFen: number } | undefined> {
  return await tx.maybe(sql<{ openFen: number }>`
    select case when state = 'void' then 0 else amount_fen - paid_fen - waived_fen end as "openFen"
    from billing.pub_bill
    where company_id = ${tx.companyId} and id = ${billId} and unit_id = ${unitId}`);
}

/** Withdrawn ones do not count. */
export async function disputesOfBill(
  tx: Tx,
  { billId, except }: { readonly billId: string; readonly except: string },
): Promise<{ readonly state: 'open' | 'answered'; readonly ticketNo: string }[]> {
  return await tx.many(sql<{ state: 'open' | 'answered'; ticketNo: string }>`
    select d.state, t.ticket_no as "ticketNo"
    from feedback.dispute as d
    join feedback.ticket as t on t.company_id = d.company_id and t.id = d.id
    where d.company_id = ${tx.companyId} and d.bill_id = ${billId} and d.id <> ${except}
      and d.answer is distinct from 'withdrawn'`);
}

export async function ticketNosOf(
  tx: Tx,
  ticketIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.many(sql<{ id: string; ticketNo: string }>`
    select id, ticket_no as "ticketNo" from feedback.ticket
    where company_id = ${tx.companyId} and id = any (${ticketIds}::uuid[])`);
  return new Map(rows.map(({ id, ticketNo }) => [id, ticketNo]));
}
