import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { splitStatements } from './split-statements.ts';

export interface MigrateOptions {
  /** The owner's connection, not the application's. */
  readonly ownerUrl: string;
  readonly directory: string;
}

/** Only one process migrates at a time; the others wait here. The number is arbitrary. */
const migrationLock = 7_300_142;

/**
 * Applies the migrations that have not been applied, in the order of their numbers, each in one
 * transaction with its record. A file that was changed after it was applied stops the start.
 * A file whose first line is `-- no-transaction` runs statement by statement instead.
 * @returns the names of the files applied now
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const client = new pg.Client({ connectionString: options.ownerUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await client.query(`create schema if not exists platform`);
    await client.query(`create table if not exists platform.migration (
      name text primary key, sha256 text not null, applied_at timestamptz not null default now())`);
    const applied = await appliedChecksums(client);
    const names: string[] = [];
    for (const file of await migrationFiles(options.directory)) {
      const known = applied.get(file.name);
      if (known === undefined) {
        await apply(client, file);
        names.push(file.name);
      } else if (known !== file.sha256) {
        throw new Error(`migration ${file.name} was changed after it was applied`);
      }
    }
    return names;
  } finally {
    await client.end();
  }
}

interface MigrationFile {
  readonly name: string;
  readonly sha256: string;
  readonly source: string;
}

async function migrationFiles(directory: string): Promise<MigrationFile[]> {
  const names = (await readdir(directory)).filter((name) => /^\d{4}_.*\.sql$/.test(name)).sort();
  return await Promise.all(
    names.map(async (name) => {
      const source = await readFile(join(directory, name), 'utf8');
      return { name, source, sha256: createHash('sha256').update(source).digest('hex') };
    }),
  );
}

async function appliedChecksums(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from platform.migration',
  );
  return new Map(rows.map((row) => [row.name, row.sha256]));
}

async function apply(client: pg.Client, file: MigrationFile): Promise<void> {
  const inTransaction = !file.source.startsWith('-- no-transaction');
  if (inTransaction) await client.query('begin');
  try {
    if (inTransaction) {
      await client.query('set local citus.enable_local_reference_table_foreign_keys = off');
    }
    for (const statement of splitStatements(file.source)) await client.query(statement);
    await client.query('insert into platform.migration (name, sha256) values ($1, $2)', [
      file.name,
      file.sha256,
    ]);
    if (inTransaction) await client.query('commit');
  } catch (error) {
    if (inTransaction) await client.query('rollback');
    throw new Error(`migration ${file.name} failed: ${String(error)}`, { cause: error });
  }
}
