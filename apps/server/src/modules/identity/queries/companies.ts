import { type Queryable, sql, type Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';

/** The directory is insert-only, so what was found once stays true. */
const found = new WeakMap<Queryable, Map<string, string>>();
/** Beyond it the memory starts anew; an entry has about 100 bytes. */
const maxFound = 10_000;

/** The company that a code on paper or in an order number names. */
export async function companyByShortCode(
  deps: Pick<Deps, 'db'>,
  shortCode: string,
): Promise<{ companyId: string; shortCode: string } | undefined> {
  const db = deps.db.global;
  const known = found.get(db) ?? new Map<string, string>();
  found.set(db, known);
  const companyId = known.get(shortCode);
  if (companyId !== undefined) return { companyId, shortCode };
  const row = await db.maybe(sql<{ companyId: string }>`
    select company_id as "companyId" from identity.company_code where short_code = ${shortCode}`);
  if (row === undefined) return undefined;
  if (known.size >= maxFound) known.clear();
  known.set(shortCode, row.companyId);
  return { companyId: row.companyId, shortCode };
}

export interface Company {
  readonly id: string;
  readonly shortCode: string;
  readonly name: string;
  readonly timeZone: string;
}

export async function companyOf(tx: Tx): Promise<Company> {
  return await tx.one(sql<Company>`
    select id, short_code as "shortCode", name, time_zone as "timeZone"
    from identity.company where id = ${tx.companyId}`);
}

/** Of every company; with the jobs role. */
export async function companyIds(db: Queryable): Promise<string[]> {
  const rows = await db.many(sql<{ id: string }>`select id from identity.company order by id`);
  return rows.map(({ id }) => id);
}

/** Whether anybody at all can sign in; with the jobs role. */
export async function hasStaff(db: Queryable): Promise<boolean> {
  const row = await db.one(sql<{ count: number }>`select count(*) as count from identity.staff`);
  return row.count > 0;
}
