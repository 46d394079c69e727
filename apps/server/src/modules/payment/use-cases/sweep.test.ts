import { afterAll, expect, test } from 'vitest';
import { givenSystem } from '../../../../test/harness.ts';
import { paymentWorld } from '../../../../test/payment-builders.ts';
import { stepsIn } from '../../../../test/payment-steps.ts';
import type { ChannelsDoor } from '../deps.ts';
import { startPayment } from '../index.ts';
import { sweepAttempts } from './sweep.ts';

const system = await givenSystem();
afterAll(() => system.close());

test('a channel that does not answer one company keeps no other company waiting', async () => {
  const worlds = [await paymentWorld(system), await paymentWorld(system)] as const;
  const paymentIds: string[] = [];
  for (const world of worlds) {
    const { viewOf } = stepsIn(() => world);
    const { paymentId } = await startPayment(world.deps, world.wish(await world.bills(120_00)));
    world.channel.pay((await viewOf(paymentId))?.orderNo ?? '');
    paymentIds.push(paymentId);
  }
  // Whoever is asked first answers only after the other one was asked as well.
  const asked = new Set<string>();
  const queryTrade: ChannelsDoor['queryTrade'] = async (deps, input) => {
    asked.add(input.companyId);
    const world = worlds.find(({ companyId }) => companyId === input.companyId);
    if (!world) throw new Error('a company of another test');
    for (let tries = 0; asked.size < worlds.length && tries < 100; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    if (asked.size < worlds.length) return { state: 'unknown', reason: 'time-out' };
    return await world.channel.queryTrade(deps, input);
  };
  system.clock.advance(6000);
  await sweepAttempts({ ...system.deps, channels: { ...worlds[0].channel, queryTrade } });
  const [first, second] = await Promise.all(
    worlds.map((world, index) => stepsIn(() => world).stateOf(paymentIds[index] ?? '')),
  );
  expect([first, second]).toEqual(['paid', 'paid']);
});
