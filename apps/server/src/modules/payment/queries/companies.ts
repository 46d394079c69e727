import { type Database, type Queryable, sql, type Tx } from '../../../platform/database/index.ts';

export interface Company {
  readonly shortCode: string;
  readonly timeZone: string;
}

export async function companyOf(tx: Tx): Promise<Company> {
  return await tx.one(sql<Company>`
    select short_code as "shortCode", time_zone as "timeZone" from identity.company
    where id = ${tx.companyId}`);
}

/** Short codes never change hands, so what was found stays true; only known ones are kept. */
const known = new WeakMap<Database, Map<string, string>>();

/** @returns the id of the company with a short code */
export async function companyByShortCode(
  db: Database,
  shortCode: string,
): Promise<string | undefined> {
  const codes = known.get(db) ?? new Map<string, string>();
  known.set(db, codes);
  const found = codes.get(shortCode) ?? (await readCode(db.global, shortCode));
  if (found !== undefined) codes.set(shortCode, found);
  return found;
}

async function readCode(db: Queryable, shortCode: string): Promise<string | undefined> {
  const row = await db.maybe(sql<{ companyId: string }>`
    select company_id as "companyId" from identity.pub_company_code
    where short_code = ${shortCode}`);
  return row?.companyId;
}
