import type { UnitKind } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';
import type { Areas } from '../domain/area.ts';

export interface UnitRecord {
  readonly id: string;
  readonly communityId: string;
  readonly buildingId: string;
  readonly buildingName: string;
  readonly entrance: string;
  readonly floor: string;
  readonly doorNo: string;
  readonly kind: UnitKind;
  readonly label: string;
  readonly sortKey: string;
  readonly movedInOn: string | null;
  readonly state: 'active' | 'retired';
}

/** @throws the database's unique violation unit_door_key when the door is taken */
export async function insertUnit(
  tx: Tx,
  unit: Omit<UnitRecord, 'buildingName' | 'state'>,
  at: Date,
): Promise<void> {
  await tx.run(sql`
    insert into estate.unit (company_id, id, community_id, building_id, entrance, floor, door_no,
      kind, label, sort_key, moved_in_on, created_at, updated_at)
    values (${tx.companyId}, ${unit.id}, ${unit.communityId}, ${unit.buildingId}, ${unit.entrance},
      ${unit.floor}, ${unit.doorNo}, ${unit.kind}, ${unit.label}, ${unit.sortKey},
      ${unit.movedInOn}, ${at}, ${at})`);
}

export function lockUnit(tx: Tx, unitId: string): Promise<UnitRecord | undefined> {
  return tx.maybe(sql<UnitRecord>`
    select u.id, u.community_id as "communityId", u.building_id as "buildingId",
      b.name as "buildingName", u.entrance, u.floor, u.door_no as "doorNo", u.kind, u.label,
      u.sort_key as "sortKey", u.moved_in_on as "movedInOn", u.state
    from estate.unit as u
    join estate.building as b on b.company_id = u.company_id and b.id = u.building_id
    where u.company_id = ${tx.companyId} and u.id = ${unitId}
    for update of u`);
}

export async function updateUnit(tx: Tx, unit: UnitRecord, at: Date): Promise<void> {
  await tx.run(sql`
    update estate.unit set floor = ${unit.floor}, door_no = ${unit.doorNo}, kind = ${unit.kind},
      label = ${unit.label}, sort_key = ${unit.sortKey}, moved_in_on = ${unit.movedInOn},
      state = ${unit.state}, updated_at = ${at}
    where company_id = ${tx.companyId} and id = ${unit.id}`);
}

/** Areas from a day on; an entry of the same day is corrected. */
export async function saveArea(
  tx: Tx,
  area: Areas & { readonly id: string; readonly unitId: string; readonly effectiveOn: string },
  at: Date,
): Promise<void> {
  await tx.run(sql`
    insert into estate.unit_area (company_id, id, unit_id, effective_on, built_m2, inner_m2,
      chargeable_m2, created_at)
    values (${tx.companyId}, ${area.id}, ${area.unitId}, ${area.effectiveOn}, ${area.builtM2},
      ${area.innerM2}, ${area.chargeableM2}, ${at})
    on conflict on constraint unit_area_day_key do update set built_m2 = excluded.built_m2,
      inner_m2 = excluded.inner_m2, chargeable_m2 = excluded.chargeable_m2`);
}

/** The areas in force on a day. */
export function areaOn(tx: Tx, unitId: string, day: string): Promise<Areas | undefined> {
  return tx.maybe(sql<Areas>`
    select built_m2 as "builtM2", inner_m2 as "innerM2", chargeable_m2 as "chargeableM2"
    from estate.unit_area
    where company_id = ${tx.companyId} and unit_id = ${unitId} and effective_on <= ${day}
    order by effective_on desc limit 1`);
}
