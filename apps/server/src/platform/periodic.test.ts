import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { givenSystem, type TestSystem } from '../../test/harness.ts';
import { sql } from './database/index.ts';
import { runIfDue } from './periodic.ts';
import { startWorker } from './worker.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(() => system.close());

const minuteMs = 60_000;
const depsOf = () => ({ db: system.deps.jobsDb, clock: system.clock, log: system.deps.log });

const later = (minutes: number) => new Date(system.clock.now().getTime() + minutes * minuteMs);

function counted(name: string, work: () => Promise<void> = async () => undefined) {
  const task = { name, everyMs: minuteMs, runs: 0, run: work };
  task.run = async () => {
    task.runs += 1;
    await work();
  };
  return task;
}

describe('a periodic task', () => {
  test('runs in one process when ten find it due, and again after its interval', async () => {
    const task = counted('test.once');
    await Promise.all(Array.from({ length: 10 }, () => runIfDue(depsOf(), task)));
    expect(task.runs).toBe(1);
    await runIfDue(depsOf(), task);
    expect(task.runs).toBe(1);
    system.clock.advance(minuteMs);
    await runIfDue(depsOf(), task);
    expect(task.runs).toBe(2);
  });

  test('that slept past its lease is taken over, and cannot say that it is done', async () => {
    const woken = signal();
    const begun = signal();
    const slow = counted('test.slept', () => {
      begun.resolve();
      return woken.promise;
    });
    const sleeping = runIfDue(depsOf(), slow);
    await begun.promise;
    system.clock.advance(10 * minuteMs);
    const second = counted('test.slept', async () => {
      // The first wakes while the second works.
      woken.resolve();
      await sleeping;
      const row = await system.deps.jobsDb.global.one(sql<{ claimed: boolean }>`
        select claim_token is not null as claimed from platform.periodic_task
        where name = 'test.slept'`);
      expect(row.claimed).toBe(true);
    });
    await runIfDue(depsOf(), second);
    expect([slow.runs, second.runs]).toEqual([1, 1]);
  });

  test('goes on when the clock is set back by ten minutes, done or under way', async () => {
    const task = counted('test.back');
    await runIfDue(depsOf(), task);
    system.clock.advance(-10 * minuteMs);
    await runIfDue(depsOf(), task);
    expect(task.runs).toBe(2);
    await system.deps.jobsDb.global.run(sql`
      update platform.periodic_task set claimed_until = ${later(30)}, due_at = ${later(0)}
      where name = 'test.back'`);
    await runIfDue(depsOf(), task);
    expect(task.runs).toBe(3);
    system.clock.advance(10 * minuteMs);
  });

  test('that fails is told of and comes again', async () => {
    const failing = counted('test.fails', () => Promise.reject(new Error('the bank is closed')));
    await runIfDue(depsOf(), failing);
    const row = await system.deps.jobsDb.global.one(sql<{ last_error: string }>`
      select last_error from platform.periodic_task where name = 'test.fails'`);
    expect(row.last_error).toContain('the bank is closed');
    system.clock.advance(minuteMs);
    await runIfDue(depsOf(), failing);
    expect(failing.runs).toBe(2);
  });
});

test('a worker that is stopped finishes what it does and takes nothing new', async () => {
  const finish = signal();
  const begun = signal();
  const task = counted('test.stop', () => {
    begun.resolve();
    return finish.promise;
  });
  const worker = startWorker(system.deps, { tasks: [task], listeners: [] });
  await begun.promise;
  const stopped = worker.stop();
  finish.resolve();
  await stopped;
  system.clock.advance(10 * minuteMs);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(task.runs).toBe(1);
});

function signal(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
