import { sql, type Tx } from '../../../platform/database/index.ts';

export interface Place {
  readonly id: string;
  readonly name: string;
}

/** What stands on every gate and door, and nothing of who lives behind it. */
export async function communities(tx: Tx): Promise<Place[]> {
  return await tx.many(sql<Place>`
    select id, name from estate.pub_community where company_id = ${tx.companyId}
    order by name, id limit 500`);
}

export async function buildings(tx: Tx, communityId: string): Promise<Place[]> {
  return await tx.many(sql<Place>`
    select building_id as id, building_name as name from estate.pub_unit
    where company_id = ${tx.companyId} and community_id = ${communityId} and state = 'active'
    group by building_id, building_name
    order by min(sort_key), building_id limit 500`);
}

export async function doors(tx: Tx, buildingId: string): Promise<Place[]> {
  return await tx.many(sql<Place>`
    select id, label as name from estate.pub_unit
    where company_id = ${tx.companyId} and building_id = ${buildingId} and state = 'active'
    order by sort_key, id limit 2000`);
}

export interface Door {
  readonly unitId: string;
  readonly communityName: string;
  readonly label: string;
  readonly doorNo: string;
}

export async function doorOf(tx: Tx, unitId: string): Promise<Door | undefined> {
  return await tx.maybe(sql<Door>`
    select unit.id as "unitId", community.name as "communityName", unit.label,
      unit.door_no as "doorNo"
    from estate.pub_unit as unit
    join estate.pub_community as community
      on community.company_id = unit.company_id and community.id = unit.community_id
    where unit.company_id = ${tx.companyId} and unit.id = ${unitId} and unit.state = 'active'`);
}
