import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../src/platform/database/index.ts';
import { type Catalogue, openCatalogue, tables } from './catalogue.ts';

/**
 * What one PostgreSQL accepts and a cluster would not: each test finds what breaks a rule of the
 * tables (docs/decisions/0021-sql-for-a-cluster.md), and nothing may.
 */
let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await openCatalogue();
});
afterAll(async () => await catalogue.close());

test('the test looks at the tables there are', async () => {
  const found = await catalogue.names(sql<{ name: string }>`select name from ${tables} as t`);
  expect(found.length).toBeGreaterThan(35);
  expect(found).toEqual(expect.arrayContaining(['billing.bill', 'ledger.transfer']));
});

test('every table says which kind it is, and every kind has its table', async () => {
  expect(
    await catalogue.names(
      sql<{ name: string }>`select name from ${tables} as t where kind is null`,
    ),
  ).toEqual([]);
  expect(
    await catalogue.names(sql<{ name: string }>`
      select name from platform.table_kind where to_regclass(name) is null`),
  ).toEqual([]);
});

test('a company table begins with company_id uuid not null', async () => {
  const found = await catalogue.names(sql<{ name: string }>`
    select t.name from ${tables} as t where t.kind = 'company' and t.name <> 'identity.company'
      and not exists (
        select from pg_attribute as col where col.attrelid = t.oid and col.attnum = 1
          and col.attname = 'company_id' and col.atttypid = 'uuid'::regtype and col.attnotnull)`);
  expect(found).toEqual([]);
});

/** Totals that are counted up in place; their key is what they count by, the company first. */
const rollups = ['channels.refusal_count', 'channels.health_minute'];

test('a company table has the key (company_id, id), if parted with the day between', async () => {
  const rows = await catalogue.db.global.many(sql<{
    name: string;
    columns: string[] | null;
    parted: boolean;
  }>`
    select t.name, parted.partrelid is not null as parted, (
      select array(
        select col.attname::text
        from unnest(c.conkey) with ordinality as key (number, place)
        join pg_attribute as col on col.attrelid = t.oid and col.attnum = key.number
        order by key.place)
      from pg_constraint as c where c.conrelid = t.oid and c.contype = 'p') as columns
    from ${tables} as t
    left join pg_partitioned_table as parted on parted.partrelid = t.oid
    where t.kind = 'company' and t.name <> 'identity.company'`);
  const wrong = rows.filter(
    ({ name, columns, parted }) =>
      !rollups.includes(name) &&
      (columns ?? []).join() !== (parted ? 'company_id,day,id' : 'company_id,id'),
  );
  expect(wrong).toEqual([]);
});

test('a partitioned table is append-only and nothing refers to it', async () => {
  const found = await catalogue.names(sql<{ name: string }>`
    select t.name from ${tables} as t
    join pg_partitioned_table as parted on parted.partrelid = t.oid
    where not t.append_only or exists (
      select from pg_constraint as c where c.confrelid = t.oid and c.contype = 'f')`);
  expect(found).toEqual([]);
});

const indexesOfCompanyTables = sql`(
  select t.name || ' ' || class.relname as name, i.indisunique, method.amname as method,
    i.indpred is not null as is_partial, i.indrelid, i.indkey,
    (select col.attname from pg_attribute as col
      where col.attrelid = i.indrelid and col.attnum = i.indkey[0]) as first_column,
    exists (select from pg_attribute as col where col.attrelid = i.indrelid
      and col.attnum = any (i.indkey) and col.attname = 'company_id') as has_company
  from ${tables} as t
  join pg_index as i on i.indrelid = t.oid
  join pg_class as class on class.oid = i.indexrelid
  join pg_am as method on method.oid = class.relam
  where t.kind = 'company' and t.name <> 'identity.company')`;

test('what is unique is unique within a company', async () => {
  const found = await catalogue.names(sql<{ name: string }>`
    select name from ${indexesOfCompanyTables} as i where indisunique and not has_company`);
  expect(found).toEqual([]);
});

test('an index begins with company_id, but for BRIN and for finding due work', async () => {
  const found = await catalogue.names(sql<{ name: string }>`
    select name from ${indexesOfCompanyTables} as i
    where first_column is distinct from 'company_id' and method <> 'brin' and not is_partial`);
  expect(found).toEqual([]);
});

test('a bill is in at most four indexes besides its key, a payment in three', async () => {
  const rows = await catalogue.db.global.many(sql<{ name: string; holds: string | null }>`
    select i.indrelid::regclass::text as name, pg_get_expr(i.indpred, i.indrelid) as holds
    from pg_index as i where not i.indisprimary
      and i.indrelid in ('billing.bill'::regclass, 'payment.payment'::regclass)`);
  const of = (table: string) => rows.filter(({ name }) => name === table);
  expect(of('billing.bill').length).toBeLessThanOrEqual(4);
  // No payment is open and paid at once: of these two indexes it is in one.
  const isOpen = (holds: string | null) => holds === "(state = 'open'::text)";
  const isPaid = (holds: string | null) => holds === "(state = 'paid'::text)";
  const payments = of('payment.payment');
  const both =
    payments.some(({ holds }) => isOpen(holds)) && payments.some(({ holds }) => isPaid(holds));
  expect(payments.length - (both ? 1 : 0)).toBeLessThanOrEqual(3);
});

test('a foreign key between company tables pairs company_id first on both sides', async () => {
  const rows = await catalogue.db.global.many(
    sql<{ name: string; from: string[]; to: string[]; target: string }>`
    select c.conrelid::regclass || ' ' || c.conname as name, c.confrelid::regclass::text as target,
      array(select col.attname::text from unnest(c.conkey) with ordinality as key (number, place)
        join pg_attribute as col on col.attrelid = c.conrelid and col.attnum = key.number
        order by key.place) as from,
      array(select col.attname::text from unnest(c.confkey) with ordinality as key (number, place)
        join pg_attribute as col on col.attrelid = c.confrelid and col.attnum = key.number
        order by key.place) as to
    from pg_constraint as c join ${tables} as t on t.oid = c.conrelid where c.contype = 'f'`,
  );
  expect(rows.length).toBeGreaterThan(20);
  const wrong = rows.filter(({ from, to, target }) =>
    target === 'identity.company'
      ? from.join() !== 'company_id' || to.join() !== 'id'
      : from[0] !== 'company_id' || to[0] !== 'company_id',
  );
  expect(wrong).toEqual([]);
});

test('no foreign key points from or to a directory or a reference table', async () => {
  const found = await catalogue.names(sql<{ name: string }>`
    select c.conname as name from pg_constraint as c
    join ${tables} as t on t.oid = c.conrelid
    join ${tables} as target on target.oid = c.confrelid
    where c.contype = 'f' and (
      (t.kind <> 'company' and target.kind = 'company')
      or (t.kind = 'company' and target.kind = 'directory'))`);
  expect(found).toEqual([]);
});

test('no foreign key sets null or a default, none is deferrable', async () => {
  const found = await catalogue.names(sql<{ name: string }>`
    select c.conname as name from pg_constraint as c join ${tables} as t on t.oid = c.conrelid
    where c.condeferrable or (c.contype = 'f' and (c.confdeltype in ('n', 'd')
      or c.confupdtype in ('n', 'd')))`);
  expect(found).toEqual([]);
});

test('no sequence, identity column or volatile default makes a value', async () => {
  const found = await catalogue.names(sql<{ name: string }>`
    select t.name || '.' || col.attname as name
    from ${tables} as t join pg_attribute as col on col.attrelid = t.oid and col.attnum > 0
    left join pg_attrdef as def on def.adrelid = t.oid and def.adnum = col.attnum
    where not col.attisdropped and (col.attidentity <> '' or col.attgenerated = 'v'
      or pg_get_expr(def.adbin, def.adrelid) ~* 'nextval|random|now\\(\\)|uuid|clock|current_')
    union all
    select seq.oid::regclass::text from pg_class as seq where seq.relkind = 'S'`);
  expect(found).toEqual([]);
});

test('columns have types that travel: no enum, no time without zone, no float', async () => {
  const found = await catalogue.names(sql<{ name: string }>`
    select t.name || '.' || col.attname || ' ' || format_type(col.atttypid, null) as name
    from ${tables} as t join pg_attribute as col on col.attrelid = t.oid and col.attnum > 0
    join pg_type as type on type.oid = col.atttypid
    where not col.attisdropped and (type.typtype = 'e' or col.atttypid in (
      'timestamp'::regtype, 'money'::regtype, 'float4'::regtype, 'float8'::regtype,
      'json'::regtype, 'char'::regtype, 'bpchar'::regtype))`);
  expect(found).toEqual([]);
});

test('money is bigint', async () => {
  const found = await catalogue.names(sql<{ name: string }>`
    select t.name || '.' || col.attname as name
    from ${tables} as t join pg_attribute as col on col.attrelid = t.oid and col.attnum > 0
    where col.attname like '%\\_fen' and col.atttypid <> 'bigint'::regtype`);
  expect(found).toEqual([]);
});

test('constraint names are short, unlike those of shards, and used once a schema', async () => {
  const found = await catalogue.names(sql<{ name: string }>`
    select t.name || ' ' || c.conname as name
    from pg_constraint as c join ${tables} as t on t.oid = c.conrelid
    where length(c.conname) > 50 or c.conname ~ '_[0-9]+$'
    union all
    select space.nspname || ' ' || c.conname from pg_constraint as c
    join ${tables} as t on t.oid = c.conrelid
    join pg_namespace as space on space.oid = c.connamespace
    where c.contype <> 'n' group by space.nspname, c.conname having count(*) > 1`);
  expect(found).toEqual([]);
});
