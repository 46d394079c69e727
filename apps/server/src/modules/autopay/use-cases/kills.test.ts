import { afterAll, expect, test } from 'vitest';
import { type AutopayWorld, autopayWorld } from '../../../../test/autopay-builders.ts';
import { autopaySteps } from '../../../../test/autopay-steps.ts';
import { givenSystem, type TestSystem } from '../../../../test/harness.ts';
import { checkInvariants } from '../../../../test/payment-invariants.ts';
import type { Database } from '../../../platform/database/index.ts';
import { autopayCheckpoints } from '../index.ts';
import { stopAutopay } from './stop-autopay.ts';

const base = await givenSystem({ at: '2027-01-25T02:00:00Z' });
afterAll(() => base.close());

/** A process that dies at a point: what it had not committed is gone, and it writes no more. */
function mortal(point: string): { system: TestSystem; reached: () => number; revive: () => void } {
  let isDead = false;
  let reached = 0;
  let mayDie = true;
  const guard = <Run extends (...input: never[]) => unknown>(run: Run): Run =>
    ((...input: never[]) => {
      if (isDead) throw new Error('the process is dead');
      return run(...input);
    }) as Run;
  const guarded = (db: Database): Database => ({
    ...db,
    transaction: guard(db.transaction.bind(db)),
    read: guard(db.read.bind(db)),
  });
  const deps = {
    ...base.deps,
    db: guarded(base.deps.db),
    checkpoint: (name: string) => {
      if (name !== point) return;
      reached += 1;
      if (!mayDie) return;
      isDead = true;
      throw new Error(`killed at ${point}`);
    },
  };
  return {
    system: { ...base, deps },
    reached: () => reached,
    revive: () => {
      isDead = false;
      mayDie = false;
    },
  };
}

/** Does the work; of what goes wrong, only the process's own death is survived. */
async function survive(process: { revive: () => void }, work: () => Promise<unknown>) {
  try {
    await work();
  } catch (error) {
    if (!/killed|dead/.test(String(error))) throw error;
  } finally {
    process.revive();
  }
}

const points = [
  ...autopayCheckpoints.filter((point) => !point.startsWith('autopay.stop')),
  'payment.open.recorded',
  'payment.open.answered',
  'payment.open.finished',
] as const;

test.each(points)('a worker killed at %s debits once, and nothing is lost', async (point) => {
  const process = mortal(point);
  const world: AutopayWorld = await autopayWorld(process.system);
  const { announced, dueIn, pay, states } = autopaySteps(process.system, () => world);
  let given: Awaited<ReturnType<typeof announced>> | undefined;
  await survive(process, async () => {
    given = await announced(300_00);
  });
  if (!given) await dueIn(3);
  for (let hour = 0; hour < 24 * 6; hour += 1) {
    await survive(process, () => world.passHours(1, async () => pay()));
  }
  expect(process.reached()).toBeGreaterThan(0);
  expect((await states()).filter((state) => state === 'paid')).toHaveLength(1);
  expect(world.channel.collectedFen()).toBe(300_00);
  await checkInvariants(world, world.channel);
});

test.each(['autopay.stop.committed', 'autopay.stop.at-channel'])(
  'a process killed at %s has stopped it all the same',
  async (point) => {
    const process = mortal(point);
    const world = await autopayWorld(process.system);
    const { announced, orders, pay } = autopaySteps(process.system, () => world);
    const { who, mandateId } = await announced(300_00);
    const stop = { actor: who.actor, mandateId, by: 'resident', note: null } as const;
    await survive(process, () => stopAutopay(world.deps, stop));
    expect(process.reached()).toBe(1);
    expect((await world.show(who, mandateId)).state).not.toBe('active');
    await world.passHours(24 * 4, async () => pay());
    expect(orders()).toEqual([]);
    expect((await world.show(who, mandateId)).state).toBe('ended');
  },
);
