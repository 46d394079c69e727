import { sql, type Tx } from '../../../platform/database/index.ts';

/** Fits the rules of routing that name no fee item. */
const noFeeItem = '00000000-0000-0000-0000-000000000000';

/**
 * As what money paid ahead is routed: it will pay running fees, so it goes where the money of the
 * first of these goes.
 */
export async function topUpFeeItem(tx: Tx): Promise<string> {
  const row = await tx.maybe(sql<{ id: string }>`
    select id from charging.pub_fee_item
    where company_id = ${tx.companyId} and state = 'active' and category = 'income'
    order by priority, id limit 1`);
  return row?.id ?? noFeeItem;
}
