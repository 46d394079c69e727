import type { CommunityView } from '@wuye-pay/contract';
import { emptySql, sql, type Tx } from '../../../platform/database/index.ts';

export interface PlacePage {
  readonly after: readonly (string | number)[] | undefined;
  readonly limit: number;
}

/** Communities by name. */
export function listCommunities(tx: Tx, { after, limit }: PlacePage): Promise<CommunityView[]> {
  return tx.many(sql<CommunityView>`
    select c.id, c.name, c.address, (
        select count(*) from estate.building as b
        where b.company_id = c.company_id and b.community_id = c.id) as buildings, (
        select count(*) from estate.unit as u
        where u.company_id = c.company_id and u.community_id = c.id
          and u.state = 'active') as units, (
        select jsonb_build_object('phone', s.phone, 'hours', s.hours)
        from estate.service_phone as s
        where s.company_id = c.company_id and s.id = c.id) as service
    from estate.community as c
    where c.company_id = ${tx.companyId}
      ${after === undefined ? emptySql : sql`and (c.name, c.id) > (${after[0]}, ${after[1]}::uuid)`}
    order by c.name, c.id limit ${limit + 1}`);
}

export interface BuildingRow {
  readonly id: string;
  readonly communityId: string;
  readonly name: string;
  readonly units: number;
}

/** Buildings as people count them: 2栋 before 10栋. */
export function listBuildings(
  tx: Tx,
  communityId: string,
  { after, limit }: PlacePage,
): Promise<(BuildingRow & { readonly number: number })[]> {
  // A name that begins with no number comes after those that do.
  const number = sql`coalesce(substring(b.name from '^[0-9]{1,9}')::bigint, 9999999999)`;
  const from = after ?? [-1, '', ''];
  return tx.many(sql<BuildingRow & { number: number }>`
    select b.id, b.community_id as "communityId", b.name, ${number} as number, (
        select count(*) from estate.unit as u
        where u.company_id = b.company_id and u.building_id = b.id and u.state = 'active') as units
    from estate.building as b
    where b.company_id = ${tx.companyId} and b.community_id = ${communityId}
      and (${number}, b.name) > (${from[0]}::bigint, ${from[1]})
    order by ${number}, b.name limit ${limit + 1}`);
}
