import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { givenSystem } from '../../../../test/harness.ts';
import { type PaymentWorld, paymentWorld } from '../../../../test/payment-builders.ts';
import { refundStepsIn } from '../../../../test/refund-steps.ts';
import { sql } from '../../../platform/database/index.ts';
import {
  approveRefund,
  cancelRefund,
  payOutRefund,
  rejectRefund,
  takeDeskPayment,
} from '../index.ts';

const system = await givenSystem();
let world: PaymentWorld;
const steps = refundStepsIn(() => world);
const { paid, ask, approve, refund, notified, bill, balance, quiet } = steps;

beforeEach(async () => {
  system.clock.set('2026-11-24T02:00:00Z');
  world = await paymentWorld(system);
});
afterAll(() => system.close());

const codeOf = (code: string) => expect.objectContaining({ code });

describe('money that goes back by the way it came', () => {
  test('part of a payment: the bill is owed again, the channel holds less', async () => {
    const { paymentId, unit } = await paid(120_00, 80_00);
    const ids = unit.bills.map(({ id }) => id);
    const { refundId } = await ask(paymentId, ids, [30_00, 0]);
    expect(await refund(refundId)).toMatchObject({ state: 'requested' });
    expect(world.channel.calls.refund).toBe(0);
    await approve(refundId);
    const { state, refundNo } = await refund(refundId);
    expect(state).toBe('processing');
    expect(refundNo).toMatch(new RegExp(`^${world.shortCode}[0-9a-z]{25}$`));
    await notified(refundNo);
    expect(await refund(refundId)).toMatchObject({ state: 'refunded' });
    expect(await bill(ids[0] ?? '')).toEqual({ paidFen: 90_00, waivedFen: 0, openFen: 30_00 });
    expect(await balance('channel')).toBe(170_00);
    expect(await balance('receivable')).toBe(30_00);
    expect(await balance('revenue', 'credit')).toBe(200_00);
    await quiet();
  });

  test('a charge that shrinks: nothing is owed, revenue is less', async () => {
    const { paymentId, unit } = await paid(120_00);
    const [first] = unit.bills;
    const { refundId } = await ask(paymentId, [first?.id ?? ''], [50_00], 'close');
    world.channel.refundMode = 'at-once';
    await approve(refundId);
    expect(await refund(refundId)).toMatchObject({ state: 'refunded' });
    expect(await bill(first?.id ?? '')).toEqual({ paidFen: 70_00, waivedFen: 50_00, openFen: 0 });
    expect(await balance('revenue', 'credit')).toBe(70_00);
    expect(await balance('receivable')).toBe(0);
    await quiet();
  });

  test('the bill that is owed again can be paid again, and refunded again', async () => {
    const { paymentId, unit } = await paid(100_00);
    const ids = unit.bills.map(({ id }) => id);
    world.channel.refundMode = 'at-once';
    const first = await ask(paymentId, ids, [100_00]);
    await approve(first.refundId);
    const again = await takeDeskPayment(world.deps, {
      actor: world.staff,
      unitId: unit.unitId,
      billIds: ids,
      method: 'cash',
      amountFen: 100_00,
      idempotencyKey: 'once-more-1',
    });
    expect(await bill(ids[0] ?? '')).toMatchObject({ openFen: 0 });
    await expect(ask(paymentId, ids, [1])).rejects.toEqual(codeOf('REFUND_TOO_MUCH'));
    await ask(again.paymentId, ids, [100_00]);
    await quiet();
  });

  test('a notice that comes 32 times at once gives back once', async () => {
    const { paymentId, unit } = await paid(120_00);
    const { refundId } = await ask(paymentId, [unit.bills[0]?.id ?? ''], [120_00]);
    await approve(refundId);
    await notified((await refund(refundId)).refundNo, 32);
    expect(await balance('channel')).toBe(0);
    await quiet();
  });

  test('without any notice a query finds it', async () => {
    const { paymentId, unit } = await paid(120_00);
    const { refundId } = await ask(paymentId, [unit.bills[0]?.id ?? ''], [120_00]);
    await approve(refundId);
    world.channel.finishRefund((await refund(refundId)).refundNo);
    await steps.sweepAfter(31);
    expect(await refund(refundId)).toMatchObject({ state: 'refunded' });
    await quiet();
  });

  test('cash goes back as cash, with a voucher that is used once', async () => {
    const unit = await world.bills(60_00, 40_00);
    const ids = unit.bills.map(({ id }) => id);
    const { paymentId } = await takeDeskPayment(world.deps, {
      actor: world.staff,
      unitId: unit.unitId,
      billIds: ids,
      method: 'cash',
      amountFen: 100_00,
      idempotencyKey: 'drawer-0001',
    });
    const voucher = { voucherNo: 'V-0001', payeeName: '王阿姨', note: '本人签收，存前台夹 3' };
    const first = await ask(paymentId, ids, [10_00, 0]);
    await expect(
      payOutRefund(world.deps, { actor: world.staff, ...first, ...voucher }),
    ).rejects.toEqual(codeOf('REFUND_STATE_WRONG'));
    await approve(first.refundId);
    expect(await refund(first.refundId)).toMatchObject({ state: 'approved' });
    await payOutRefund(world.deps, { actor: world.staff, ...first, ...voucher });
    expect(await refund(first.refundId)).toMatchObject({ state: 'refunded' });
    expect(await balance('cash')).toBe(90_00);
    const second = await ask(paymentId, ids, [0, 40_00]);
    await approve(second.refundId);
    await expect(
      payOutRefund(world.deps, { actor: world.staff, ...second, ...voucher }),
    ).rejects.toEqual(codeOf('REFUND_VOUCHER_USED'));
    expect(world.channel.calls.refund).toBe(0);
    await quiet();
  });
});

describe('two people', () => {
  test('who asked cannot approve, reject or give up; nobody approves twice', async () => {
    const { paymentId, unit } = await paid(120_00);
    const { refundId } = await ask(paymentId, [unit.bills[0]?.id ?? ''], [20_00]);
    const own = { actor: world.staff, refundId };
    await expect(approveRefund(world.deps, { ...own, amountFen: 20_00 })).rejects.toEqual(
      codeOf('REFUND_OWN'),
    );
    await expect(rejectRefund(world.deps, { ...own, reason: '不退' })).rejects.toEqual(
      codeOf('REFUND_OWN'),
    );
    const checker = { actor: world.checker, refundId };
    await expect(approveRefund(world.deps, { ...checker, amountFen: 20_01 })).rejects.toEqual(
      codeOf('REFUND_AMOUNT_DIFFERS'),
    );
    await expect(cancelRefund(world.deps, checker)).rejects.toEqual(codeOf('REFUND_NOT_OWN'));
    await approve(refundId);
    await expect(approve(refundId)).rejects.toEqual(codeOf('REFUND_STATE_WRONG'));
    await expect(cancelRefund(world.deps, own)).rejects.toEqual(codeOf('REFUND_STATE_WRONG'));
    expect(world.channel.calls.refund).toBe(1);
  });

  test('an amount edited before or after the approval moves no money', async () => {
    const { paymentId, unit } = await paid(120_00);
    const before = await ask(paymentId, [unit.bills[0]?.id ?? ''], [20_00]);
    const edit = (refundId: string) =>
      system.deps.db.transaction(world.companyId, (tx) =>
        tx.run(sql`update payment.refund set amount_fen = 90_00
          where company_id = ${tx.companyId} and id = ${refundId}`),
      );
    await edit(before.refundId);
    await expect(approve(before.refundId)).rejects.toEqual(codeOf('REFUND_EDITED'));
    const after = await ask(paymentId, [unit.bills[0]?.id ?? ''], [20_00]);
    world.channel.fail('refund', 'lost-before');
    await approve(after.refundId);
    await edit(after.refundId);
    await steps.sweepAfter(31);
    expect(world.channel.refunds.size).toBe(0);
  });

  test('what is rejected or taken back can be asked for again', async () => {
    const { paymentId, unit } = await paid(50_00);
    const ids = [unit.bills[0]?.id ?? ''];
    const first = await ask(paymentId, ids, [50_00]);
    await expect(ask(paymentId, ids, [1])).rejects.toEqual(codeOf('REFUND_TOO_MUCH'));
    await rejectRefund(world.deps, { actor: world.checker, ...first, reason: '应先核实' });
    const second = await ask(paymentId, ids, [50_00]);
    await cancelRefund(world.deps, { actor: world.staff, ...second });
    await ask(paymentId, ids, [50_00]);
    await quiet();
  });
});
