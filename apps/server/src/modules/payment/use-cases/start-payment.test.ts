import { afterAll, beforeEach, expect, test } from 'vitest';
import { givenSystem } from '../../../../test/harness.ts';
import { type PaymentWorld, payer, paymentWorld } from '../../../../test/payment-builders.ts';
import { stepsIn } from '../../../../test/payment-steps.ts';
import { startPayment, takeDeskPayment } from '../index.ts';
import { bookLeftProofs } from './book-left-proofs.ts';
import { sweepAttempts } from './sweep.ts';

const system = await givenSystem();
let world: PaymentWorld;
beforeEach(async () => {
  world = await paymentWorld(system);
});
afterAll(() => system.close());

const { quiet, stateOf, viewOf, confirm: notify } = stepsIn(() => world);
const orderNoOf = async (paymentId: string) => (await viewOf(paymentId))?.orderNo ?? '';

/** Lets time pass and the sweep run, as the worker would. */
async function afterwards(...seconds: number[]) {
  for (const pause of seconds) {
    system.clock.advance(pause * 1000);
    await sweepAttempts(world.deps);
    await bookLeftProofs(world.deps);
  }
}

test('a resident pays two bills: both are settled and the books agree', async () => {
  const unit = await world.bills(120_00, 80_00);
  const started = await startPayment(world.deps, world.wish(unit));
  expect(started).toMatchObject({ state: 'open', amountFen: 200_00 });
  expect(started.instructions?.kind).toBe('jsapi');
  const trade = world.channel.pay(await orderNoOf(started.paymentId));
  expect(await notify(trade)).toMatchObject({ outcome: 'settled' });
  expect(await notify(trade)).toMatchObject({ outcome: 'repeat' });
  expect(await stateOf(started.paymentId)).toBe('paid');
  await quiet();
});

test('the same payer asking again gets the same payment and instructions', async () => {
  const unit = await world.bills(120_00);
  const first = await startPayment(world.deps, world.wish(unit));
  const again = await startPayment(world.deps, world.wish(unit));
  expect(again).toEqual(first);
  expect(world.channel.calls.prepay).toBe(1);
  await afterwards(301);
  expect(await stateOf(first.paymentId)).toBe('closed');
  await quiet();
});

test('another payer takes over by query and close; the first one can no longer pay', async () => {
  const unit = await world.bills(120_00);
  const first = await startPayment(world.deps, world.wish(unit));
  const second = await startPayment(world.deps, world.wish(unit, { payer: payer('家人') }));
  expect(second.paymentId).not.toBe(first.paymentId);
  expect(await stateOf(first.paymentId)).toBe('closed');
  expect(world.channel.orders.get(await orderNoOf(first.paymentId))?.state).toBe('closed');
  await notify(world.channel.pay(await orderNoOf(second.paymentId)));
  await quiet();
});

test('a takeover that finds the bills paid completes them and says so', async () => {
  const unit = await world.bills(120_00);
  const first = await startPayment(world.deps, world.wish(unit));
  world.channel.pay(await orderNoOf(first.paymentId));
  const second = startPayment(world.deps, world.wish(unit, { payer: payer('家人') }));
  await expect(second).rejects.toMatchObject({ code: 'BILLS_JUST_PAID' });
  expect(await stateOf(first.paymentId)).toBe('paid');
  await quiet();
});

test.each(['lost-before', 'lost-after', 'gone'] as const)(
  'a takeover with an unclear answer (%s) is refused politely and changes nothing',
  async (fault) => {
    const unit = await world.bills(120_00);
    const first = await startPayment(world.deps, world.wish(unit));
    world.channel.fail('query', fault);
    const second = startPayment(world.deps, world.wish(unit, { payer: payer('家人') }));
    await expect(second).rejects.toMatchObject({ code: 'PAYMENT_IN_PROGRESS' });
    expect(await stateOf(first.paymentId)).toBe('open');
    await notify(world.channel.pay(await orderNoOf(first.paymentId)));
    await quiet();
  },
);

test('a payer who keeps taking over is asked to wait', async () => {
  const unit = await world.bills(120_00);
  const codes: unknown[] = [];
  for (let turn = 0; turn < 14; turn += 1) {
    const who = payer(turn % 2 === 0 ? '甲' : '乙');
    codes.push(
      await startPayment(world.deps, world.wish(unit, { payer: who })).then(
        () => 'ok',
        (error: { code?: string }) => error.code,
      ),
    );
  }
  expect(codes).toContain('TAKEOVER_TOO_OFTEN');
  expect(codes.filter((code) => code === 'ok').length).toBeLessThanOrEqual(12);
  await afterwards(301);
  await quiet();
});

test('an order that times out after the channel took it is found by query', async () => {
  const unit = await world.bills(120_00);
  world.channel.fail('prepay', 'lost-after');
  const started = await startPayment(world.deps, world.wish(unit));
  expect(started).toMatchObject({ state: 'processing' });
  expect(started.instructions).toBeUndefined();
  world.channel.pay(await orderNoOf(started.paymentId));
  await afterwards(6);
  expect(await stateOf(started.paymentId)).toBe('paid');
  await quiet();
});

test('an order that the channel never got frees the bills when its time is over', async () => {
  const unit = await world.bills(120_00);
  world.channel.fail('prepay', 'lost-before');
  const started = await startPayment(world.deps, world.wish(unit));
  await afterwards(5, 10, 15, 30, 60, 120);
  expect(await stateOf(started.paymentId)).toBe('processing');
  const other = startPayment(world.deps, world.wish(unit, { payer: payer('家人') }));
  await expect(other).rejects.toMatchObject({ code: 'PAYMENT_IN_PROGRESS' });
  await afterwards(61, 61);
  expect(await stateOf(started.paymentId)).toBe('closed');
  await quiet();
});

test('the same payer after an unclear answer gets instructions for the same order', async () => {
  const unit = await world.bills(120_00);
  world.channel.fail('prepay', 'lost-before');
  const first = await startPayment(world.deps, world.wish(unit));
  const again = await startPayment(world.deps, world.wish(unit));
  expect(again.paymentId).toBe(first.paymentId);
  expect(again.instructions).toBeDefined();
  expect(world.channel.orders.size).toBe(1);
  await notify(world.channel.pay(await orderNoOf(again.paymentId)));
  await quiet();
});

test('a late answer to an order reaches nobody once the order was decided', async () => {
  const unit = await world.bills(120_00);
  world.channel.after = async (verb, orderNo) => {
    if (verb !== 'prepay') return;
    world.channel.after = undefined;
    await notify(world.channel.pay(orderNo)); // Notified before the prepay answer is stored.
  };
  const started = await startPayment(world.deps, world.wish(unit));
  expect(started.state).toBe('paid');
  expect(started.instructions).toBeUndefined();
  await quiet();
});

test('a refused order tells the payer and ends when the channel or the time says so', async () => {
  const unit = await world.bills(120_00);
  world.channel.fail('prepay', 'refused');
  const started = startPayment(world.deps, world.wish(unit));
  await expect(started).rejects.toMatchObject({ code: 'CHANNEL_REFUSED' });
  await afterwards(5, 300, 61);
  await quiet();
});

test('expiry closes at the channel, then here; later money lies in suspense', async () => {
  const unit = await world.bills(120_00);
  const started = await startPayment(world.deps, world.wish(unit));
  const orderNo = await orderNoOf(started.paymentId);
  await afterwards(301);
  expect(await stateOf(started.paymentId)).toBe('closed');
  expect(world.channel.orders.get(orderNo)?.state).toBe('closed');
  expect(await notify(world.channel.pay(orderNo))).toMatchObject({ outcome: 'surplus' });
  expect(await stateOf(started.paymentId)).toBe('closed');
  await quiet();
});

test('a payer who is faster than our close is not closed', async () => {
  const unit = await world.bills(120_00);
  const started = await startPayment(world.deps, world.wish(unit));
  world.channel.before = async (verb, orderNo) => {
    if (verb === 'close') world.channel.pay(orderNo);
  };
  await afterwards(301);
  expect(await stateOf(started.paymentId)).toBe('paid');
  await quiet();
});

test('the desk takes cash for a bill that a phone is about to pay', async () => {
  const unit = await world.bills(120_00);
  const phone = await startPayment(world.deps, world.wish(unit));
  const desk = {
    actor: world.staff,
    unitId: unit.unitId,
    billIds: unit.bills.map(({ id }) => id),
    method: 'cash',
    amountFen: 120_00,
    idempotencyKey: 'desk-0001',
  } as const;
  const taken = await takeDeskPayment(world.deps, desk);
  expect(await takeDeskPayment(world.deps, desk)).toEqual(taken);
  await expect(takeDeskPayment(world.deps, { ...desk, amountFen: 1 })).rejects.toMatchObject({
    code: 'IDEMPOTENCY_KEY_REUSED',
  });
  expect(await stateOf(phone.paymentId)).toBe('closed');
  expect(await stateOf(taken.paymentId)).toBe('paid');
  const late = world.channel.pay(await orderNoOf(phone.paymentId));
  expect(await notify(late)).toMatchObject({ outcome: 'surplus' });
  await quiet();
});

test('the desk is told when the amount is no longer what the bills come to', async () => {
  const unit = await world.bills(120_00);
  const desk = takeDeskPayment(world.deps, {
    actor: world.staff,
    unitId: unit.unitId,
    billIds: unit.bills.map(({ id }) => id),
    method: 'cash',
    amountFen: 119_99,
    idempotencyKey: 'desk-0002',
  });
  await expect(desk).rejects.toMatchObject({ code: 'DESK_AMOUNT_DIFFERS' });
  await quiet();
});
