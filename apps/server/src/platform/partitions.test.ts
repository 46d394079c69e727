import { afterAll, beforeAll, expect, test } from 'vitest';
import { givenSystem, type TestSystem } from '../../test/harness.ts';
import { sql } from './database/index.ts';
import { silentLog } from './log.ts';
import { partitionTask } from './partitions.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(async () => await system.close());

async function years(parent: string): Promise<string[]> {
  const rows = await system.deps.jobsDb.global.many(sql<{ name: string }>`
    select child.relname as name from pg_inherits as part
    join pg_class as child on child.oid = part.inhrelid
    where part.inhparent = ${parent}::regclass order by name`);
  return rows.map(({ name }) => name);
}

test('two years after this one lie ready for every append-only table, run after run', async () => {
  const { jobsDb: db, clock } = system.deps;
  const task = partitionTask({ db, clock, log: silentLog });
  system.clock.set('2031-06-01T00:00:00Z');
  await task.run();
  await task.run();
  for (const table of ['ledger.transfer', 'platform.audit_entry', 'payment.proof']) {
    const name = table.split('.')[1];
    const made = (await years(table)).filter((child) => child >= `${name}_2031`);
    expect(made).toEqual([`${name}_2031`, `${name}_2032`, `${name}_2033`]);
  }
});

test('neither the api nor a table that is not ours gets a partition', async () => {
  const create = (db: typeof system.deps.db, table: string) =>
    db.global.one(sql`select platform.create_year(${table}::regclass, 2040)`);
  await expect(create(system.deps.db, 'ledger.transfer')).rejects.toThrow('permission denied');
  await expect(create(system.deps.jobsDb, 'pg_class')).rejects.toThrow('not a declared table');
});
