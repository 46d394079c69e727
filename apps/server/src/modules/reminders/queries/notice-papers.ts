import { sql, type Tx } from '../../../platform/database/index.ts';

/** A bill on a notice that is to be printed. */
export interface PaperLine {
  readonly reminderId: string;
  readonly unitId: string;
  readonly unitLabel: string;
  readonly communityName: string;
  readonly companyName: string;
  readonly feeItemName: string;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly dueOn: string;
  readonly openFen: number;
}

/**
 * What is owed now by the homes of notices, bill by bill, in the order in which somebody walks to
 * them; who has paid or disputes is not among them.
 */
export function paperLines(tx: Tx, reminderIds: readonly string[]): Promise<PaperLine[]> {
  return tx.many(sql<PaperLine>`
    select r.id as "reminderId", r.unit_id as "unitId", unit.label as "unitLabel",
      community.name as "communityName", company.name as "companyName",
      item.name as "feeItemName", b.period_start as "periodStart", b.period_end as "periodEnd",
      b.due_on as "dueOn", b.amount_fen - b.paid_fen - b.waived_fen as "openFen"
    from reminders.reminder as r
    join identity.company as company on company.id = r.company_id
    join estate.pub_unit as unit on unit.company_id = r.company_id and unit.id = r.unit_id
    join estate.pub_community as community on community.company_id = unit.company_id
      and community.id = unit.community_id
    join billing.pub_bill as b on b.company_id = r.company_id and b.unit_id = r.unit_id
    join charging.pub_fee_item as item on item.company_id = b.company_id
      and item.id = b.fee_item_id
    where r.company_id = ${tx.companyId} and r.id = any (${reminderIds}::uuid[])
      and r.state in ('to-print', 'printed')
      and b.state = 'issued' and b.paid_fen + b.waived_fen < b.amount_fen
      and (cardinality(r.fee_item_ids) = 0 or b.fee_item_id = any (r.fee_item_ids))
      and not exists (select from feedback.pub_dispute as d where d.company_id = b.company_id
        and d.bill_id = b.id and d.state = 'open')
    order by community.name, unit.sort_key, r.id, b.due_on, item.name, b.id`);
}
