import { fen } from '@wuye-pay/money';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { givenSystem, type TestSystem } from '../../../../test/harness.ts';
import { type PaymentWorld, payer, paymentWorld } from '../../../../test/payment-builders.ts';
import { stepsIn } from '../../../../test/payment-steps.ts';
import { balanceFenOf, givenBalance } from '../../../../test/prepayment-builders.ts';
import { newId } from '../../../platform/id.ts';
import { checkpoints } from '../checkpoints.ts';
import {
  approveRefund,
  cancelRefund,
  confirmPayment,
  payFromBalance,
  paymentTasks,
  rejectRefund,
  requestRefund,
  startPayment,
  takeDeskPayment,
} from '../index.ts';

let system: TestSystem;
let world: PaymentWorld;
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(() => system.close());
beforeEach(async () => {
  world = await paymentWorld(system);
});
const { confirm, quiet, casesOf, stateOf, sweepAfter } = stepsIn(() => world);

const balance = (unitId: string) => balanceFenOf(system, unitId, world.companyId);
const key = () => newId(system.clock.now());

const topUp = (unitId: string, amountFen: number, name = '业主') => ({
  companyId: world.companyId,
  unitId,
  billIds: [],
  topUpFen: fen(amountFen),
  payer: payer(name),
  product: 'jsapi' as const,
  source: 'resident' as const,
});

async function newestOrder(): Promise<string> {
  return [...world.channel.orders.keys()].at(-1) ?? '';
}

/** A home that paid ahead through the channel. */
async function givenPaidAhead(amountFen: number) {
  const home = await world.bills(100_00);
  const { paymentId } = await startPayment(world.deps, topUp(home.unitId, amountFen));
  await confirm(world.channel.pay(await newestOrder()));
  return { ...home, paymentId };
}

describe('money paid ahead', () => {
  test('told 32 times at once is added once', async () => {
    const home = await world.bills(100_00);
    await startPayment(world.deps, topUp(home.unitId, 300_00));
    const trade = world.channel.pay(await newestOrder());
    await Promise.all(Array.from({ length: 32 }, () => confirm(trade)));
    expect(await balance(home.unitId)).toBe(300_00);
    await quiet();
  });

  test('of two people for one home at once is both theirs', async () => {
    const home = await world.bills(100_00);
    const [one, other] = await Promise.all(
      ['甲', '乙'].map((name) => startPayment(world.deps, topUp(home.unitId, 50_00, name))),
    );
    expect(one?.paymentId).not.toBe(other?.paymentId);
    const orders = [...world.channel.orders.keys()];
    await Promise.all(orders.map((orderNo) => confirm(world.channel.pay(orderNo))));
    expect(await balance(home.unitId)).toBe(100_00);
    await quiet();
  });

  test('that comes after its time, or as another amount, waits with a case', async () => {
    const home = await world.bills(100_00);
    const late = await startPayment(world.deps, topUp(home.unitId, 300_00));
    const lateOrder = await newestOrder();
    await sweepAfter(600);
    expect(await stateOf(late.paymentId)).toBe('closed');
    await confirm(world.channel.pay(lateOrder));
    await startPayment(world.deps, topUp(home.unitId, 200_00));
    await confirm(world.channel.pay(await newestOrder(), { amountFen: 200_01 }));
    expect(await balance(home.unitId)).toBe(0);
    expect((await casesOf()).map(({ reason }) => reason).sort()).toEqual([
      'closed-payment',
      'other-amount',
    ]);
  });

  test('in cash at the desk, once for a key, is in the drawer and in the balance', async () => {
    const home = await world.bills(100_00);
    const taken = {
      actor: world.staff,
      unitId: home.unitId,
      billIds: [],
      topUpFen: 88_00,
      method: 'cash' as const,
      amountFen: 88_00,
      idempotencyKey: key(),
    };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => takeDeskPayment(world.deps, taken)),
    );
    expect(new Set(answers.map(({ paymentId }) => paymentId)).size).toBe(1);
    expect(await balance(home.unitId)).toBe(88_00);
    const both = { ...taken, billIds: home.bills.map(({ id }) => id), idempotencyKey: key() };
    await expect(takeDeskPayment(world.deps, both)).rejects.toMatchObject({
      code: 'TOP_UP_ALONE',
    });
    await quiet();
  });

  test.each(checkpoints.filter((name) => /^payment\.(open|proof|book)\.|^balance\./.test(name)))(
    'survives a death at %s: what came is counted once',
    async (name) => {
      const home = await world.bills(100_00);
      const { unitId, bills } = home;
      await givenBalance(system, { unitId, amountFen: 30_00, companyId: world.companyId });
      let dies = true;
      const deps = {
        ...world.deps,
        checkpoint: (reached: string) => {
          if (!dies || reached !== name) return;
          dies = false;
          throw new Error(`killed at ${name}`);
        },
      };
      const use = {
        companyId: world.companyId,
        unitId,
        billIds: bills.map(({ id }) => id),
        partsFen: new Map([[bills[0]?.id ?? '', 30_00]]),
        amountFen: 30_00,
        by: { key: 'resident/1', name: '住户' },
        idempotencyKey: 'use-once',
      };
      const steps = async () => {
        await startPayment(deps, { ...topUp(unitId, 300_00), idempotencyKey: 'tap-once' });
        await confirmWith(deps);
        await payFromBalance(deps, use);
      };
      await steps().catch(() => undefined);
      await steps();
      expect(dies).toBe(false);
      for (const task of paymentTasks(world.deps)) await task.run();
      expect(await balance(unitId)).toBe(300_00);
      expect(world.channel.orders.size).toBe(1);
      await quiet();
    },
  );
});

async function confirmWith(deps: PaymentWorld['deps']): Promise<void> {
  const orderNo = await newestOrder();
  const known = world.channel.trades().find((one) => one.orderNo === orderNo);
  const trade = known ?? world.channel.pay(orderNo);
  await confirmPayment(deps, { companyId: world.companyId, source: 'notification', trade });
}

describe('a refund of money paid ahead', () => {
  const ask = (paymentId: string, topUpFen: number) =>
    requestRefund(world.deps, {
      actor: world.staff,
      paymentId,
      lines: [],
      topUpFen,
      billEffect: 'reopen',
      reason: '搬走了',
      idempotencyKey: key(),
    });

  test('takes it out of the balance when the channel has given it back', async () => {
    const { unitId, paymentId } = await givenPaidAhead(300_00);
    const { refundId } = await ask(paymentId, 120_00);
    expect(await balance(unitId)).toBe(300_00);
    world.channel.refundMode = 'at-once';
    await approveRefund(world.deps, { actor: world.checker, refundId, amountFen: 120_00 });
    expect(await balance(unitId)).toBe(180_00);
    await quiet();
  });

  test('asked for 32 times at once never exceeds what is there', async () => {
    const { unitId, paymentId } = await givenPaidAhead(100_00);
    const asked = await Promise.allSettled(Array.from({ length: 32 }, () => ask(paymentId, 30_00)));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(await balance(unitId)).toBe(100_00);
  });

  test('keeps its money from bills until it is rejected or taken back', async () => {
    const { unitId, bills, paymentId } = await givenPaidAhead(100_00);
    const { refundId } = await ask(paymentId, 60_00);
    const use = () =>
      payFromBalance(world.deps, {
        companyId: world.companyId,
        unitId,
        billIds: bills.map(({ id }) => id),
        partsFen: new Map(),
        amountFen: 100_00,
        by: { key: 'resident/1', name: '住户' },
        idempotencyKey: key(),
      });
    await expect(use()).rejects.toMatchObject({ code: 'PREPAYMENT_TOO_SMALL' });
    await rejectRefund(world.deps, { actor: world.checker, refundId, reason: '还没搬' });
    const again = await ask(paymentId, 60_00);
    await cancelRefund(world.deps, { actor: world.staff, refundId: again.refundId });
    expect(await use()).toEqual({ usedFen: 100_00, balanceFen: 0 });
    await expect(ask(paymentId, 1)).rejects.toMatchObject({ code: 'PREPAYMENT_TOO_SMALL' });
    await quiet();
  });
});
