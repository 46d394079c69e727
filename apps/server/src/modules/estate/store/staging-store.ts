import { sql, type Tx } from '../../../platform/database/index.ts';
import type { ListedBuilding } from '../domain/import/house-list.ts';
import type { RowProblem } from '../domain/import/row-reader.ts';
import type { Occupant, UnitDraft } from '../domain/import/unit-row.ts';
import { labelOf, sortKeyOf } from '../domain/unit-label.ts';
import type { SealedPerson } from '../person-secrets.ts';

export interface StagedRow {
  readonly id: string;
  readonly sheet: string;
  readonly rowNo: number;
}

export interface StagedUnit extends StagedRow {
  readonly unit: UnitDraft;
}

export interface StagedPerson extends SealedPerson, Pick<Occupant, 'role' | 'fromOn' | 'toOn'> {
  readonly id: string;
  readonly importUnitId: string;
  readonly personKey: Buffer;
}

export async function insertStagedUnits(
  tx: Tx,
  importId: string,
  rows: readonly StagedUnit[],
): Promise<void> {
  const all = <Value>(pick: (row: StagedUnit) => Value) => rows.map(pick);
  await tx.run(sql`
    insert into estate.import_unit (company_id, id, import_id, sheet, row_no, community, building,
      entrance, door_no, floor, kind, label, sort_key, moved_in_on, built_m2, inner_m2,
      chargeable_m2, fees)
    select company.id, u.id, ${importId}, u.sheet, u.row_no, u.community, u.building, u.entrance,
      u.door_no, u.floor, u.kind, u.label, u.sort_key, u.moved_in_on, u.built_m2, u.inner_m2,
      u.chargeable_m2, u.fees
    from identity.company as company
    cross join unnest(${all(({ id }) => id)}::uuid[], ${all(({ sheet }) => sheet)}::text[],
      ${all(({ rowNo }) => rowNo)}::integer[], ${all(({ unit }) => unit.community)}::text[],
      ${all(({ unit }) => unit.place.building)}::text[],
      ${all(({ unit }) => unit.place.entrance)}::text[],
      ${all(({ unit }) => unit.place.doorNo)}::text[], ${all(({ unit }) => unit.floor)}::text[],
      ${all(({ unit }) => unit.kind)}::text[], ${all(({ unit }) => labelOf(unit.place))}::text[],
      ${all(({ unit }) => sortKeyOf(unit.place))}::text[],
      ${all(({ unit }) => unit.movedInOn)}::date[], ${all(({ unit }) => unit.builtM2)}::numeric[],
      ${all(({ unit }) => unit.innerM2)}::numeric[],
      ${all(({ unit }) => unit.chargeableM2)}::numeric[],
      ${all(({ unit }) => JSON.stringify(unit.fees))}::jsonb[])
      as u (id, sheet, row_no, community, building, entrance, door_no, floor, kind, label, sort_key,
        moved_in_on, built_m2, inner_m2, chargeable_m2, fees)
    where company.id = ${tx.companyId}`);
}

export async function insertStagedPeople(
  tx: Tx,
  importId: string,
  rows: readonly StagedPerson[],
): Promise<void> {
  const all = <Value>(pick: (row: StagedPerson) => Value) => rows.map(pick);
  await tx.run(sql`
    insert into estate.import_person (company_id, id, import_id, import_unit_id, person_key, role,
      from_on, to_on, name_cipher, name_index, name_masked, phone_cipher, phone_index, phone_masked,
      id_number_cipher, id_number_index)
    select company.id, p.id, ${importId}, p.import_unit_id, p.person_key, p.role, p.from_on,
      p.to_on, p.name_cipher, p.name_index, p.name_masked, p.phone_cipher, p.phone_index,
      p.phone_masked, p.id_number_cipher, p.id_number_index
    from identity.company as company
    cross join unnest(${all(({ id }) => id)}::uuid[],
      ${all(({ importUnitId }) => importUnitId)}::uuid[],
      ${all(({ personKey }) => personKey)}::bytea[], ${all(({ role }) => role)}::text[],
      ${all(({ fromOn }) => fromOn)}::date[], ${all(({ toOn }) => toOn)}::date[],
      ${all(({ nameCipher }) => nameCipher)}::bytea[],
      ${all(({ nameIndex }) => nameIndex)}::bytea[],
      ${all(({ nameMasked }) => nameMasked)}::text[],
      ${all(({ phoneCipher }) => phoneCipher)}::bytea[],
      ${all(({ phoneIndex }) => phoneIndex)}::bytea[],
      ${all(({ phoneMasked }) => phoneMasked)}::text[],
      ${all(({ idNumberCipher }) => idNumberCipher)}::bytea[],
      ${all(({ idNumberIndex }) => idNumberIndex)}::bytea[])
      as p (id, import_unit_id, person_key, role, from_on, to_on, name_cipher, name_index,
        name_masked, phone_cipher, phone_index, phone_masked, id_number_cipher, id_number_index)
    where company.id = ${tx.companyId}`);
}

export async function insertStagedBuildings(
  tx: Tx,
  importId: string,
  rows: readonly (StagedRow & { readonly building: ListedBuilding })[],
): Promise<void> {
  await tx.run(sql`
    insert into estate.import_building (company_id, id, import_id, sheet, row_no, community, name)
    select company.id, b.id, ${importId}, b.sheet, b.row_no, b.community, b.name
    from identity.company as company
    cross join unnest(${rows.map(({ id }) => id)}::uuid[],
      ${rows.map(({ sheet }) => sheet)}::text[], ${rows.map(({ rowNo }) => rowNo)}::integer[],
      ${rows.map(({ building }) => building.community)}::text[],
      ${rows.map(({ building }) => building.name)}::text[])
      as b (id, sheet, row_no, community, name)
    where company.id = ${tx.companyId}`);
}

export interface StagedProblem extends RowProblem {
  readonly id: string;
  readonly sheetNo: number;
  readonly sheet: string;
}

export async function insertProblems(
  tx: Tx,
  importId: string,
  rows: readonly StagedProblem[],
): Promise<void> {
  const all = <Value>(pick: (row: StagedProblem) => Value) => rows.map(pick);
  await tx.run(sql`
    insert into estate.import_problem (company_id, id, import_id, severity, sheet_no, sheet, row_no,
      column_name, header, value, reason, advice)
    select company.id, p.id, ${importId}, p.severity, p.sheet_no, p.sheet, p.row_no, p.column_name,
      p.header, p.value, p.reason, p.advice
    from identity.company as company
    cross join unnest(${all(({ id }) => id)}::uuid[], ${all(({ severity }) => severity)}::text[],
      ${all(({ sheetNo }) => sheetNo)}::integer[], ${all(({ sheet }) => sheet)}::text[],
      ${all(({ row }) => row)}::integer[], ${all(({ column }) => column)}::text[],
      ${all(({ header }) => header)}::text[], ${all(({ value }) => value)}::text[],
      ${all(({ reason }) => reason)}::text[], ${all(({ advice }) => advice)}::text[])
      as p (id, severity, sheet_no, sheet, row_no, column_name, header, value, reason, advice)
    where company.id = ${tx.companyId}`);
}

/** All rows that an import put aside; `keepProblems` when the import is done. */
export async function clearStaging(tx: Tx, importId: string, keepProblems: boolean): Promise<void> {
  const { companyId } = tx;
  await tx.run(sql`
    delete from estate.import_person where company_id = ${companyId} and import_id = ${importId}`);
  await tx.run(sql`
    delete from estate.import_unit where company_id = ${companyId} and import_id = ${importId}`);
  await tx.run(sql`
    delete from estate.import_building
    where company_id = ${companyId} and import_id = ${importId}`);
  if (keepProblems) return;
  await tx.run(sql`
    delete from estate.import_problem where company_id = ${companyId} and import_id = ${importId}`);
}
