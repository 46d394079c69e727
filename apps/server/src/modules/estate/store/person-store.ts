import type { OccupancyRole } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';
import type { SealedPerson } from '../person-secrets.ts';

export async function insertPerson(
  tx: Tx,
  person: SealedPerson & { readonly id: string },
  at: Date,
): Promise<void> {
  await tx.run(sql`
    insert into estate.person (company_id, id, name_cipher, name_index, name_masked, phone_cipher,
      phone_index, phone_masked, id_number_cipher, id_number_index, created_at, updated_at)
    values (${tx.companyId}, ${person.id}, ${person.nameCipher}, ${person.nameIndex},
      ${person.nameMasked}, ${person.phoneCipher}, ${person.phoneIndex}, ${person.phoneMasked},
      ${person.idNumberCipher}, ${person.idNumberIndex}, ${at}, ${at})`);
}

export type StoredPerson = Pick<SealedPerson, 'nameCipher' | 'phoneCipher' | 'idNumberCipher'>;

export function lockPerson(tx: Tx, personId: string): Promise<StoredPerson | undefined> {
  return tx.maybe(sql<StoredPerson>`
    select name_cipher as "nameCipher", phone_cipher as "phoneCipher",
      id_number_cipher as "idNumberCipher"
    from estate.person where company_id = ${tx.companyId} and id = ${personId} for update`);
}

export async function updatePerson(
  tx: Tx,
  personId: string,
  person: SealedPerson,
  at: Date,
): Promise<void> {
  await tx.run(sql`
    update estate.person set name_cipher = ${person.nameCipher}, name_index = ${person.nameIndex},
      name_masked = ${person.nameMasked}, phone_cipher = ${person.phoneCipher},
      phone_index = ${person.phoneIndex}, phone_masked = ${person.phoneMasked},
      id_number_cipher = ${person.idNumberCipher}, id_number_index = ${person.idNumberIndex},
      updated_at = ${at}
    where company_id = ${tx.companyId} and id = ${personId}`);
}

export interface NewOccupancy {
  readonly id: string;
  readonly unitId: string;
  readonly personId: string;
  readonly role: OccupancyRole;
  readonly fromOn: string | null;
}

export async function insertOccupancy(tx: Tx, occupancy: NewOccupancy, at: Date): Promise<void> {
  await tx.run(sql`
    insert into estate.occupancy (company_id, id, unit_id, person_id, role, from_on, created_at)
    values (${tx.companyId}, ${occupancy.id}, ${occupancy.unitId}, ${occupancy.personId},
      ${occupancy.role}, ${occupancy.fromOn}, ${at})`);
}

export function lockOpenOccupancy(
  tx: Tx,
  unitId: string,
  occupancyId: string,
): Promise<{ readonly fromOn: string | null; readonly personId: string } | undefined> {
  return tx.maybe(sql<{ fromOn: string | null; personId: string }>`
    select from_on as "fromOn", person_id as "personId" from estate.occupancy
    where company_id = ${tx.companyId} and unit_id = ${unitId} and id = ${occupancyId}
      and to_on is null
    for update`);
}

export async function endOccupancy(tx: Tx, occupancyId: string, toOn: string): Promise<void> {
  await tx.run(sql`
    update estate.occupancy set to_on = ${toOn}
    where company_id = ${tx.companyId} and id = ${occupancyId}`);
}

/** The units that a person belongs to: where a change is told in the history. */
export function unitsOfPerson(tx: Tx, personId: string): Promise<{ readonly unitId: string }[]> {
  return tx.many(sql<{ unitId: string }>`
    select distinct unit_id as "unitId" from estate.occupancy
    where company_id = ${tx.companyId} and person_id = ${personId}
    order by unit_id limit 100`);
}
