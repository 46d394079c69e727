import type { UnitFilter } from '@wuye-pay/contract';
import { joinSql, type Statement, sql, type Tx } from '../../../platform/database/index.ts';

export interface Assigning {
  readonly filter: UnitFilter;
  readonly feeItemId: string;
  readonly tariffName: string;
  readonly fromOn: string;
  readonly toOn: string | null;
}

/** Units of estate.pub_unit as `u` that match every given part of a filter and are in use. */
export function unitMatches(tx: Tx, filter: UnitFilter): Statement {
  const parts = [
    sql`u.company_id = ${tx.companyId}`,
    sql`u.community_id = ${filter.communityId}`,
    sql`u.state = 'active'`,
  ];
  if (filter.buildingIds) parts.push(sql`u.building_id = any (${filter.buildingIds}::uuid[])`);
  if (filter.kinds) parts.push(sql`u.kind = any (${filter.kinds}::text[])`);
  if (filter.unitIds) parts.push(sql`u.id = any (${filter.unitIds}::uuid[])`);
  return joinSql(parts, ' and ');
}

/** Whether unit `u` pays the fee item on a day of the new assignment already. */
export function paysAlready(tx: Tx, assigning: Assigning): Statement {
  return sql`exists (
    select from charging.assignment as o
    where o.company_id = ${tx.companyId} and o.unit_id = u.id
      and o.fee_item_id = ${assigning.feeItemId}
      and (o.to_on is null or o.to_on >= ${assigning.fromOn})
      and (${assigning.toOn}::date is null or o.from_on <= ${assigning.toOn}::date))`;
}
