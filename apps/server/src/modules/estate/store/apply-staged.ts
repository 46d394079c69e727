import { type Statement, sql, type Tx } from '../../../platform/database/index.ts';
import { alwaysOn } from '../domain/area.ts';

export interface ImportScope {
  readonly importId: string;
  /** The company's day: changed areas and owners count from it. */
  readonly today: string;
}

/** Communities and buildings that are missing; then locks the communities, in key order. */
export async function makePlaces(tx: Tx, { importId }: ImportScope, at: Date): Promise<void> {
  const places = placesOf(tx, importId);
  await tx.run(sql`
    insert into estate.community (company_id, id, name, created_at)
    select place.company_id, platform.derived_id(${at.getTime()},
        concat_ws('/', 'community', place.company_id, place.community)),
      place.community, ${at}
    from (select distinct company_id, community from (${places}) as p) as place
    where place.company_id = ${tx.companyId}
    on conflict on constraint community_name_key do nothing`);
  await tx.many(sql`
    select id from estate.community
    where company_id = ${tx.companyId} and name in (select community from (${places}) as p)
    order by id for update`);
  await tx.run(sql`
    insert into estate.building (company_id, id, community_id, name, created_at)
    select place.company_id, platform.derived_id(${at.getTime()},
        concat_ws('/', 'building', c.id, place.building)),
      c.id, place.building, ${at}
    from (${places}) as place
    join estate.community as c on c.company_id = place.company_id and c.name = place.community
    where place.company_id = ${tx.companyId}
    on conflict on constraint building_name_key do nothing`);
}

function placesOf(tx: Tx, importId: string): Statement {
  return sql`
    select company_id, community, building from estate.import_unit
    where company_id = ${tx.companyId} and import_id = ${importId}
    union
    select company_id, community, name from estate.import_building
    where company_id = ${tx.companyId} and import_id = ${importId}`;
}

/** New and changed units with their areas, after matchStaged. */
export async function applyUnits(tx: Tx, { importId, today }: ImportScope, at: Date) {
  const { companyId } = tx;
  await tx.run(sql`
    insert into estate.unit (company_id, id, community_id, building_id, entrance, floor, door_no,
      kind, label, sort_key, moved_in_on, created_at, updated_at)
    select s.company_id, s.id, c.id, b.id, s.entrance, coalesce(s.floor, ''), s.door_no,
      coalesce(s.kind, 'home'), s.label, s.sort_key, s.moved_in_on, ${at}, ${at}
    from estate.import_unit as s
    join estate.community as c on c.company_id = s.company_id and c.name = s.community
    join estate.building as b
      on b.company_id = s.company_id and b.community_id = c.id and b.name = s.building
    where s.company_id = ${companyId} and s.import_id = ${importId} and s.change = 'new'`);
  await tx.run(sql`
    update estate.import_unit set unit_id = id
    where company_id = ${companyId} and import_id = ${importId} and change = 'new'`);
  await tx.run(sql`
    update estate.unit as u set floor = coalesce(s.floor, u.floor),
      kind = coalesce(s.kind, u.kind), moved_in_on = coalesce(s.moved_in_on, u.moved_in_on),
      updated_at = ${at}
    from estate.import_unit as s
    where u.company_id = ${companyId} and s.company_id = u.company_id and s.unit_id = u.id
      and s.import_id = ${importId} and s.change = 'changed'`);
  await tx.run(sql`
    insert into estate.unit_area (company_id, id, unit_id, effective_on, built_m2, inner_m2,
      chargeable_m2, created_at)
    select s.company_id, s.id, s.unit_id,
      case when a.unit_id is null then ${alwaysOn}::date else ${today}::date end,
      coalesce(s.built_m2, a.built_m2), coalesce(s.inner_m2, a.inner_m2),
      coalesce(s.chargeable_m2, a.chargeable_m2), ${at}
    from estate.import_unit as s
    left join lateral (
      select area.unit_id, built_m2, inner_m2, chargeable_m2 from estate.unit_area as area
      where area.company_id = s.company_id and area.unit_id = s.unit_id
        and area.effective_on <= ${today}
      order by area.effective_on desc limit 1) as a on true
    where s.company_id = ${companyId} and s.import_id = ${importId} and s.change <> 'unchanged'
      and (coalesce(s.built_m2, a.built_m2) is distinct from a.built_m2
        or coalesce(s.inner_m2, a.inner_m2) is distinct from a.inner_m2
        or coalesce(s.chargeable_m2, a.chargeable_m2) is distinct from a.chargeable_m2)
    on conflict on constraint unit_area_day_key do update set built_m2 = excluded.built_m2,
      inner_m2 = excluded.inner_m2, chargeable_m2 = excluded.chargeable_m2`);
}

/** What the fee sheet says of each unit; for the module that charges. */
export interface StagedAssignment {
  readonly communityId: string;
  readonly unitId: string;
  readonly feeNo: string;
  readonly fromOn: string | null;
}

export function stagedAssignments(tx: Tx, { importId }: ImportScope): Promise<StagedAssignment[]> {
  return tx.many(sql<StagedAssignment>`
    select u.community_id as "communityId", u.id as "unitId", fee.value ->> 'no' as "feeNo",
      fee.value ->> 'fromOn' as "fromOn"
    from estate.import_unit as s
    join estate.unit as u on u.company_id = s.company_id and u.id = s.unit_id
    cross join lateral jsonb_array_elements(s.fees) as fee (value)
    where s.company_id = ${tx.companyId} and s.import_id = ${importId}
    order by u.id, "feeNo"`);
}

/** The communities that an import writes to. */
export function stagedCommunities(tx: Tx, { importId }: ImportScope) {
  return tx.many(sql<{ readonly id: string; readonly name: string }>`
    select c.id, c.name from estate.community as c
    where c.company_id = ${tx.companyId} and c.name in (
      select community from (${placesOf(tx, importId)}) as p)
    order by c.id`);
}
