import { fen } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';
import type { ChosenBill } from '../domain/cart.ts';

/** Published bills by id, paid ones too: what a retry names may be paid meanwhile. */
export async function chosenBills(
  tx: Tx,
  billIds: readonly string[],
): Promise<ReadonlyMap<string, ChosenBill>> {
  const rows = await tx.many(sql<ChosenBill>`
    select id, unit_id as "unitId", community_id as "communityId", fee_item_id as "feeItemId",
      amount_fen - paid_fen - waived_fen as "openFen"
    from billing.pub_bill
    where company_id = ${tx.companyId} and id = any (${billIds}::uuid[])`);
  return new Map(rows.map((row) => [row.id, { ...row, openFen: fen(row.openFen) }]));
}
