import type { SecretBox } from '../../../platform/crypto/secret-box.ts';
import { type Queryable, sql } from '../../../platform/database/index.ts';
import { nameIndex } from '../person-secrets.ts';

export interface HomeOfName {
  readonly name: string;
  readonly unitId: string;
  readonly label: string;
}

/** Homes of one name that are of use to anybody; more say nothing. */
const mostHomes = 1000;

/** The units in which people of these names live or which they own today, found by equality. */
export async function homesOfNames(
  tx: Queryable & { readonly companyId: string },
  secrets: SecretBox,
  names: readonly string[],
): Promise<HomeOfName[]> {
  if (names.length === 0) return [];
  const byIndex = new Map(
    names.map((name) => [nameIndex(secrets, tx.companyId, name).toString('hex'), name]),
  );
  const indexes = [...byIndex.keys()].map((hex) => Buffer.from(hex, 'hex'));
  const rows = await tx.many(sql<{ index: Buffer; unitId: string; label: string }>`
    select distinct p.name_index as index, o.unit_id as "unitId", u.label
    from estate.person as p
    join estate.occupancy as o on o.company_id = p.company_id and o.person_id = p.id
      and o.to_on is null
    join estate.unit as u on u.company_id = o.company_id and u.id = o.unit_id
    where p.company_id = ${tx.companyId} and p.name_index = any (${indexes}::bytea[])
    order by u.label, o.unit_id limit ${mostHomes}`);
  return rows.map(({ index, ...home }) => ({
    ...home,
    name: byIndex.get(index.toString('hex')) ?? '',
  }));
}
