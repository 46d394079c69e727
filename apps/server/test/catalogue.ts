import { createDatabase, type Database, sql } from '../src/platform/database/index.ts';
import { createTestDatabase } from './database.ts';

/** A migrated database seen by its owner, to read its catalogue. */
export interface Catalogue {
  readonly db: Database;
  /** The first column of the rows, sorted: the names of what breaks a rule. */
  names(statement: ReturnType<typeof sql<{ name: string }>>): Promise<string[]>;
  close(): Promise<void>;
}

export async function openCatalogue(): Promise<Catalogue> {
  const database = await createTestDatabase();
  const db = createDatabase({ url: database.ownerUrl, poolSize: 2 });
  return {
    db,
    names: async (statement) => (await db.global.many(statement)).map(({ name }) => name).sort(),
    async close() {
      await db.close();
      await database.drop();
    },
  };
}

export const schemas = sql`('pg_catalog', 'information_schema', 'pg_toast')`;
/** The migrations' own record of what they did; no request touches them. */
const bookkeeping = sql`('platform.migration', 'platform.table_kind')`;

/** Every table with its declared kind; a partition is looked at on its parent. */
export const tables = sql`(
  select class.oid, space.nspname || '.' || class.relname as name, kind.kind, kind.append_only,
    class.relrowsecurity
  from pg_class as class
  join pg_namespace as space on space.oid = class.relnamespace
  left join platform.table_kind as kind on kind.name = space.nspname || '.' || class.relname
  where class.relkind in ('r', 'p') and not class.relispartition
    and space.nspname not in ${schemas}
    and space.nspname || '.' || class.relname not in ${bookkeeping})`;
