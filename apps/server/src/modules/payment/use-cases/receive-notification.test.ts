import { setTimeout as passed } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { givenSystem } from '../../../../test/harness.ts';
import { paymentWorld } from '../../../../test/payment-builders.ts';
import { stepsIn } from '../../../../test/payment-steps.ts';
import { refundStepsIn } from '../../../../test/refund-steps.ts';
import { answerWithinMs } from '../limits.ts';

const system = await givenSystem();
const world = await paymentWorld(system);
afterAll(() => system.close());
const { quiet, started, confirm, casesOf } = stepsIn(() => world);
const { tell } = refundStepsIn(() => world);

test('a notice that could not be looked into in time is sent again', async () => {
  const { orderNo } = await started(120_00);
  await confirm(world.channel.pay(orderNo));
  const { refundNo } = world.channel.refundInConsole(orderNo, 120_00);
  world.channel.fail('refund-query', 'lost-before');
  world.channel.before = async (verb) => {
    if (verb === 'refund-query') await passed(answerWithinMs + 200);
  };
  const notice = { lookAt: { orderNo, refundNo } };
  await expect(tell(notice)).rejects.toThrow('not looked into in time');
  await passed(400);
  world.channel.clearFaults();
  await tell(notice);
  expect(await casesOf()).toMatchObject([{ reason: 'refund-unasked', amountFen: 120_00 }]);
  await quiet();
});
