import { type Fen, fen } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';
import type { Receipt } from '../domain/receipt.ts';

type Row = Omit<Receipt, 'amountFen'> & { readonly amountFen: number };

const columns = sql`id, payment_id as "paymentId", receipt_no as "receiptNo",
  check_code as "checkCode", amount_fen as "amountFen", facts, issued_at as "issuedAt"`;

export async function receiptOfPayment(tx: Tx, paymentId: string): Promise<Receipt | undefined> {
  return asReceipt(
    await tx.maybe(sql<Row>`
      select ${columns} from invoicing.receipt
      where company_id = ${tx.companyId} and payment_id = ${paymentId}`),
  );
}

export async function receiptByCode(tx: Tx, checkCode: string): Promise<Receipt | undefined> {
  return asReceipt(
    await tx.maybe(sql<Row>`
      select ${columns} from invoicing.receipt
      where company_id = ${tx.companyId} and check_code = ${checkCode}`),
  );
}

function asReceipt(row: Row | undefined): Receipt | undefined {
  return row && { ...row, amountFen: fen(row.amountFen) };
}

export interface SettledLine {
  readonly feeItemName: string;
  readonly unitId: string;
  readonly unitLabel: string;
  readonly communityName: string;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly settledFen: Fen;
  readonly refundedFen: Fen;
}

/** What a payment settled, bill by bill, of however many homes. */
export async function settledLines(tx: Tx, paymentId: string): Promise<readonly SettledLine[]> {
  return await tx.many(sql<SettledLine>`
    select item.name as "feeItemName", unit.id as "unitId", unit.label as "unitLabel",
      community.name as "communityName", bill.period_start as "periodStart",
      bill.period_end as "periodEnd", line.settled_fen as "settledFen",
      line.refunded_fen as "refundedFen"
    from payment.pub_allocation as line
    join billing.pub_bill as bill on bill.company_id = line.company_id and bill.id = line.bill_id
    join charging.pub_fee_item as item
      on item.company_id = line.company_id and item.id = line.fee_item_id
    join estate.pub_unit as unit on unit.company_id = bill.company_id and unit.id = bill.unit_id
    join estate.pub_community as community
      on community.company_id = unit.company_id and community.id = unit.community_id
    where line.company_id = ${tx.companyId} and line.payment_id = ${paymentId}
      and line.settled_fen > 0
    order by unit.sort_key, bill.period_start, line.bill_id`);
}

export interface CompanyFacts {
  readonly name: string;
  readonly shortCode: string;
  readonly timeZone: string;
}

export async function companyFacts(tx: Tx): Promise<CompanyFacts> {
  return await tx.one(sql<CompanyFacts>`
    select name, short_code as "shortCode", time_zone as "timeZone"
    from identity.company where id = ${tx.companyId}`);
}

/** The owner of a home on the day, masked; several are named one after the other. */
export async function ownerOf(tx: Tx, unitId: string, day: string): Promise<string | null> {
  const owners = await tx.many(sql<{ name: string }>`
    select name_masked as name from estate.pub_owner
    where company_id = ${tx.companyId} and unit_id = ${unitId}
      and (from_on is null or from_on <= ${day}) and (to_on is null or to_on >= ${day})
    order by person_id limit 4`);
  return owners.length === 0 ? null : owners.map(({ name }) => name).join('、');
}
