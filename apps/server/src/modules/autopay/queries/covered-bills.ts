import type { Fen } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';

/** An open bill of a home and fee item that a mandate pays. */
export interface CoveredBill {
  readonly mandateId: string;
  readonly id: string;
  readonly unitId: string;
  readonly unitLabel: string;
  readonly communityId: string;
  readonly feeItemId: string;
  readonly feeItemName: string;
  readonly month: string;
  readonly dueOn: string;
  readonly publishedAt: Date;
  readonly openFen: Fen;
  readonly isDisputed: boolean;
  /** An earlier debit of this mandate was skipped, or failed for good. */
  readonly leftToPayer: 'skipped' | 'failed' | null;
}

/** More are debited with the next one. */
const most = 400;

/** Of some mandates, oldest first. */
export function coveredBills(tx: Tx, mandateIds: readonly string[]): Promise<CoveredBill[]> {
  return tx.many(sql<CoveredBill>`
    select cover.mandate_id as "mandateId", bill.id, bill.unit_id as "unitId", unit.label as "unitLabel",
      bill.community_id as "communityId", bill.fee_item_id as "feeItemId",
      item.name as "feeItemName", bill.month, bill.due_on as "dueOn",
      run.published_at as "publishedAt",
      bill.amount_fen - bill.paid_fen - bill.waived_fen as "openFen",
      exists (
        select from feedback.pub_dispute as dispute
        where dispute.company_id = bill.company_id and dispute.bill_id = bill.id
          and dispute.state = 'open') as "isDisputed", (
        select case when debit.state = 'skipped' then 'skipped' else 'failed' end
        from autopay.debit_bill as line
        join autopay.debit as debit on debit.company_id = line.company_id
          and debit.id = line.debit_id and debit.mandate_id = cover.mandate_id
        where line.company_id = bill.company_id and line.bill_id = bill.id
          and (debit.state = 'skipped'
            or (debit.state = 'failed' and debit.next_debit_on is null
              and debit.end_code <> 'taken-over')
            or (debit.state = 'dropped'
              and debit.end_code in ('notice-refused', 'not-reached')))
        order by debit.id desc limit 1) as "leftToPayer"
    from autopay.cover as cover
    join billing.pub_bill as bill on bill.company_id = cover.company_id
      and bill.unit_id = cover.unit_id and bill.fee_item_id = cover.fee_item_id
      and bill.state = 'issued' and bill.paid_fen + bill.waived_fen < bill.amount_fen
    join billing.pub_published_run as run on run.company_id = bill.company_id
      and run.id = bill.run_id
    join estate.pub_unit as unit on unit.company_id = bill.company_id and unit.id = bill.unit_id
    join charging.pub_fee_item as item on item.company_id = bill.company_id
      and item.id = bill.fee_item_id
    where cover.company_id = ${tx.companyId} and cover.mandate_id = any (${mandateIds}::uuid[])
      and cover.state = 'live'
    order by bill.due_on, bill.id
    limit ${most}`);
}
