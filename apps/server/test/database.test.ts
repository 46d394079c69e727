import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { createTestDatabase } from './database.ts';

const database = await createTestDatabase();
afterAll(() => database.drop());

test('the api and the jobs connect under roles of their own that are no superusers', async () => {
  expect(await roleOf(database.appUrl)).toEqual({ role: 'wuye_app', superuser: false });
  expect(await roleOf(database.jobsUrl)).toEqual({ role: 'wuye_jobs', superuser: false });
});

test('a second test database knows nothing of the first', async () => {
  await query(database.ownerUrl, 'create table public.trace (note text)');
  const second = await createTestDatabase();
  const [found] = await query(second.ownerUrl, `select to_regclass('public.trace') as trace`);
  expect(found).toEqual({ trace: null });
  await second.drop();
});

async function roleOf(url: string): Promise<unknown> {
  const [row] = await query(
    url,
    'select rolname as role, rolsuper as superuser from pg_roles where rolname = current_user',
  );
  return row;
}

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(statement);
  await client.end();
  return rows;
}
