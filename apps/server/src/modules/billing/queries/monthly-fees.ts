import { type Fen, fen } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';

/**
 * What a unit is billed for a month: of each running fee its newest published bill, by month, half
 * up to the fen. An estimate for offers and warnings; it moves no money.
 * @returns undefined for a unit that was never billed
 */
export async function monthlyFees(tx: Tx, unitId: string): Promise<Fen | undefined> {
  const { monthlyFen } = await tx.one(sql<{ monthlyFen: number | null }>`
    select sum(round(newest.amount_fen / newest.months::numeric))::bigint as "monthlyFen"
    from (
      select distinct on (b.fee_item_id) b.fee_item_id, b.amount_fen, b.months
      from billing.bill as b
      join billing.bill_run as r on r.company_id = b.company_id and r.id = b.run_id
        and r.state = 'published'
      join charging.pub_fee_item as f on f.company_id = b.company_id and f.id = b.fee_item_id
        and f.category <> 'deposit'
      where b.company_id = ${tx.companyId} and b.unit_id = ${unitId} and b.state <> 'void'
        and b.months > 0
      order by b.fee_item_id, b.period_start desc) as newest`);
  return monthlyFen === null ? undefined : fen(monthlyFen);
}
