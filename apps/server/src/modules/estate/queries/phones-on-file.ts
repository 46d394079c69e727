import type { SecretBox } from '../../../platform/crypto/secret-box.ts';
import { type Queryable, sql } from '../../../platform/database/index.ts';
import { nameIndex, openPhone, phoneIndex } from '../person-secrets.ts';

type CompanyTx = Queryable & { readonly companyId: string };

export interface OwnerPhone {
  readonly unitId: string;
  readonly personId: string;
  readonly nameMasked: string;
  readonly phone: string;
  /** Equal for equal phones: one owner of several homes is one receiver. */
  readonly phoneIndex: Buffer;
}

/**
 * The clear phones of the units' owners of a day, for messages to them. It leaves no audit entry,
 * so it is for jobs that send, never for a screen.
 */
export async function ownerPhonesOf(
  tx: CompanyTx,
  secrets: SecretBox,
  { unitIds, day }: { readonly unitIds: readonly string[]; readonly day: string },
): Promise<OwnerPhone[]> {
  if (unitIds.length === 0) return [];
  const rows = await tx.many(sql<Omit<OwnerPhone, 'phone'> & { cipher: Buffer }>`
    select o.unit_id as "unitId", o.person_id as "personId", p.name_masked as "nameMasked",
      p.phone_cipher as cipher, p.phone_index as "phoneIndex"
    from estate.occupancy as o
    join estate.person as p on p.company_id = o.company_id and p.id = o.person_id
    where o.company_id = ${tx.companyId} and o.unit_id = any (${unitIds}::uuid[])
      and o.role = 'owner' and p.phone_cipher is not null
      and (o.from_on is null or o.from_on <= ${day}) and (o.to_on is null or o.to_on >= ${day})
    order by o.unit_id, o.id`);
  return rows.map(({ cipher, ...row }) => ({
    ...row,
    phone: openPhone(secrets, tx.companyId, cipher),
  }));
}

export interface HomeOnFile {
  readonly unitId: string;
  readonly personId: string;
  readonly communityName: string;
  readonly label: string;
  readonly role: 'owner' | 'tenant' | 'family';
  readonly nameMasked: string;
}

/** Of one phone or name that are of use to anybody; more say nothing. */
const mostHomes = 50;

/** Where the house list names this phone on that day; one row a unit, the strongest role. */
export async function homesOfPhone(
  tx: CompanyTx,
  secrets: SecretBox,
  { phone, day }: { readonly phone: string; readonly day: string },
): Promise<HomeOnFile[]> {
  const index = phoneIndex(secrets, tx.companyId, phone);
  return await tx.many(sql<HomeOnFile>`
    select distinct on (u.sort_key, u.id) u.id as "unitId", p.id as "personId",
      c.name as "communityName", u.label, o.role, p.name_masked as "nameMasked"
    from estate.person as p
    join estate.occupancy as o on o.company_id = p.company_id and o.person_id = p.id
    join estate.unit as u on u.company_id = o.company_id and u.id = o.unit_id
      and u.state = 'active'
    join estate.community as c on c.company_id = u.company_id and c.id = u.community_id
    where p.company_id = ${tx.companyId} and p.phone_index = ${index}
      and (o.from_on is null or o.from_on <= ${day}) and (o.to_on is null or o.to_on >= ${day})
    order by u.sort_key, u.id, case o.role when 'owner' then 1 when 'tenant' then 2 else 3 end
    limit ${mostHomes}`);
}

export interface Occupant {
  readonly personId: string;
  readonly role: 'owner' | 'tenant' | 'family';
}

/** Somebody of this name who lives in or owns a unit on that day, found by equality. */
export async function occupantOfName(
  tx: CompanyTx,
  secrets: SecretBox,
  input: { readonly unitId: string; readonly name: string; readonly day: string },
): Promise<Occupant | undefined> {
  const { unitId, day } = input;
  const name = input.name.normalize('NFKC').replace(/\s+/g, ' ').trim();
  const index = nameIndex(secrets, tx.companyId, name);
  return await tx.maybe(sql<Occupant>`
    select p.id as "personId", o.role
    from estate.person as p
    join estate.occupancy as o on o.company_id = p.company_id and o.person_id = p.id
    where p.company_id = ${tx.companyId} and p.name_index = ${index} and o.unit_id = ${unitId}
      and (o.from_on is null or o.from_on <= ${day}) and (o.to_on is null or o.to_on >= ${day})
    order by case o.role when 'owner' then 1 when 'tenant' then 2 else 3 end, o.id
    limit 1`);
}
