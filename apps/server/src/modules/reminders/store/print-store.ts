import { sql, type Tx } from '../../../platform/database/index.ts';

/** Notices that were printed; what was printed before stays as it is. */
export async function markPrinted(
  tx: Tx,
  ids: readonly string[],
  { at }: { readonly at: Date },
): Promise<number> {
  return await tx.run(sql`
    update reminders.reminder set state = 'printed', released_at = ${at}, ended_at = ${at},
      released_fen = nullif(planned_fen, 0)
    where company_id = ${tx.companyId} and id = any (${ids}::uuid[]) and state = 'to-print'`);
}

/** Notices of homes that have paid meanwhile. */
export async function dropPaidPrints(tx: Tx, at: Date): Promise<void> {
  await tx.run(sql`
    update reminders.reminder as r set state = 'dropped', reason = 'paid', ended_at = ${at}
    where r.company_id = ${tx.companyId} and r.state = 'to-print'
      and not exists (select from billing.pub_bill as b
        where b.company_id = r.company_id and b.unit_id = r.unit_id and b.state = 'issued'
          and b.paid_fen + b.waived_fen < b.amount_fen
          and (cardinality(r.fee_item_ids) = 0 or b.fee_item_id = any (r.fee_item_ids)))`);
}
