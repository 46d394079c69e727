import { sql, type Tx } from '../../../platform/database/index.ts';

export interface UnitName {
  readonly unitId: string;
  readonly communityId: string;
  readonly communityName: string;
  readonly label: string;
}

/** In the order of the houses. */
export function unitNames(tx: Tx, unitIds: readonly string[]): Promise<UnitName[]> {
  return tx.many(sql<UnitName>`
    select unit.id as "unitId", unit.community_id as "communityId",
      community.name as "communityName", unit.label
    from estate.pub_unit as unit
    join estate.pub_community as community on community.company_id = unit.company_id
      and community.id = unit.community_id
    where unit.company_id = ${tx.companyId} and unit.id = any (${unitIds}::uuid[])
    order by community.name, unit.sort_key, unit.id limit 100`);
}
