import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NewMessage } from '../../apps/server/src/modules/messaging/index.ts';
import { sql } from '../../apps/server/src/platform/database/index.ts';
import { givenSystem, type TestSystem } from '../../apps/server/test/harness.ts';
import { bundle } from './faults/bundle.ts';
import type { SenderTask } from './messaging.child.ts';
import { enqueue, givenProviders, reminder, work } from './messaging-scene.ts';

/**
 * Two workers that are killed at random, providers that fail at random: every message arrives once,
 * or ends as a failure with a reason and was never seen by anybody.
 */
let system: TestSystem;
let scene: Awaited<ReturnType<typeof givenProviders>>;
let program: Awaited<ReturnType<typeof bundle>>;

const seed = Number(process.env.WUYE_SEED ?? Date.now() % 1_000_000);

beforeAll(async () => {
  system = await givenSystem({ at: '2026-11-24T00:05:00Z' });
  scene = await givenProviders(system, ['aliyun', 'jpush', 'getui']);
  program = await bundle(join(import.meta.dirname, 'messaging.child.ts'));
});
afterAll(async () => {
  program.remove();
  await scene.simulator.close();
  await system.close();
});

const rounds = 8;
const minuteMs = 60_000;

/** The n-th of a repeatable row of numbers below one. */
function random(n: number): number {
  let hash = Math.imul(seed ^ 0x9e3779b1, 0x85ebca6b) ^ Math.imul(n + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

const sms = (name: string) =>
  ({
    via: 'sms',
    to: { kind: 'phone', phone: `138${String(numberOf(name)).padStart(8, '0')}` },
  }) as const;
const push = (name: string, provider: 'jpush' | 'getui', isGone: boolean) =>
  ({
    via: 'push',
    to: { kind: 'device', provider, token: `${isGone ? 'gone' : 'here'}-${name}` },
  }) as const;

const numberOf = (name: string) => Number(/\d+/.exec(name)?.[0]);

/** Some by SMS, some by push, some by a push that cannot arrive and then by SMS. */
function messages(): NewMessage[] {
  return Array.from({ length: 240 }, (_, index) => {
    const name = `m${index}x`;
    const provider = index % 2 === 0 ? 'jpush' : 'getui';
    const routes =
      index % 4 < 2
        ? [push(name, provider, index % 8 < 2), sms(name)]
        : index % 4 === 2
          ? [sms(name)]
          : [push(name, provider, false)];
    // Twelve people who get six each, of which three may leave on a day.
    const recipientKey = index < 72 ? `many-${index % 12}` : `one-${index}`;
    return reminder(system, name, { routes, recipientKey });
  });
}

async function worker(round: number, no: number): Promise<void> {
  const task: SenderTask = {
    ...{ appUrl: system.urls.app, jobsUrl: system.urls.jobs },
    now: system.clock.now().toISOString(),
    killAfter: 1 + Math.floor(random(round * 7 + no) * 300),
  };
  const env = { ...process.env, WUYE_CHILD: JSON.stringify(task) };
  const child = spawn(process.execPath, [program.file], { env, stdio: 'inherit' });
  await once(child, 'exit');
}

interface Row {
  readonly subjectId: string;
  readonly recipientKey: string;
  readonly state: string;
  readonly via: string | null;
  readonly reason: string | null;
}

async function rows(): Promise<Row[]> {
  return await system.deps.db.read(system.companyId, (tx) =>
    tx.many(sql<Row>`
      select subject_id as "subjectId", recipient_key as "recipientKey", state, via, reason
      from messaging.pub_message where company_id = ${system.companyId} order by subject_id`),
  );
}

/** How often each message was seen, by the end of its link. */
async function arrivals(): Promise<Map<string, number>> {
  const seen = new Map<string, number>();
  for (const { body } of await scene.received()) {
    const name = /\/s\/(m\d+x)/.exec(body)?.[1] ?? 'unknown';
    seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  return seen;
}

test(`no message is lost or doubled, whoever dies (WUYE_SEED=${seed})`, {
  timeout: 120_000,
}, async () => {
  const kinds = [
    ...['server-error', 'server-error-after', 'connection-lost-before', 'connection-lost-after'],
    ...['throttled', 'refuse', 'token-expired'],
  ];
  await scene.fault({ seed, ratePercent: 20, kinds });
  const all = messages();
  expect(await enqueue(system, ...all)).toBe(all.length);
  expect(await enqueue(system, ...all)).toBe(0);
  for (let round = 0; round < rounds; round += 1) {
    await Promise.all([worker(round, 1), worker(round, 2)]);
    await scene.advance(3 * minuteMs);
  }
  await scene.control('DELETE', 'messages/faults');
  for (let round = 0; round < 40; round += 1) {
    await work(system);
    await scene.advance(10 * minuteMs);
  }

  const today = await rows();
  const seen = await arrivals();
  const doubled = [...seen].filter(([, count]) => count > 1);
  expect(doubled).toEqual([]);
  for (const { subjectId, state, reason } of today) {
    const arrived = seen.get(subjectId) ?? 0;
    const wanted = state === 'accepted' || state === 'delivered' ? 1 : 0;
    expect(arrived, `${subjectId} is ${state} (${reason})`).toBe(wanted);
    if (state === 'queued') expect(reason).toBe('too-often');
    // A device that is gone refuses the repeat as well, which tells nothing of the first time.
    else if (state === 'uncertain') expect(numberOf(subjectId) % 8).toBeLessThan(2);
    else expect(state).toMatch(/accepted|delivered|failed/);
  }
  // The cap: three of the six of each, and none of theirs is lost for it.
  const ofMany = today.filter(({ recipientKey }) => recipientKey.startsWith('many-'));
  const left = ofMany.filter(({ state }) => state === 'accepted');
  expect(left.length).toBeLessThanOrEqual(36);
  expect(left.length).toBeGreaterThan(18);
  for (const { recipientKey } of left) {
    const theirs = left.filter((each) => each.recipientKey === recipientKey);
    expect(theirs.length).toBeLessThanOrEqual(3);
  }
  // The fallback: a device that is gone was reached by SMS.
  const fallen = today.filter(({ subjectId, via }) => numberOf(subjectId) % 8 < 2 && via === 'sms');
  expect(fallen.length).toBeGreaterThan(0);
  // Quiet hours: what the caps held back leaves the next day, not in the night.
  await scene.advance(10 * 60 * minuteMs);
  const before = (await scene.received()).length;
  for (let round = 0; round < 8; round += 1) {
    await work(system);
    await scene.advance(5 * minuteMs);
  }
  expect((await scene.received()).length).toBe(before);
});
