import pg from 'pg';
import { givenSystem, type TestSystem } from '../../../apps/server/test/harness.ts';

/**
 * A system for thousands of small runs. Each has a company of its own, so that every statement has
 * one good plan: it is made once a connection, which halves what the database has to do.
 */
export async function givenPropertySystem(): Promise<TestSystem> {
  const system = await givenSystem();
  const client = new pg.Client({ connectionString: system.urls.owner });
  await client.connect();
  try {
    // For the connections to come; nearly all are made on demand.
    await client.query(`
      do $$ begin
        execute format('alter database %I set plan_cache_mode = force_generic_plan',
          current_database());
      end $$`);
  } finally {
    await client.end();
  }
  return system;
}
