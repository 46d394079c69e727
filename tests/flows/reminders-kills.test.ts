import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../../apps/server/src/platform/database/index.ts';
import { givenSystem, type TestSystem } from '../../apps/server/test/harness.ts';
import {
  type PushProvider,
  pushProvider,
  remindersWorld,
} from '../../apps/server/test/reminders-builders.ts';
import { bundle } from './faults/bundle.ts';
import type { SenderTask } from './messaging.child.ts';

/**
 * Two workers that read debts and are killed at random, homes that pay between their rounds: who
 * owes hears once, who has paid before the message left hears nothing.
 */
let system: TestSystem;
let provider: PushProvider;
let program: Awaited<ReturnType<typeof bundle>>;

const seed = Number(process.env.WUYE_SEED ?? Date.now() % 1_000_000);
const homes = 60;
const rounds = 6;
const minuteMs = 60_000;

beforeAll(async () => {
  system = await givenSystem();
  provider = await pushProvider();
  program = await bundle(join(import.meta.dirname, 'reminders.child.ts'));
});
afterAll(async () => {
  program.remove();
  await provider.close();
  await system.close();
});

function random(n: number): number {
  let hash = Math.imul(seed ^ 0x9e3779b1, 0x85ebca6b) ^ Math.imul(n + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

async function worker(killAfter: number): Promise<void> {
  const task: SenderTask = {
    ...{ appUrl: system.urls.app, jobsUrl: system.urls.jobs },
    now: system.clock.now().toISOString(),
    killAfter,
  };
  const env = { ...process.env, WUYE_CHILD: JSON.stringify(task) };
  const child = spawn(process.execPath, [program.file], { env, stdio: 'inherit' });
  await once(child, 'exit');
}

test(`no reminder is lost, doubled or sent after payment, whoever dies (WUYE_SEED=${seed})`, {
  timeout: 180_000,
}, async () => {
  const world = await remindersWorld(system, provider);
  const all = [];
  for (let index = 0; index < homes; index += 1) all.push(await world.home(100_00 + index));
  await world.plan();
  await world.planNow();
  system.clock.advance(5 * minuteMs);
  const silent = new Set<string>();
  const seenTokens = () => new Set(world.pushes.map(({ token }) => token));
  for (let round = 0; round < rounds; round += 1) {
    const lives = [1, 2].map((no) => 1 + Math.floor(random(round * 7 + no) * 60));
    await Promise.all(lives.map(worker));
    const home = all[homes - 1 - round];
    const token = `device-${home?.resident.accountId}`;
    if (home) {
      await world.pay(home);
      // What a killed worker had begun before the payment may still be repeated by its number.
      if (!seenTokens().has(token) && !(await isBegun())) silent.add(token);
    }
    system.clock.advance(3 * minuteMs);
  }
  for (let round = 0; round < 8; round += 1) {
    await worker(Number.MAX_SAFE_INTEGER);
    system.clock.advance(10 * minuteMs);
  }
  const arrived = new Map<string, Set<string>>();
  for (const { token, cid } of world.pushes) {
    arrived.set(token, (arrived.get(token) ?? new Set()).add(cid));
  }
  expect([...arrived.values()].filter((cids) => cids.size > 1)).toEqual([]);
  for (const { resident } of all) {
    const token = `device-${resident.accountId}`;
    if (silent.has(token)) expect(arrived.has(token), `${token} had paid`).toBe(false);
  }
  // Only who paid on the way may have heard nothing.
  const owing = all.slice(0, homes - rounds);
  expect(owing.filter(({ resident }) => !arrived.has(`device-${resident.accountId}`))).toEqual([]);
});

/** Whether anything is under way whose answer is not known. */
async function isBegun(): Promise<boolean> {
  const { count } = await system.deps.jobsDb.global.one(sql<{ count: number }>`
    select count(*) as count from messaging.message where state in ('sending', 'uncertain')`);
  return count > 0;
}
