import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { checkpoints, startPayment } from '../../../apps/server/src/modules/payment/index.ts';
import { givenBills } from '../../../apps/server/test/billing-builders.ts';
import { bundle } from './bundle.ts';
import { childrenOf } from './children.ts';
import { startGateway } from './gateway-scene.ts';

/**
 * F11: the process is killed with SIGKILL at each named point of the machine, by itself, while it
 * runs the real modules against the real database and the gateway simulator. What is left is
 * found by the next process.
 */
let gateway: Awaited<ReturnType<typeof startGateway>>;
let company: Awaited<ReturnType<typeof gateway.company>>;
let program: Awaited<ReturnType<typeof bundle>>;
// Each test starts a process or two.
vi.setConfig({ testTimeout: 60_000 });
beforeAll(async () => {
  program = await bundle(join(import.meta.dirname, 'machine.child.ts'));
  gateway = await startGateway({ listens: false });
});
beforeEach(async () => {
  company = await gateway.company();
});
afterAll(async () => {
  stopAll();
  program.remove();
  await gateway.close();
});

const { killed, death, serving, runUntilKilled, runToTheEnd, stopAll } = childrenOf(
  () => gateway,
  () => program,
);

describe('killed while a payment begins', () => {
  test.each(['payment.open.recorded', 'payment.open.answered', 'payment.open.finished'])(
    '%s: the bill is free again in minutes, or paid if the payer could pay',
    async (point) => {
      const unit = await givenBills(gateway.system, {
        amountsFen: [120_00],
        companyId: company.companyId,
      });
      const input = wishOf(unit);
      await runUntilKilled(point, { kind: 'start', input });
      // The payer scans again and gets the same payment, with instructions this time.
      const again = await startPayment(gateway.system.deps, { ...input, product: 'native' });
      const orderNo = (await company.view(again.paymentId))?.orderNo ?? '';
      if (again.instructions) await company.pay(orderNo, { outcome: 'paid-no-notification' });
      await company.sweep(16);
      for (const pause of [300, 61]) await company.sweep(pause);
      const state = (await company.view(again.paymentId))?.state;
      expect(state).toBe(again.instructions ? 'paid' : 'closed');
      await company.check();
    },
  );
});

describe('killed while a notification is taken in', () => {
  test.each([
    'payment.notify.read',
    'payment.proof.stored',
    'payment.book.locked',
    'payment.decided.settle',
    'payment.book.settled',
    'payment.book.written',
    'payment.book.committed',
  ])('%s: one sweep later the bill is settled once', async (point) => {
    const { orderNo, paymentId } = await company.started();
    await company.pay(orderNo, { outcome: 'paid-no-notification' });
    const server = await serving(point);
    expect(await company.notify(orderNo)).toEqual([0]); // No answer: the channel will retry.
    await death(server, point);
    await company.sweep(6);
    expect((await company.view(paymentId))?.state).toBe('paid');
    await company.check();
  });

  test('payment.decided.surplus: the money of an unknown order has one case', async () => {
    await company.started();
    const server = await serving('payment.decided.surplus');
    await gateway.control('POST', 'wechat-pay/unknown-order', {
      mchid: company.account.mchId,
      outTradeNo: `${company.shortCode}0000000000000000000000001`,
      totalFen: 33_00,
    });
    await death(server, 'payment.decided.surplus');
    for (const pause of [6, 301]) await company.sweep(pause);
    expect(await company.cases()).toMatchObject([{ reason: 'unknown-order', amountFen: 33_00 }]);
    await company.check();
  });
});

describe('killed while the sweep works', () => {
  test.each(['payment.sweep.claimed', 'payment.sweep.queried', 'payment.book.written'])(
    '%s: another worker takes the order over when the claim is over',
    async (point) => {
      const { orderNo, paymentId } = await company.started();
      await company.pay(orderNo, { outcome: 'paid-no-notification' });
      await gateway.advance(6);
      await runUntilKilled(point, { kind: 'sweep' });
      await company.sweep(121); // A claim lasts two minutes.
      expect((await company.view(paymentId))?.state).toBe('paid');
      await company.check();
    },
  );

  test.each(['payment.close.at-channel', 'payment.close.written', 'payment.close.committed'])(
    '%s: the order that is closed there is closed here',
    async (point) => {
      const { unit, paymentId } = await company.started();
      // Another payer takes over, and the process dies on the way.
      await runUntilKilled(point, { kind: 'start', input: wishOf(unit, '家人') });
      await company.sweep(121);
      expect((await company.view(paymentId))?.state).toBe('closed');
      for (const pause of [300, 61]) await company.sweep(pause);
      await company.check();
    },
  );

  test('payment.takeover.recorded: the first payer can still pay', async () => {
    const { unit, orderNo, paymentId } = await company.started();
    const point = 'payment.takeover.recorded';
    await runUntilKilled(point, { kind: 'start', input: wishOf(unit, '家人') });
    await company.pay(orderNo, { outcome: 'paid-no-notification' });
    await company.sweep(6);
    expect((await company.view(paymentId))?.state).toBe('paid');
    await company.check();
  });
});

describe('killed while the desk takes cash', () => {
  test.each(['payment.desk.written', 'payment.desk.committed'])(
    '%s: the repeat with the same key takes it once',
    async (point) => {
      const unit = await givenBills(gateway.system, {
        amountsFen: [70_00],
        companyId: company.companyId,
      });
      const input = {
        companyId: company.companyId,
        unitId: unit.unitId,
        billIds: unit.bills.map(({ id }) => id),
        amountFen: 70_00,
        idempotencyKey: 'the-drawer-1',
      };
      await runUntilKilled(point, { kind: 'desk', input });
      await runToTheEnd({ kind: 'desk', input });
      await runToTheEnd({ kind: 'desk', input });
      await company.check();
    },
  );
});

test('at least twelve points were died at, and every one that lies on the road', () => {
  const needsOddMessages = ['repeat', 'conclude', 'correct', 'contradiction'];
  // Refunds and cases die in refund-kills.test.ts.
  const onTheRoad = checkpoints.filter(
    (name) =>
      name.startsWith('payment.') &&
      !needsOddMessages.some((kind) => name === `payment.decided.${kind}`),
  );
  expect(onTheRoad.length).toBeGreaterThanOrEqual(12);
  expect(onTheRoad.filter((name) => !killed.has(name))).toEqual([]);
});

function wishOf(unit: Awaited<ReturnType<typeof givenBills>>, who = '业主') {
  return {
    companyId: company.companyId,
    unitId: unit.unitId,
    billIds: unit.bills.map(({ id }) => id),
    payer: { channel: 'wechat-pay', key: `payer-${who}-${unit.unitId}` },
    product: 'native',
    source: 'cashier',
  } as const;
}
