import { type Queryable, sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';
import { type BuiltInRoleKey, builtInRoles } from '../domain/roles.ts';

export interface NewCompany {
  readonly name: string;
  readonly shortCode: string;
  readonly timeZone: string;
}

/**
 * Reserves a short code in the directory; it stays reserved if the rest fails.
 * @returns the company that the code belongs to, which is another one when it was taken
 */
export async function reserveShortCode(
  db: Queryable,
  shortCode: string,
  companyId: string,
): Promise<string> {
  await db.run(sql`
    insert into identity.company_code (short_code, company_id) values (${shortCode}, ${companyId})
    on conflict (short_code) do nothing`);
  const row = await db.one(sql<{ companyId: string }>`
    select company_id as "companyId" from identity.company_code where short_code = ${shortCode}`);
  return row.companyId;
}

/** @returns 0 when the company exists */
export async function insertCompany(tx: Tx, company: NewCompany, at: Date): Promise<number> {
  return await tx.run(sql`
    insert into identity.company (id, short_code, name, time_zone, created_at)
    values (${tx.companyId}, ${company.shortCode}, ${company.name}, ${company.timeZone}, ${at})
    on conflict (id) do nothing`);
}

/** The id follows from the key, so a role need not be looked up. */
export function builtInRoleId(companyId: string, key: BuiltInRoleKey): string {
  return derivedId(companyId, 'role', key);
}

export async function insertBuiltInRoles(tx: Tx, at: Date): Promise<void> {
  const rows = builtInRoles.map((role) => ({
    ...role,
    id: builtInRoleId(tx.companyId, role.key),
  }));
  await tx.run(sql`
    insert into identity.role (company_id, id, name, name_en, permissions, created_at)
    select company.id, role.id, role.name, role.name_en, string_to_array(role.permissions, ' '),
      ${at}
    from identity.company as company
    cross join unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ name }) => name)}::text[],
      ${rows.map(({ nameEn }) => nameEn)}::text[],
      ${rows.map(({ permissions }) => permissions.join(' '))}::text[])
      as role (id, name, name_en, permissions)
    where company.id = ${tx.companyId}
    on conflict do nothing`);
}
