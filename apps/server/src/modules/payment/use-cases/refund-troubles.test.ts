import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { givenSystem } from '../../../../test/harness.ts';
import { type PaymentWorld, paymentWorld } from '../../../../test/payment-builders.ts';
import { refundStepsIn } from '../../../../test/refund-steps.ts';
import { giveUpRefund, reissueRefund, retryRefund } from '../index.ts';

const system = await givenSystem();
let world: PaymentWorld;
const steps = refundStepsIn(() => world);
const { paid, ask, approve, refund, notified, balance, quiet, openCases } = steps;

beforeEach(async () => {
  system.clock.set('2026-11-24T02:00:00Z');
  world = await paymentWorld(system);
});
afterAll(() => system.close());

const codeOf = (code: string) => expect.objectContaining({ code });

describe('what the channel does not do', () => {
  test('a clear no keeps the amount; the same number is sent again', async () => {
    const { paymentId, unit } = await paid(120_00);
    const ids = [unit.bills[0]?.id ?? ''];
    const { refundId } = await ask(paymentId, ids, [120_00]);
    world.channel.fail('refund', 'refused');
    await approve(refundId);
    const { state, refundNo } = await refund(refundId);
    expect(state).toBe('refused');
    await expect(ask(paymentId, ids, [1])).rejects.toEqual(codeOf('REFUND_TOO_MUCH'));
    await expect(reissueRefund(world.deps, { actor: world.staff, refundId })).rejects.toEqual(
      codeOf('REFUND_STATE_WRONG'),
    );
    await retryRefund(world.deps, { actor: world.staff, refundId });
    expect(await refund(refundId)).toEqual({ state: 'processing', refundNo });
    await notified(refundNo);
    await quiet();
  });

  test('F8: a lost answer is asked about; the same number gives back once', async () => {
    const { paymentId, unit } = await paid(120_00);
    const { refundId } = await ask(paymentId, [unit.bills[0]?.id ?? ''], [120_00]);
    world.channel.fail('refund', 'lost-after');
    await approve(refundId);
    const { state, refundNo } = await refund(refundId);
    expect(state).toBe('processing');
    for (const verb of [retryRefund, reissueRefund]) {
      await expect(verb(world.deps, { actor: world.staff, refundId })).rejects.toMatchObject({
        code: expect.stringMatching(/REFUND_STATE_WRONG|REFUND_STILL_OPEN/),
      });
    }
    await steps.sweepAfter(31);
    world.channel.finishRefund(refundNo);
    await steps.sweepAfter(60);
    expect(await refund(refundId)).toMatchObject({ state: 'refunded', refundNo });
    expect(world.channel.refunds.size).toBe(1);
    await quiet();
  });

  test('F8: a request that never arrived is sent again under the same number', async () => {
    const { paymentId, unit } = await paid(120_00);
    const { refundId } = await ask(paymentId, [unit.bills[0]?.id ?? ''], [120_00]);
    world.channel.fail('refund', 'lost-before');
    await approve(refundId);
    const { refundNo } = await refund(refundId);
    expect(world.channel.refunds.size).toBe(0);
    await steps.sweepAfter(31);
    expect([...world.channel.refunds.keys()]).toEqual([refundNo]);
    await notified(refundNo);
    expect(await steps.numbersOf(refundId)).toMatchObject([{ refundNo, sends: 2 }]);
    await quiet();
  });

  test('F10: accepted, then failed two days later: a new number, or given up', async () => {
    const { paymentId, unit } = await paid(120_00);
    const ids = [unit.bills[0]?.id ?? ''];
    const { refundId } = await ask(paymentId, ids, [70_00]);
    await approve(refundId);
    const { refundNo } = await refund(refundId);
    for (let hour = 0; hour < 48; hour += 1) await steps.sweepAfter(3600);
    expect(await refund(refundId)).toMatchObject({ state: 'processing' });
    world.channel.failRefund(refundNo);
    for (let hour = 0; hour < 25; hour += 1) await steps.sweepAfter(3600);
    expect(await refund(refundId)).toMatchObject({ state: 'failed' });
    await reissueRefund(world.deps, { actor: world.staff, refundId });
    const second = await refund(refundId);
    expect(second.refundNo).not.toBe(refundNo);
    world.channel.failRefund(second.refundNo);
    for (let hour = 0; hour < 2; hour += 1) await steps.sweepAfter(3600);
    const drop = { refundId, reason: '付款人账户注销，改线下协商' };
    await expect(giveUpRefund(world.deps, { actor: world.staff, ...drop })).rejects.toEqual(
      codeOf('REFUND_OWN'),
    );
    await giveUpRefund(world.deps, { actor: world.checker, ...drop });
    await ask(paymentId, ids, [120_00]);
    await quiet();
  });

  test('F10: a refund that bounced lies in suspense, and can go back again', async () => {
    const { paymentId, unit } = await paid(120_00);
    const { refundId } = await ask(paymentId, [unit.bills[0]?.id ?? ''], [120_00]);
    world.channel.refundMode = 'at-once';
    await approve(refundId);
    const { refundNo } = await refund(refundId);
    world.channel.failRefund(refundNo);
    await steps.tell({ lookAt: { orderNo: 'x', refundNo } });
    await steps.tell({ lookAt: { orderNo: 'x', refundNo } });
    expect(await refund(refundId)).toMatchObject({ state: 'returned' });
    const [back] = await openCases();
    expect(back).toMatchObject({ reason: 'refund-returned', leftFen: 120_00, direction: 'in' });
    await quiet();
    const again = await steps.askCase(back?.id ?? '');
    await approve(again.refundId);
    expect(await refund(again.refundId)).toMatchObject({ state: 'refunded' });
    expect(await openCases()).toEqual([]);
    expect(await balance('suspense', 'credit')).toBe(0);
    await quiet();
  });

  test('a number that the channel does not know for a day may be replaced', async () => {
    const { paymentId, unit } = await paid(120_00);
    const { refundId } = await ask(paymentId, [unit.bills[0]?.id ?? ''], [120_00]);
    world.channel.before = async (verb) => {
      if (verb === 'refund') world.channel.fail('refund', 'lost-before');
    };
    await approve(refundId);
    const maker = { actor: world.staff, refundId };
    await steps.sweepAfter(31);
    await expect(reissueRefund(world.deps, maker)).rejects.toEqual(codeOf('REFUND_STILL_OPEN'));
    for (let hour = 0; hour < 26; hour += 1) await steps.sweepAfter(3600);
    const lost = await refund(refundId);
    world.channel.clearFaults();
    await reissueRefund(world.deps, maker);
    const { refundNo } = await refund(refundId);
    expect(refundNo).not.toBe(lost.refundNo);
    await notified(refundNo);
    expect(await refund(refundId)).toMatchObject({ state: 'refunded' });
    await quiet();
  });

  test('the channel’s own limits are said before anything is asked', async () => {
    const { paymentId, unit } = await paid(120_00);
    system.clock.advance(366 * 86_400_000);
    await expect(ask(paymentId, [unit.bills[0]?.id ?? ''], [1])).rejects.toEqual(
      codeOf('REFUND_TOO_LATE'),
    );
  });
});

describe('money that left without us', () => {
  test('F4: a refund notice before the payment’s: suspense, then the payment', async () => {
    const { orderNo, paymentId } = await steps.started(120_00);
    world.channel.pay(orderNo);
    const news = world.channel.refundInConsole(orderNo, 120_00);
    await steps.tell(news.raw);
    await steps.tell(news.raw);
    expect(await openCases()).toMatchObject([
      { reason: 'refund-unasked', direction: 'out', leftFen: 120_00 },
    ]);
    await steps.work();
    expect(await steps.stateOf(paymentId)).toBe('paid');
    expect(await balance('channel')).toBe(0);
    expect(await balance('suspense', 'credit')).toBe(-120_00);
    await quiet();
  });

  test('a console refund that is only hinted at is found by asking', async () => {
    const { orderNo, paymentId } = await steps.started(120_00);
    world.channel.pay(orderNo);
    const { refundNo } = world.channel.refundInConsole(orderNo, 45_00);
    await steps.tell({ lookAt: { orderNo, refundNo } });
    expect(await steps.stateOf(paymentId)).toBe('paid');
    expect(await openCases()).toMatchObject([{ reason: 'refund-unasked', leftFen: 45_00 }]);
    await quiet();
  });

  test('another amount than asked for: the refund fails, what left has its case', async () => {
    const { paymentId, unit } = await paid(120_00);
    const { refundId } = await ask(paymentId, [unit.bills[0]?.id ?? ''], [100_00]);
    await approve(refundId);
    const { refundNo } = await refund(refundId);
    const news = world.channel.finishRefund(refundNo, { amountFen: 60_00 });
    await steps.tell(news.raw);
    expect(await refund(refundId)).toMatchObject({ state: 'processing' });
    await steps.work();
    expect(await refund(refundId)).toMatchObject({ state: 'failed' });
    expect(await openCases()).toMatchObject([{ reason: 'refund-other-amount', leftFen: 60_00 }]);
    await steps.sweepAfter(11);
    await quiet();
  });

  test('another amount that then bounces is ours again, with a case of its own', async () => {
    const { paymentId, unit } = await paid(120_00);
    const { refundId } = await ask(paymentId, [unit.bills[0]?.id ?? ''], [100_00]);
    await approve(refundId);
    const { refundNo } = await refund(refundId);
    await steps.tell(world.channel.finishRefund(refundNo, { amountFen: 60_00 }).raw);
    await steps.work();
    world.channel.failRefund(refundNo);
    await steps.tell({ lookAt: { orderNo: 'x', refundNo } });
    await steps.tell({ lookAt: { orderNo: 'x', refundNo } });
    expect(await openCases()).toMatchObject([
      { reason: 'refund-other-amount', leftFen: 60_00, direction: 'out' },
      { reason: 'refund-returned', leftFen: 60_00, direction: 'in' },
    ]);
    expect(await refund(refundId)).toMatchObject({ state: 'failed' });
    await steps.sweepAfter(11);
    await quiet();
  });

  test('a refund of the provider’s console that bounces is ours again, booked once', async () => {
    const { paymentId } = await paid(120_00);
    const orderNo = await steps.orderOf(paymentId);
    const { refundNo } = world.channel.refundInConsole(orderNo, 45_00);
    await steps.tell({ lookAt: { orderNo, refundNo } });
    world.channel.failRefund(refundNo);
    const notice = () => steps.tell({ lookAt: { orderNo, refundNo } });
    await Promise.all(Array.from({ length: 8 }, notice));
    expect(await openCases()).toMatchObject([
      { reason: 'refund-unasked', leftFen: 45_00, direction: 'out' },
      { reason: 'refund-returned', leftFen: 45_00, direction: 'in' },
    ]);
    await quiet();
  });

  test('a number that was given up and succeeds after all is a case, not a loss', async () => {
    const { paymentId, unit } = await paid(120_00);
    const { refundId } = await ask(paymentId, [unit.bills[0]?.id ?? ''], [100_00]);
    world.channel.fail('refund', 'refused');
    await approve(refundId);
    await giveUpRefund(world.deps, { actor: world.checker, refundId, reason: '改付现金' });
    const { refundNo } = await refund(refundId);
    const news = { ...world.channel.refundInConsole(await steps.orderOf(paymentId), 100_00) };
    await steps.confirmBack({ ...news, refundNo });
    expect(await openCases()).toMatchObject([{ reason: 'refund-unasked', leftFen: 100_00 }]);
    expect(await refund(refundId)).toMatchObject({ state: 'cancelled' });
  });
});
