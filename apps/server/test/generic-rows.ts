import { createHash } from 'node:crypto';
import type { Database } from '../src/platform/database/index.ts';
import { sql } from '../src/platform/database/index.ts';
import { schemas, tables } from './catalogue.ts';

/** A table of the application as the catalogue knows it. */
export interface TableInTest {
  readonly name: string;
  readonly kind: 'company' | 'directory' | 'reference';
  readonly appendOnly: boolean;
  /** The column that row-level security compares. */
  readonly companyColumn: 'company_id' | 'id';
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

export async function tablesOf(owner: Database): Promise<TableInTest[]> {
  return await owner.global.many(sql<TableInTest>`
    select t.name, t.kind, t.append_only as "appendOnly",
      case t.name when 'identity.company' then 'id' else 'company_id' end as "companyColumn",
      (select jsonb_agg(jsonb_build_object('name', col.attname,
          'type', format_type(col.atttypid, null)) order by col.attnum)
        from pg_attribute as col
        where col.attrelid = t.oid and col.attnum > 0 and not col.attisdropped
          and col.attgenerated = '') as columns
    from ${tables} as t order by t.name`);
}

/**
 * Takes the checks off every table of a test's own database, so that a row of any table can be
 * made from its types alone.
 */
export async function dropChecks(owner: Database): Promise<void> {
  await owner.global.many(sql`
    do $$
    declare checked record;
    begin
      for checked in select c.conrelid::regclass as target, c.conname from pg_constraint as c
        join pg_class as class on class.oid = c.conrelid
        join pg_namespace as space on space.oid = class.relnamespace
        where c.contype = 'c' and not class.relispartition and space.nspname not in ${schemas}
      loop
        execute format('alter table %s drop constraint %I', checked.target, checked.conname);
      end loop;
    end $$`);
}

/** One row of a table for a company, as the owner, whatever it refers to. */
export async function insertRow(
  owner: Database,
  table: TableInTest,
  companyId: string,
): Promise<void> {
  const { columns, companyColumn } = table;
  const values = columns.map(({ name, type }) =>
    name === companyColumn
      ? `'${companyId}'`
      : literalOf(type, `${table.name}.${name}.${companyId}`),
  );
  await owner.transaction(companyId, async (tx) => {
    await tx.run(sql`set local session_replication_role = replica`);
    await tx.client.query(
      `insert into ${table.name} (${namesOf(table)}) values (${values.join(', ')})`,
    );
  });
}

export function namesOf({ columns }: TableInTest): string {
  return columns.map(({ name }) => `"${name}"`).join(', ');
}

const literals: Readonly<Record<string, (key: string) => string>> = {
  uuid: (key) => `'${hexOf(key).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5')}'`,
  text: (key) => `'${hexOf(key).slice(0, 12)}'`,
  bytea: (key) => `'\\x${hexOf(key)}'`,
  date: () => `'2026-11-24'`,
  'timestamp with time zone': () => `'2026-11-24T02:00:00Z'`,
  bigint: () => '1',
  integer: () => '1',
  smallint: () => '1',
  numeric: () => '1',
  boolean: () => 'true',
  jsonb: () => `'{}'`,
};

function literalOf(type: string, key: string): string {
  if (type.endsWith('[]')) return `'{}'`;
  const make = literals[type];
  if (!make) throw new Error(`no value for the type ${type}: add one to generic-rows.ts`);
  return make(key);
}

function hexOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
