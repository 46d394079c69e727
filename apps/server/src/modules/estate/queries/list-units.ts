import type { UnitKind } from '@wuye-pay/contract';
import {
  emptySql,
  joinSql,
  type Statement,
  sql,
  type Tx,
} from '../../../platform/database/index.ts';
import { likePrefix } from '../domain/search.ts';

/** A search with its blind indexes already worked out. */
export interface IndexedSearch {
  readonly door: string;
  readonly nameIndex: Buffer | null;
  readonly phoneIndex: Buffer | null;
  readonly phoneEnd: string | null;
}

export interface UnitListFilter {
  readonly communityId?: string | undefined;
  readonly buildingId?: string | undefined;
  readonly kind?: UnitKind | undefined;
  readonly state?: 'active' | 'retired' | undefined;
  readonly search?: IndexedSearch | undefined;
  /** Sort key and id of the last unit of the page before. */
  readonly after?: readonly (string | number)[] | undefined;
  readonly limit: number;
  readonly today: string;
}

export interface UnitListRow {
  readonly id: string;
  readonly communityId: string;
  readonly communityName: string;
  readonly buildingId: string;
  readonly buildingName: string;
  readonly entrance: string;
  readonly floor: string;
  readonly doorNo: string;
  readonly label: string;
  readonly sortKey: string;
  readonly kind: UnitKind;
  readonly state: 'active' | 'retired';
  readonly movedInOn: string | null;
  readonly builtM2: string | null;
  readonly innerM2: string | null;
  readonly chargeableM2: string | null;
  readonly owners: { nameMasked: string; phoneMasked: string | null }[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Units in the order in which people count them, a page at a time. */
export function listUnits(tx: Tx, filter: UnitListFilter): Promise<UnitListRow[]> {
  return tx.many(sql<UnitListRow>`
    ${unitColumns(filter.today)}
    where u.company_id = ${tx.companyId} ${filterSql(tx, filter)}
    order by u.sort_key, u.id limit ${filter.limit}`);
}

export function unitRow(tx: Tx, unitId: string, today: string): Promise<UnitListRow | undefined> {
  return tx.maybe(sql<UnitListRow>`
    ${unitColumns(today)}
    where u.company_id = ${tx.companyId} and u.id = ${unitId}`);
}

function unitColumns(today: string): Statement {
  return sql`
    select u.id, u.community_id as "communityId", c.name as "communityName",
      u.building_id as "buildingId", b.name as "buildingName", u.entrance, u.floor,
      u.door_no as "doorNo", u.label, u.sort_key as "sortKey", u.kind, u.state,
      u.moved_in_on as "movedInOn", u.created_at as "createdAt", u.updated_at as "updatedAt",
      trim_scale(a.built_m2)::text as "builtM2", trim_scale(a.inner_m2)::text as "innerM2",
      trim_scale(a.chargeable_m2)::text as "chargeableM2", coalesce((
        select jsonb_agg(jsonb_build_object('nameMasked', p.name_masked,
          'phoneMasked', p.phone_masked) order by o.id)
        from estate.occupancy as o
        join estate.person as p on p.company_id = o.company_id and p.id = o.person_id
        where o.company_id = u.company_id and o.unit_id = u.id and o.role = 'owner'
          and (o.to_on is null or o.to_on >= ${today})), '[]') as owners
    from estate.unit as u
    join estate.community as c on c.company_id = u.company_id and c.id = u.community_id
    join estate.building as b on b.company_id = u.company_id and b.id = u.building_id
    left join lateral (
      select built_m2, inner_m2, chargeable_m2 from estate.unit_area as area
      where area.company_id = u.company_id and area.unit_id = u.id
        and area.effective_on <= ${today}
      order by area.effective_on desc limit 1) as a on true`;
}

function filterSql(tx: Tx, filter: UnitListFilter): Statement {
  const parts: (Statement | undefined)[] = [
    filter.communityId && sql`and u.community_id = ${filter.communityId}`,
    filter.buildingId && sql`and u.building_id = ${filter.buildingId}`,
    filter.kind && sql`and u.kind = ${filter.kind}`,
    filter.state && sql`and u.state = ${filter.state}`,
    filter.search && searchSql(tx, filter.search),
    filter.after && sql`and (u.sort_key, u.id) > (${filter.after[0]}, ${filter.after[1]}::uuid)`,
  ].map((part) => part || undefined);
  const given = parts.filter((part) => part !== undefined);
  return given.length > 0 ? joinSql(given, ' ') : emptySql;
}

/** One union of ids, each part by its own index: an `or` over tables would read them all. */
function searchSql(tx: Tx, search: IndexedSearch): Statement {
  const { companyId } = tx;
  const prefix = likePrefix(search.door);
  const person = (condition: Statement) => sql`
    union
    select o.unit_id from estate.person as p
    join estate.occupancy as o on o.company_id = p.company_id and o.person_id = p.id
    where p.company_id = ${companyId} and ${condition}`;
  return sql`and u.id in (
    select id from estate.unit where company_id = ${companyId} and door_no like ${prefix}
    union
    select id from estate.unit where company_id = ${companyId} and label like ${prefix}
    ${search.nameIndex ? person(sql`p.name_index = ${search.nameIndex}`) : emptySql}
    ${search.phoneIndex ? person(sql`p.phone_index = ${search.phoneIndex}`) : emptySql}
    ${search.phoneEnd ? person(sql`right(p.phone_masked, 4) = ${search.phoneEnd}`) : emptySql})`;
}
