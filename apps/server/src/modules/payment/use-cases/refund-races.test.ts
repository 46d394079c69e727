import { afterAll, beforeEach, expect, test } from 'vitest';
import { givenSystem } from '../../../../test/harness.ts';
import { type PaymentWorld, payer, paymentWorld } from '../../../../test/payment-builders.ts';
import { refundStepsIn } from '../../../../test/refund-steps.ts';
import { sql } from '../../../platform/database/index.ts';
import { AppError } from '../../../platform/errors.ts';
import {
  approveRefund,
  cancelRefund,
  checkRefund,
  giveUpRefund,
  proposeSettlement,
  rejectRefund,
  retryRefund,
  startPayment,
} from '../index.ts';

/** Many at once, on a real database: whoever comes first wins, and every fen is where it belongs. */
const system = await givenSystem();
let world: PaymentWorld;
const steps = refundStepsIn(() => world);
const { paid, ask, approve, refund, balance, quiet, openCases, askCase } = steps;
const many = 32;

beforeEach(async () => {
  system.clock.set('2026-11-24T02:00:00Z');
  world = await paymentWorld(system);
});
afterAll(() => system.close());

/** What became of each: done, or the code it was refused with. */
async function together(calls: readonly (() => Promise<unknown>)[]): Promise<string[]> {
  const results = await Promise.allSettled(calls.map((call) => call()));
  return results.map((result) => {
    if (result.status === 'fulfilled') return 'done';
    if (result.reason instanceof AppError) return result.reason.code;
    throw result.reason;
  });
}

const times = (count: number, call: (index: number) => Promise<unknown>) =>
  Array.from({ length: count }, (_none, index) => () => call(index));

test('F9: of 100 refunds at once, whose sum exceeds what was paid, none goes over', async () => {
  const { paymentId, unit } = await paid(120_00, 30_00);
  const ids = unit.bills.map(({ id }) => id);
  const results = await together(times(100, () => ask(paymentId, ids, [3_00, 1_00])));
  expect(results.filter((one) => one === 'done')).toHaveLength(30);
  expect(new Set(results)).toEqual(new Set(['done', 'REFUND_TOO_MUCH']));
  await quiet();
});

test('F9: the database itself refuses to promise or give back more than was settled', async () => {
  const { paymentId } = await paid(120_00);
  const statement = sql`
    update payment.allocation set refunded_fen = settled_fen, refund_reserved_fen = 1
    where company_id = ${world.companyId} and payment_id = ${paymentId}`;
  await expect(
    system.deps.db.transaction(world.companyId, (tx) => tx.run(statement)),
  ).rejects.toThrow('allocation_refund_within');
});

test('the same request 32 times asks for one refund', async () => {
  const { paymentId, unit } = await paid(120_00);
  const request = steps.requestOf(paymentId, [unit.bills[0]?.id ?? ''], [10_00]);
  const answers = await Promise.all(times(many, request).map((call) => call()));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  await quiet();
});

test('32 checkers approve at once: one does, and the channel is asked once', async () => {
  const { paymentId, unit } = await paid(120_00);
  const { refundId } = await ask(paymentId, [unit.bills[0]?.id ?? ''], [120_00]);
  const command = { actor: world.checker, refundId, amountFen: 120_00 };
  const results = await together(times(many, () => approveRefund(world.deps, command)));
  expect(results.filter((one) => one === 'done')).toHaveLength(1);
  expect(world.channel.calls.refund).toBe(1);
  await steps.notified((await refund(refundId)).refundNo);
  await quiet();
});

test('approve, reject and take back at once: one of them happens', async () => {
  const { paymentId, unit } = await paid(120_00);
  const { refundId } = await ask(paymentId, [unit.bills[0]?.id ?? ''], [120_00]);
  world.channel.refundMode = 'at-once';
  const checker = { actor: world.checker, refundId };
  const results = await together([
    ...times(11, () => approveRefund(world.deps, { ...checker, amountFen: 120_00 })),
    ...times(11, () => rejectRefund(world.deps, { ...checker, reason: '不退' })),
    ...times(10, () => cancelRefund(world.deps, { actor: world.staff, refundId })),
  ]);
  expect(results.filter((one) => one === 'done')).toHaveLength(1);
  const { state } = await refund(refundId);
  expect(['refunded', 'rejected', 'cancelled']).toContain(state);
  expect(await balance('channel')).toBe(state === 'refunded' ? 0 : 120_00);
  await quiet();
});

test('notice, query, sweep and retry of one refund at once: it is booked once', async () => {
  const { paymentId, unit } = await paid(120_00);
  const { refundId } = await ask(paymentId, [unit.bills[0]?.id ?? ''], [120_00]);
  world.channel.fail('refund', 'refused');
  await approve(refundId);
  const { refundNo } = await refund(refundId);
  const maker = { actor: world.staff, refundId };
  await together([
    ...times(8, () => retryRefund(world.deps, maker)),
    ...times(8, () => giveUpRefund(world.deps, { ...maker, reason: '放弃' })),
  ]);
  expect(await refund(refundId)).toMatchObject({ state: 'processing', refundNo });
  world.channel.finishRefund(refundNo);
  system.clock.advance(31_000);
  await together([
    ...times(10, () => steps.notified(refundNo)),
    ...times(8, () => checkRefund(world.deps, maker)),
    ...times(6, () => steps.work()),
    ...times(8, () => retryRefund(world.deps, maker)),
  ]);
  expect(await refund(refundId)).toMatchObject({ state: 'refunded' });
  expect(world.channel.refundedFen()).toBe(120_00);
  await quiet();
});

test('a retry crosses with giving up: the amount is free or goes back', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { paymentId, unit } = await paid(40_00);
    const { refundId } = await ask(paymentId, [unit.bills[0]?.id ?? ''], [40_00]);
    world.channel.fail('refund', 'refused');
    await approve(refundId);
    const drop = { actor: world.checker, refundId, reason: '放弃' };
    await together([
      ...times(16, () => retryRefund(world.deps, { actor: world.staff, refundId })),
      ...times(16, () => giveUpRefund(world.deps, drop)),
    ]);
    const { state, refundNo } = await refund(refundId);
    if (state === 'processing') await steps.notified(refundNo);
    else expect(state).toBe('cancelled');
  }
  await quiet();
});

test('bills reopen while another payer starts, takes over and the desk collects', async () => {
  const { paymentId, unit } = await paid(50_00, 50_00, 50_00);
  const ids = unit.bills.map(({ id }) => id);
  world.channel.refundMode = 'at-once';
  const first = await ask(paymentId, ids, [50_00, 50_00, 0]);
  await approve(first.refundId);
  const second = await ask(paymentId, ids, [0, 0, 50_00]);
  const wish = (index: number) => world.wish(unit, { payer: payer(`家人${index % 4}`) });
  await together([
    () => approve(second.refundId),
    ...times(15, (index) => startPayment(world.deps, wish(index))),
    ...times(8, () => steps.payAtDesk(unit)),
    ...times(4, () => steps.work()),
    ...times(4, () => ask(paymentId, ids, [1, 1, 1])),
  ]);
  expect(await refund(second.refundId)).toMatchObject({ state: 'refunded' });
  for (const order of world.channel.orders.values()) {
    if (order.state === 'unpaid') await steps.confirm(world.channel.pay(order.orderNo));
  }
  for (const pause of [301, 61, 3600]) await steps.sweepAfter(pause);
  await quiet();
});

test('one case, asked to be refunded and to be used at once: one of the two', async () => {
  const one = await paid(120_00);
  await steps.confirm(world.channel.pay(one.orderNo, { again: true }));
  const [surplus] = await openCases();
  const caseId = surplus?.id ?? '';
  const more = await world.bills(20_00);
  const lines = more.bills.map(({ id, amountFen }) => ({ billId: id, amountFen }));
  const settle = { actor: world.staff, caseId, unitId: more.unitId, lines, note: '抵缴' };
  const results = await together([
    ...times(16, () => askCase(caseId)),
    ...times(16, (index) =>
      proposeSettlement(world.deps, { ...settle, idempotencyKey: `settle-${index}-key` }),
    ),
  ]);
  expect(results.filter((result) => result === 'done')).toHaveLength(1);
  expect(new Set(results)).toEqual(new Set(['done', 'CASE_NOT_FREE']));
  await quiet();
});
