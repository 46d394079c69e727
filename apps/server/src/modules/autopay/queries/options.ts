import type { Fen } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';

/** A fee item that is, or will be, charged to a home. */
export interface HomeItem {
  readonly unitId: string;
  readonly communityId: string;
  readonly communityName: string;
  readonly label: string;
  readonly feeItemId: string;
  readonly name: string;
  readonly newestFen: Fen | null;
  readonly paidBy: 'me' | 'other' | null;
}

/** Homes of one person times their fee items. */
const most = 500;

/** What homes are charged: fee items assigned to them or on a bill of theirs. */
export function homeItems(
  tx: Tx,
  { unitIds, accountId }: { readonly unitIds: readonly string[]; readonly accountId: string },
): Promise<HomeItem[]> {
  return tx.many(sql<HomeItem>`
    with charged as (
      select company_id, unit_id, fee_item_id from charging.pub_assignment
      where company_id = ${tx.companyId} and unit_id = any (${unitIds}::uuid[])
      union
      select company_id, unit_id, fee_item_id from billing.pub_bill
      where company_id = ${tx.companyId} and unit_id = any (${unitIds}::uuid[]))
    select unit.id as "unitId", unit.community_id as "communityId",
      community.name as "communityName", unit.label, item.id as "feeItemId", item.name, (
        select bill.amount_fen from billing.pub_bill as bill
        where bill.company_id = charged.company_id and bill.unit_id = charged.unit_id
          and bill.fee_item_id = charged.fee_item_id and bill.state = 'issued'
        order by bill.period_start desc, bill.id desc limit 1) as "newestFen", (
        select case when mandate.account_id = ${accountId} then 'me' else 'other' end
        from autopay.cover as cover
        join autopay.mandate as mandate on mandate.company_id = cover.company_id
          and mandate.id = cover.mandate_id
        where cover.company_id = charged.company_id and cover.unit_id = charged.unit_id
          and cover.fee_item_id = charged.fee_item_id and cover.state = 'live') as "paidBy"
    from charged
    join estate.pub_unit as unit on unit.company_id = charged.company_id
      and unit.id = charged.unit_id
    join estate.pub_community as community on community.company_id = unit.company_id
      and community.id = unit.community_id
    join charging.pub_fee_item as item on item.company_id = charged.company_id
      and item.id = charged.fee_item_id and item.state = 'active'
    order by community.name, unit.sort_key, unit.id, item.priority, item.name
    limit ${most}`);
}
