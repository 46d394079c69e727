import { sql, type Tx } from '../../../platform/database/index.ts';
import type { ImportScope } from './apply-staged.ts';
import { isReplaced } from './match-staged.ts';

/** People of an import, after its units: new ones, corrected ones, owners who were replaced. */
export async function applyPeople(tx: Tx, scope: ImportScope, at: Date): Promise<void> {
  await insertPeople(tx, scope, at);
  await correctPeople(tx, scope, at);
  await endReplacedOwners(tx, scope);
  await insertOccupancies(tx, scope, at);
}

async function insertPeople(tx: Tx, { importId }: ImportScope, at: Date): Promise<void> {
  await tx.run(sql`
    insert into estate.person (company_id, id, name_cipher, name_index, name_masked, phone_cipher,
      phone_index, phone_masked, id_number_cipher, id_number_index, created_at, updated_at)
    select p.company_id, p.id, p.name_cipher, p.name_index, p.name_masked, p.phone_cipher,
      p.phone_index, p.phone_masked, p.id_number_cipher, p.id_number_index, ${at}, ${at}
    from estate.import_person as p
    where p.company_id = ${tx.companyId} and p.import_id = ${importId} and p.person_id = p.id`);
}

/** A phone or id number that the file knows and we did not, or know differently. */
async function correctPeople(tx: Tx, { importId }: ImportScope, at: Date): Promise<void> {
  await tx.run(sql`
    update estate.person as q set
      phone_cipher = case when p.phone_index is null then q.phone_cipher else p.phone_cipher end,
      phone_masked = case when p.phone_index is null then q.phone_masked else p.phone_masked end,
      phone_index = coalesce(p.phone_index, q.phone_index),
      id_number_cipher = case when p.id_number_index is null then q.id_number_cipher
        else p.id_number_cipher end,
      id_number_index = coalesce(p.id_number_index, q.id_number_index), updated_at = ${at}
    from estate.import_person as p
    where q.company_id = ${tx.companyId} and p.company_id = q.company_id and p.person_id = q.id
      and p.import_id = ${importId} and p.person_id <> p.id and p.change <> 'unchanged'
      and (p.phone_index is distinct from q.phone_index
        or p.id_number_index is distinct from q.id_number_index)`);
  await tx.run(sql`
    update estate.occupancy as o set from_on = coalesce(p.from_on, o.from_on),
      to_on = coalesce(p.to_on, o.to_on)
    from estate.import_person as p
    where o.company_id = ${tx.companyId} and p.company_id = o.company_id and p.occupancy_id = o.id
      and p.import_id = ${importId} and p.change = 'changed'`);
}

async function endReplacedOwners(tx: Tx, { importId, today }: ImportScope): Promise<void> {
  await tx.run(sql`
    update estate.occupancy as o set to_on = greatest(${today}::date, o.from_on)
    from estate.import_unit as s
    where o.company_id = ${tx.companyId} and s.company_id = o.company_id and s.unit_id = o.unit_id
      and s.import_id = ${importId} and s.change = 'changed' and o.role = 'owner'
      and o.to_on is null and ${isReplaced}`);
}

async function insertOccupancies(tx: Tx, { importId }: ImportScope, at: Date): Promise<void> {
  await tx.run(sql`
    insert into estate.occupancy (company_id, id, unit_id, person_id, role, from_on, to_on,
      created_at)
    select p.company_id, p.id, s.unit_id, p.person_id, p.role, p.from_on, p.to_on, ${at}
    from estate.import_person as p
    join estate.import_unit as s on s.company_id = p.company_id and s.id = p.import_unit_id
    where p.company_id = ${tx.companyId} and p.import_id = ${importId}
      and p.occupancy_id is null`);
}
