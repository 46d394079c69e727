import { afterAll, beforeAll, expect, test } from 'vitest';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { sql } from '../database/index.ts';
import { silentLog } from '../log.ts';
import { type DeliveredEvent, dispatchDue, publish } from './index.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(async () => await system.close());

async function publishAll(names: readonly string[]): Promise<void> {
  const { deps, companyId, clock } = system;
  await deps.db.transaction(companyId, async (tx) => {
    for (const name of names) await publish(tx, clock, { topic: 'test.said', payload: { name } });
  });
}

async function dispatch(listener: (event: DeliveredEvent) => Promise<void>): Promise<number> {
  const { jobsDb: db, clock } = system.deps;
  return await dispatchDue({
    ...{ db, clock, log: silentLog },
    listeners: new Map([['test.said', [listener]]]),
  });
}

function nameOf(event: DeliveredEvent): string {
  return String(event.payload['name']);
}

test('an event whose listener fails comes again, the others of its batch do not', async () => {
  await publishAll(['a', 'b', 'c']);
  const heard: string[] = [];
  let isBroken = true;
  const listener = async (event: DeliveredEvent) => {
    heard.push(nameOf(event));
    if (nameOf(event) === 'b' && isBroken) throw new Error('away');
  };
  expect(await dispatch(listener)).toBe(3);
  expect(await dispatch(listener)).toBe(0);
  isBroken = false;
  system.clock.advance(60_000);
  expect(await dispatch(listener)).toBe(1);
  system.clock.advance(3_600_000);
  expect(await dispatch(listener)).toBe(0);
  expect(heard.sort()).toEqual(['a', 'b', 'b', 'c']);
});

test('an event that another worker took over is not marked by the slow first one', async () => {
  await publishAll(['slow']);
  const otherToken = '00000000-0000-4000-8000-000000000009';
  await dispatch(async ({ id }) => {
    await system.deps.jobsDb.global.run(sql`
      update platform.outbox set claim_token = ${otherToken} where id = ${id}`);
  });
  const rows = await system.deps.jobsDb.global.many(sql<{ done: boolean }>`
    select done_at is not null as done from platform.outbox where claim_token = ${otherToken}`);
  expect(rows).toEqual([{ done: false }]);
});

test('what listeners were told is marked while a slow batch is still under way', async () => {
  await publishAll(['first', 'second', 'third']);
  const doneBefore: number[] = [];
  await dispatch(async () => {
    const { count } = await system.deps.jobsDb.global.one(sql<{ count: number }>`
      select count(*) as count from platform.outbox
      where done_at is not null and payload ->> 'name' in ('first', 'second', 'third')`);
    doneBefore.push(count);
    system.clock.advance(1500);
  });
  expect(doneBefore).toEqual([0, 1, 2]);
});
