import { type Fen, fen } from '@wuye-pay/money';
import { type Queryable, sql, type Tx } from '../../../platform/database/index.ts';
import { type Bilingual, explain } from '../../charging/index.ts';
import { type InputColumns, inputsOf } from './bill-inputs.ts';

export interface OpenBill {
  readonly id: string;
  readonly communityId: string;
  readonly feeItemId: string;
  readonly feeItemName: string;
  readonly month: string;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly dueOn: string;
  readonly openFen: Fen;
  readonly amountFen: Fen;
  readonly explanation: Bilingual;
  readonly heldBy: string | null;
}

/** A unit with more open bills than this shows the oldest; the rest follow once these are paid. */
const maxOpenBills = 500;

type Row = Omit<OpenBill, 'explanation'> & InputColumns;

/** What a unit owes today on published bills, oldest first. */
export async function openBillsOf(tx: Tx, unitId: string): Promise<OpenBill[]> {
  const rows = await tx.many(sql<Row>`
    select b.id, b.community_id as "communityId", b.fee_item_id as "feeItemId", f.name as "feeItemName", b.month, b.period_start as "periodStart",
      b.period_end as "periodEnd", b.due_on as "dueOn", b.amount_fen as "amountFen",
      b.amount_fen - b.paid_fen - b.waived_fen as "openFen", h.payment_id as "heldBy",
      b.area_m2 as "areaM2", b.price, b.surcharge, b.months, b.rounding
    from billing.bill as b
    join billing.bill_run as r on r.company_id = b.company_id and r.id = b.run_id
      and r.state = 'published'
    join charging.pub_fee_item as f on f.company_id = b.company_id and f.id = b.fee_item_id
    left join billing.hold as h on h.company_id = b.company_id and h.id = b.id
    where b.company_id = ${tx.companyId} and b.unit_id = ${unitId}
      and b.state = 'issued' and b.paid_fen + b.waived_fen < b.amount_fen
    order by b.period_start, f.priority, b.id
    limit ${maxOpenBills}`);
  return rows.map(({ areaM2, price, surcharge, months, rounding, ...bill }) => ({
    ...bill,
    openFen: fen(bill.openFen),
    amountFen: fen(bill.amountFen),
    explanation: explain(inputsOf({ areaM2, price, surcharge, months, rounding })),
  }));
}

export interface ControlTotal {
  readonly communityId: string;
  readonly feeItemId: string;
  readonly openFen: Fen;
}

/**
 * What is open on published bills by community and fee item: the sub-ledger of `receivable`,
 * whose balances must be the same. Reads open items only.
 */
export function controlTotals(tx: Queryable & { companyId: string }): Promise<ControlTotal[]> {
  return tx.many(sql<ControlTotal>`
    select b.community_id as "communityId", b.fee_item_id as "feeItemId",
      sum(b.amount_fen - b.paid_fen - b.waived_fen)::bigint as "openFen"
    from billing.bill as b
    join billing.bill_run as r on r.company_id = b.company_id and r.id = b.run_id
      and r.state = 'published'
    where b.company_id = ${tx.companyId} and b.state = 'issued'
      and b.paid_fen + b.waived_fen < b.amount_fen
    group by b.community_id, b.fee_item_id
    order by b.community_id, b.fee_item_id`);
}
