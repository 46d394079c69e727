import { sql, type Tx } from '../../../platform/database/index.ts';
import type { ImportScope } from './apply-staged.ts';

/**
 * Compares the rows of an import with the estate: which units and people are known, and what is
 * new or different. Natural keys decide: community, building, entrance and door number.
 */
export async function matchStaged(tx: Tx, scope: ImportScope): Promise<void> {
  await matchUnits(tx, scope);
  await matchPeople(tx, scope);
  await compareUnits(tx, scope);
}

async function matchUnits(tx: Tx, { importId }: ImportScope): Promise<void> {
  await tx.run(sql`
    update estate.import_unit as staged set unit_id = known.unit_id
    from (
      select s.company_id, s.id, u.id as unit_id
      from estate.import_unit as s
      left join estate.community as c on c.company_id = s.company_id and c.name = s.community
      left join estate.building as b
        on b.company_id = s.company_id and b.community_id = c.id and b.name = s.building
      left join estate.unit as u on u.company_id = s.company_id and u.building_id = b.id
        and u.entrance = s.entrance and u.door_no = s.door_no
      where s.company_id = ${tx.companyId} and s.import_id = ${importId}) as known
    where staged.company_id = ${tx.companyId} and known.company_id = staged.company_id
      and known.id = staged.id`);
}

/**
 * A person is known by name within a unit and role, else by name and phone within the company.
 * Rows of one person of the file get one person.
 */
async function matchPeople(tx: Tx, { importId }: ImportScope): Promise<void> {
  await tx.run(sql`
    update estate.import_person as staged set occupancy_id = found.occupancy_id,
      person_id = found.person_id, change = found.change
    from (
      select p.company_id, p.id, here.occupancy_id,
        first_value(coalesce(here.person_id, elsewhere.person_id, p.id)) over (
          partition by p.person_key
          order by coalesce(here.person_id, elsewhere.person_id) is null, p.id) as person_id,
        case when here.occupancy_id is null then 'new'
          when (p.phone_index is null or p.phone_index = here.phone_index)
            and (p.id_number_index is null or p.id_number_index = here.id_number_index)
            and (p.from_on is null or p.from_on = here.from_on)
            and (p.to_on is null or p.to_on = here.to_on) then 'unchanged'
          else 'changed' end as change
      from estate.import_person as p
      join estate.import_unit as s on s.company_id = p.company_id and s.id = p.import_unit_id
      left join lateral (
        select o.id as occupancy_id, o.person_id, o.from_on, o.to_on, q.phone_index,
          q.id_number_index
        from estate.occupancy as o
        join estate.person as q on q.company_id = o.company_id and q.id = o.person_id
        where o.company_id = p.company_id and o.unit_id = s.unit_id and o.role = p.role
          and q.name_index = p.name_index and (o.to_on is null or o.to_on = p.to_on)
        order by (q.phone_index is not distinct from p.phone_index) desc, o.id
        limit 1) as here on true
      left join lateral (
        select q.id as person_id from estate.person as q
        where q.company_id = p.company_id and q.phone_index = p.phone_index
          and q.name_index = p.name_index
        order by q.id limit 1) as elsewhere on true
      where p.company_id = ${tx.companyId} and p.import_id = ${importId}) as found
    where staged.company_id = ${tx.companyId} and found.company_id = staged.company_id
      and found.id = staged.id`);
}

async function compareUnits(tx: Tx, { importId, today }: ImportScope): Promise<void> {
  await tx.run(sql`
    update estate.import_unit as staged set change = compared.change
    from (
      select s.company_id, s.id, case
        when s.unit_id is null then 'new'
        when coalesce(s.floor, u.floor) <> u.floor or coalesce(s.kind, u.kind) <> u.kind
          or coalesce(s.moved_in_on, u.moved_in_on) is distinct from u.moved_in_on
          or coalesce(s.built_m2, a.built_m2) is distinct from a.built_m2
          or coalesce(s.inner_m2, a.inner_m2) is distinct from a.inner_m2
          or coalesce(s.chargeable_m2, a.chargeable_m2) is distinct from a.chargeable_m2
          or exists (
            select from estate.import_person as p
            where p.company_id = s.company_id and p.import_id = s.import_id
              and p.import_unit_id = s.id and p.change <> 'unchanged')
          or exists (
            select from estate.occupancy as o
            where o.company_id = s.company_id and o.unit_id = s.unit_id and o.role = 'owner'
              and o.to_on is null and ${isReplaced})
          then 'changed'
        else 'unchanged' end as change
      from estate.import_unit as s
      left join estate.unit as u on u.company_id = s.company_id and u.id = s.unit_id
      left join lateral (
        select built_m2, inner_m2, chargeable_m2 from estate.unit_area as area
        where area.company_id = s.company_id and area.unit_id = s.unit_id
          and area.effective_on <= ${today}
        order by area.effective_on desc limit 1) as a on true
      where s.company_id = ${tx.companyId} and s.import_id = ${importId}) as compared
    where staged.company_id = ${tx.companyId} and compared.company_id = staged.company_id
      and compared.id = staged.id`);
}

/** The file names owners of the unit `s`, and the occupancy `o` is none of theirs. */
export const isReplaced = sql`
  exists (
    select from estate.import_person as p
    where p.company_id = s.company_id and p.import_id = s.import_id and p.import_unit_id = s.id
      and p.role = 'owner')
  and not exists (
    select from estate.import_person as p
    where p.company_id = s.company_id and p.import_id = s.import_id and p.import_unit_id = s.id
      and p.occupancy_id = o.id)`;

export interface SheetChanges {
  readonly sheet: string;
  readonly change: 'new' | 'changed' | 'unchanged';
  readonly rows: number;
}

export function countChanges(tx: Tx, { importId }: ImportScope): Promise<SheetChanges[]> {
  return tx.many(sql<SheetChanges>`
    select sheet, change, count(*) as rows from estate.import_unit
    where company_id = ${tx.companyId} and import_id = ${importId}
    group by sheet, change`);
}

/** Communities and buildings that the import would make. */
export async function countNewPlaces(
  tx: Tx,
  { importId }: ImportScope,
): Promise<{ readonly communities: number; readonly buildings: number }> {
  return await tx.one(sql<{ communities: number; buildings: number }>`
    select count(distinct place.community) filter (where c.id is null) as communities,
      count(*) filter (where b.id is null) as buildings
    from (
      select company_id, community, building from estate.import_unit
      where company_id = ${tx.companyId} and import_id = ${importId}
      union
      select company_id, community, name from estate.import_building
      where company_id = ${tx.companyId} and import_id = ${importId}) as place
    left join estate.community as c
      on c.company_id = place.company_id and c.name = place.community
    left join estate.building as b on b.company_id = place.company_id and b.community_id = c.id
      and b.name = place.building
    where place.company_id = ${tx.companyId}`);
}
