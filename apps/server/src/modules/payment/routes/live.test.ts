import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { givenSystem } from '../../../../test/harness.ts';
import { paymentWorld } from '../../../../test/payment-builders.ts';
import { stepsIn } from '../../../../test/payment-steps.ts';
import { createApp } from '../../../platform/http/index.ts';
import { addPaymentRoutes, startPayment } from '../index.ts';
import { sweepAttempts } from '../use-cases/sweep.ts';

const system = await givenSystem();
afterAll(() => system.close());
const waitMs = 5000;

/** Reads the stream until it tells of something, or for five seconds. */
async function firstEvent(port: number, meanwhile: () => Promise<void>): Promise<string> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), waitMs);
  const answer = await fetch(`http://127.0.0.1:${port}/api/live`, { signal: stop.signal });
  await meanwhile();
  let text = '';
  try {
    for await (const part of answer.body ?? []) {
      text += Buffer.from(part).toString();
      if (/^data:.*\n/m.test(text)) break;
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
  clearTimeout(timer);
  stop.abort();
  return text;
}

test('the desk hears of a payment that only a query a minute later told us of', async () => {
  const world = await paymentWorld(system);
  const { viewOf } = stepsIn(() => world);
  const app = await createApp({
    authenticate: async () => world.staff,
    publicUrl: 'http://localhost',
  });
  const directory = { companyByShortCode: async () => ({ companyId: world.companyId }) };
  addPaymentRoutes(app, world.deps, directory);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;

  const unit = await world.bills(254_70);
  const { paymentId } = await startPayment(world.deps, world.wish(unit));
  const heard = await firstEvent(port, async () => {
    world.channel.pay((await viewOf(paymentId))?.orderNo ?? ''); // Its notification is lost.
    system.clock.advance(60_000);
    await sweepAttempts(world.deps);
  });
  expect(heard).toContain('event: payment');
  expect(heard).toContain('"amountFen":25470');
  await app.close();
});
