import { type Queryable, sql } from '../../../platform/database/index.ts';

/** Of every company that has accounts; with the jobs role. */
export async function companiesWithBooks(db: Queryable): Promise<string[]> {
  const rows = await db.many(sql<{ id: string }>`
    select company_id as id from ledger.account group by company_id order by company_id`);
  return rows.map(({ id }) => id);
}
