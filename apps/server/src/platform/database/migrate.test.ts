import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/database.ts';
import { migrate } from './migrate.ts';
import { splitStatements } from './split-statements.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let directory: string;
beforeAll(async () => {
  database = await createTestDatabase();
  directory = await mkdtemp(join(tmpdir(), 'wuye-migrations-'));
});
afterAll(() => database.drop());

const apply = () => migrate({ ownerUrl: database.ownerUrl, directory });
const file = (name: string, text: string) => writeFile(join(directory, name), text);

describe('migrations', () => {
  test('are applied once, however many processes start together', async () => {
    await file('9001_test_one.sql', '-- one\ncreate table public.one (id integer);');
    const applied = await Promise.all([apply(), apply(), apply()]);
    expect(applied.flat()).toEqual(['9001_test_one.sql']);
  });
  test('a file that fails leaves nothing of itself behind', async () => {
    await file('9002_test_two.sql', 'create table public.two (id integer);\nselect 1 / 0;');
    await expect(apply()).rejects.toThrow('9002_test_two.sql');
    await file('9002_test_two.sql', 'create table public.two (id integer);');
    expect(await apply()).toEqual(['9002_test_two.sql']);
  });
  test('a file that was changed after it was applied stops the start', async () => {
    await file('9001_test_one.sql', '-- one\ncreate table public.uno (id integer);');
    await expect(apply()).rejects.toThrow('9001_test_one.sql was changed');
  });
});

test('the application runs under a role that is no superuser and owns nothing', async () => {
  for (const url of [database.appUrl, database.jobsUrl]) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query(`
      select rolsuper as "isSuperuser", (select count(*) from pg_class where relowner = r.oid
        and relkind in ('r', 'p', 'v'))::integer as owned
      from pg_roles as r where rolname = current_user`);
    await client.end();
    expect(rows).toEqual([{ isSuperuser: false, owned: 0 }]);
  }
});

test('statements are split where they end, not where they quote', () => {
  const source = `-- a; b
    select ';' as "x;y"; /* ; */
    do $$ begin perform 1; end $$;
    select $tag$ ; $tag$;
    -- the end;`;
  expect(splitStatements(source)).toEqual([
    `-- a; b\n    select ';' as "x;y"`,
    '/* ; */\n    do $$ begin perform 1; end $$',
    'select $tag$ ; $tag$',
  ]);
});
