import { type Fen, fen } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';

export interface BillNow {
  readonly billId: string;
  readonly feeItemName: string;
  readonly month: string;
  /** What is owed of it now. */
  readonly openFen: Fen;
}

export async function billsNow(tx: Tx, billIds: readonly string[]): Promise<BillNow[]> {
  const rows = await tx.many(sql<BillNow>`
    select bill.id as "billId", item.name as "feeItemName", bill.month,
      bill.amount_fen - bill.paid_fen - bill.waived_fen as "openFen"
    from billing.pub_bill as bill
    join charging.pub_fee_item as item on item.company_id = bill.company_id
      and item.id = bill.fee_item_id
    where bill.company_id = ${tx.companyId} and bill.id = any (${billIds}::uuid[])
    order by bill.period_start, bill.id`);
  return rows.map((row) => ({ ...row, openFen: fen(row.openFen) }));
}
