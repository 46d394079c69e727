import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../src/platform/database/index.ts';
import { type Catalogue, openCatalogue, schemas, tables } from './catalogue.ts';

/**
 * Who may do what: each test finds what would let one company see another, or let somebody change
 * what is kept for ever, and nothing may.
 */
let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await openCatalogue();
});
afterAll(async () => await catalogue.close());

/** Empty on purpose: a rule that needs a trigger is looked at twice. */
const allowedTriggers: readonly string[] = [];

test('no table has a trigger', async () => {
  const found = await catalogue.names(sql<{ name: string }>`
    select t.name || ' ' || trigger.tgname as name
    from pg_trigger as trigger join ${tables} as t on t.oid = trigger.tgrelid
    where not trigger.tgisinternal`);
  expect(found).toEqual(allowedTriggers);
});

test('a view runs with the rights of its reader, so that it shows one company', async () => {
  const views = await catalogue.db.global.many(sql<{ name: string; safe: boolean }>`
    select class.oid::regclass::text as name,
      coalesce('security_invoker=true' = any (class.reloptions), false) as safe
    from pg_class as class join pg_namespace as space on space.oid = class.relnamespace
    where class.relkind in ('v', 'm') and space.nspname not in ${schemas}`);
  expect(views.length).toBeGreaterThan(10);
  expect(views.filter(({ safe }) => !safe)).toEqual([]);
});

test('every company table has its policy, word for word, and row-level security', async () => {
  const rows = await catalogue.db.global.many(
    sql<{ name: string; on: boolean; policies: string[] | null }>`
    select t.name, t.relrowsecurity as on, array(
      select pg_get_expr(p.polqual, p.polrelid)
        || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')
        || p.polcmd::text || array_to_string(p.polroles, ',')
      from pg_policy as p where p.polrelid = t.oid) as policies
    from ${tables} as t where t.kind = 'company'`,
  );
  const policy = (column: string) =>
    `(${column} = (NULLIF(current_setting('app.company_id'::text, true), ''::text))::uuid)*0`;
  const wrong = rows.filter(
    ({ name, on, policies }) =>
      !on ||
      policies?.length !== 1 ||
      policies[0] !== policy(name === 'identity.company' ? 'id' : 'company_id'),
  );
  expect(wrong).toEqual([]);
});

test('the roles of the application own nothing, and only the jobs see all', async () => {
  const roles = await catalogue.db.global.many(sql`
    select rolname as role, rolsuper or rolcreaterole or rolcreatedb or rolreplication as might,
      rolbypassrls as sees_all, exists (
        select from pg_class where relowner = pg_roles.oid) as owns
    from pg_roles where rolname in ('wuye_app', 'wuye_jobs') order by rolname`);
  expect(roles).toEqual([
    { role: 'wuye_app', might: false, sees_all: false, owns: false },
    { role: 'wuye_jobs', might: false, sees_all: true, owns: false },
  ]);
});

test('no role of the application can update or empty an append-only table', async () => {
  const found = await catalogue.names(sql<{ name: string }>`
    select t.name || ' ' || role.name as name
    from ${tables} as t cross join (values ('wuye_app'), ('wuye_jobs')) as role (name)
    where (t.append_only and (has_table_privilege(role.name, t.oid, 'update')
        or has_any_column_privilege(role.name, t.oid, 'update')
        or has_table_privilege(role.name, t.oid, 'delete')))
      or has_table_privilege(role.name, t.oid, 'truncate')
      or has_table_privilege(role.name, t.oid, 'trigger')`);
  expect(found).toEqual([]);
  const kept = await catalogue.names(
    sql<{ name: string }>`select name from ${tables} as t where append_only`,
  );
  expect(kept).toEqual(
    expect.arrayContaining([
      'billing.adjustment',
      'ledger.account',
      'ledger.posting',
      'ledger.transfer',
      'payment.proof',
      'payment.proof_key',
      'payment.refund_change',
      'payment.refund_key',
      'payment.refund_line',
      'payment.refund_proof',
      'payment.state_change',
      'platform.audit_entry',
      'platform.seal',
      'platform.sealed_row',
    ]),
  );
});

test('a partition is reached through its parent only', async () => {
  const found = await catalogue.names(sql<{ name: string }>`
    select class.oid::regclass::text as name from pg_class as class
    where class.relispartition and class.relkind = 'r' and (
      has_table_privilege('wuye_app', class.oid, 'select')
      or has_table_privilege('wuye_app', class.oid, 'insert'))`);
  expect(found).toEqual([]);
});

test('no function that the api can call runs with the rights of the owner', async () => {
  const found = await catalogue.names(sql<{ name: string }>`
    select p.oid::regprocedure::text as name from pg_proc as p
    join pg_namespace as space on space.oid = p.pronamespace
    where p.prosecdef and space.nspname not in ${schemas}
      and has_function_privilege('wuye_app', p.oid, 'execute')`);
  expect(found).toEqual([]);
});
