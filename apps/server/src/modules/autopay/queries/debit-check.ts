import { sql, type Tx } from '../../../platform/database/index.ts';
import type { BillNow } from '../domain/charge.ts';

/** The bills of a debit as they stand now. */
export function billsNow(tx: Tx, debitId: string): Promise<BillNow[]> {
  return tx.many(sql<BillNow>`
    select line.bill_id as "billId", line.unit_id as "unitId",
      line.amount_fen as "announcedFen",
      case when bill.state = 'issued' then bill.amount_fen - bill.paid_fen - bill.waived_fen
        else 0 end as "openFen",
      exists (
        select from feedback.pub_dispute as dispute
        where dispute.company_id = line.company_id and dispute.bill_id = line.bill_id
          and dispute.state = 'open') as "isDisputed",
      cover.id is not null and binding.id is not null as "isCovered"
    from autopay.debit as debit
    join autopay.debit_bill as line on line.company_id = debit.company_id
      and line.debit_id = debit.id
    join autopay.mandate as mandate on mandate.company_id = debit.company_id
      and mandate.id = debit.mandate_id
    join billing.pub_bill as bill on bill.company_id = line.company_id and bill.id = line.bill_id
    left join autopay.cover as cover on cover.company_id = debit.company_id
      and cover.mandate_id = debit.mandate_id and cover.unit_id = bill.unit_id
      and cover.fee_item_id = bill.fee_item_id and cover.state = 'live'
    left join resident.pub_binding as binding on binding.company_id = debit.company_id
      and binding.account_id = mandate.account_id and binding.unit_id = bill.unit_id
      and binding.ended_at is null
    where debit.company_id = ${tx.companyId} and debit.id = ${debitId}
    order by line.bill_id limit 200`);
}
