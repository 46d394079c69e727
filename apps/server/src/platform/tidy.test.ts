import { afterAll, beforeAll, expect, test } from 'vitest';
import { givenSystem, type TestSystem } from '../../test/harness.ts';
import { sql } from './database/index.ts';
import { once } from './idempotency.ts';
import { publish } from './outbox/index.ts';
import { tidyTask } from './tidy.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(() => system.close());

const dayMs = 86_400_000;

test('what was delivered goes after a month, what is due and the keys of money stay', async () => {
  const { deps, clock, companyId } = system;
  await deps.db.transaction(companyId, async (tx) => {
    for (const topic of ['test.done', 'test.due']) await publish(tx, clock, { topic, payload: {} });
    await once(tx, clock, { scope: 'test', key: 'money', request: {} }, async () => 1);
    await tx.run(sql`update platform.outbox set done_at = ${clock.now()}
      where company_id = ${companyId} and topic = 'test.done'`);
  });
  const left = async () => {
    await tidyTask({ db: deps.jobsDb, clock, log: deps.log }).run();
    return await deps.db.read(companyId, async (tx) => ({
      topics: await tx.many(sql`select topic from platform.outbox
        where company_id = ${companyId} order by topic`),
      keys: await tx.many(sql`select key from platform.idempotency
        where company_id = ${companyId}`),
    }));
  };
  clock.advance(29 * dayMs);
  expect((await left()).topics).toEqual([{ topic: 'test.done' }, { topic: 'test.due' }]);
  clock.advance(2 * dayMs);
  expect(await left()).toEqual({ topics: [{ topic: 'test.due' }], keys: [{ key: 'money' }] });
  clock.advance(400 * dayMs);
  expect(await left()).toEqual({ topics: [{ topic: 'test.due' }], keys: [] });
});
