import { afterAll, beforeEach, expect, test } from 'vitest';
import { givenSystem } from '../../../../test/harness.ts';
import { type PaymentWorld, paymentWorld } from '../../../../test/payment-builders.ts';
import { stepsIn } from '../../../../test/payment-steps.ts';
import { takeCodePayment } from './take-code-payment.ts';

const system = await givenSystem();
let world: PaymentWorld;
beforeEach(async () => {
  world = await paymentWorld(system);
});
afterAll(() => system.close());
const { quiet, stateOf, confirm, casesOf, sweepAfter } = stepsIn(() => world);

/** A payer at the desk whose wallet asks for the password. */
async function waiting() {
  const unit = await world.bills(254_70);
  const { paymentId } = await takeCodePayment(world.deps, {
    actor: world.staff,
    unitId: unit.unitId,
    billIds: unit.bills.map(({ id }) => id),
    amountFen: 254_70,
    authCode: '134567890123456789',
    idempotencyKey: `key-${unit.unitId}`,
  });
  return { paymentId, orderNo: [...world.channel.orders.keys()].at(-1) ?? '' };
}

test('who confirms while the desk gives up keeps either the money or the bill', async () => {
  const { paymentId, orderNo } = await waiting();
  world.channel.before = async (verb) => {
    if (verb === 'close') await confirm(world.channel.pay(orderNo));
  };
  await sweepAfter(65);
  expect(await stateOf(paymentId)).toBe('paid');
  expect(world.channel.refundedFen()).toBe(254_70);
  expect(await casesOf()).toEqual([{ reason: 'refund-unasked', state: 'open', amountFen: 254_70 }]);
  await quiet();
});

test('news of a payment that was reversed meanwhile is no money to give away', async () => {
  const { paymentId, orderNo } = await waiting();
  let trade: ReturnType<typeof world.channel.pay> | undefined;
  world.channel.before = async (verb) => {
    if (verb === 'close') trade = world.channel.pay(orderNo);
  };
  await sweepAfter(65);
  expect(await stateOf(paymentId)).toBe('closed');
  if (!trade) throw new Error('nobody paid');
  await confirm(trade);
  await sweepAfter(10);
  expect(await casesOf()).toEqual([
    { reason: 'closed-payment', state: 'open', amountFen: 254_70 },
    { reason: 'refund-unasked', state: 'open', amountFen: 254_70 },
  ]);
  await quiet();
});

test('a code that the channel does not know of is reversed before its payer pays', async () => {
  const { paymentId, orderNo } = await waiting();
  world.channel.fail('query', 'gone');
  await sweepAfter(65);
  expect(world.channel.orders.get(orderNo)?.state).toBe('closed');
  expect(await stateOf(paymentId)).toBe('closed');
  await quiet();
});
