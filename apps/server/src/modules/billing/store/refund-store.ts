import type { Fen } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';

export interface BillRefund {
  readonly refundId: string;
  /** `reopen`: the debt is owed again; `close`: the charge is smaller by it. */
  readonly effect: 'reopen' | 'close';
  readonly at: Date;
  /** One line a bill. */
  readonly lines: readonly { readonly billId: string; readonly amountFen: Fen }[];
}

export interface RefundedBill {
  readonly billId: string;
  readonly communityId: string;
  readonly feeItemId: string;
  readonly category: 'income' | 'deposit' | 'agency';
  readonly amountFen: Fen;
}

/**
 * Takes paid money off bills: what was settled is owed again, or the charge shrinks by it. Locks
 * the bills in key order. The adjustment's id makes a refund do it once.
 * @throws Error when a bill does not exist or was not paid so much, which the caller has checked
 */
export async function refundBills(tx: Tx, refund: BillRefund): Promise<RefundedBill[]> {
  const billIds = refund.lines.map(({ billId }) => billId);
  const amounts = refund.lines.map(({ amountFen }) => amountFen);
  const rows = await tx.many(sql<RefundedBill>`
    with line as (
      select bill_id, amount_fen from unnest(${billIds}::uuid[], ${amounts}::bigint[])
        as l (bill_id, amount_fen)
    ), locked as (
      select b.id, b.community_id, b.fee_item_id from billing.bill as b
      where b.company_id = ${tx.companyId} and b.id = any (${billIds}::uuid[])
        and b.state = 'issued'
      order by b.id
      for update
    ), taken as (
      update billing.bill as b set paid_fen = b.paid_fen - line.amount_fen,
        waived_fen = b.waived_fen + case when ${refund.effect} = 'close' then line.amount_fen
          else 0 end
      from locked join line on line.bill_id = locked.id
      where b.company_id = ${tx.companyId} and b.id = locked.id
      returning b.id, b.company_id, b.community_id, b.fee_item_id, line.amount_fen
    )
    select taken.id as "billId", taken.community_id as "communityId",
      taken.fee_item_id as "feeItemId", f.category, taken.amount_fen as "amountFen"
    from taken
    join charging.pub_fee_item as f on f.company_id = taken.company_id
      and f.id = taken.fee_item_id
    order by taken.id`);
  if (rows.length !== billIds.length) throw new Error('a bill to refund does not exist');
  await tx.run(sql`
    insert into billing.adjustment (company_id, id, bill_id, kind, amount_fen, source_id, at)
    select company.id, line.id, line.bill_id, ${refund.effect === 'close' ? 'reduced' : 'reopened'},
      line.amount_fen, ${refund.refundId}, ${refund.at}::timestamptz
    from identity.company as company
    cross join unnest(${billIds.map((id) => derivedId(refund.refundId, id))}::uuid[],
      ${billIds}::uuid[], ${amounts}::bigint[]) as line (id, bill_id, amount_fen)
    where company.id = ${tx.companyId}`);
  return rows;
}
