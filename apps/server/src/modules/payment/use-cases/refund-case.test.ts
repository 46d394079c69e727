import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { givenSystem } from '../../../../test/harness.ts';
import { type PaymentWorld, paymentWorld } from '../../../../test/payment-builders.ts';
import { refundStepsIn } from '../../../../test/refund-steps.ts';
import { sql } from '../../../platform/database/index.ts';
import {
  approveSettlement,
  decideOnPolicy,
  dropSettlement,
  proposePolicy,
  proposeSettlement,
  requestAdoption,
  stopPolicy,
} from '../index.ts';

const system = await givenSystem();
let world: PaymentWorld;
const steps = refundStepsIn(() => world);
const { paid, approve, refund, bill, balance, quiet, openCases, askCase } = steps;

beforeEach(async () => {
  system.clock.set('2026-11-24T02:00:00Z');
  world = await paymentWorld(system);
});
afterAll(() => system.close());

const codeOf = (code: string) => expect.objectContaining({ code });
let keys = 0;
const key = () => `case-key-${String((keys += 1)).padStart(4, '0')}`;

/** The same order paid a second time, as a payer with two phones does. */
async function paidTwice(amountFen: number) {
  const one = await paid(amountFen);
  await steps.confirm(world.channel.pay(one.orderNo, { again: true }));
  const [surplus] = await openCases();
  return { ...one, caseId: surplus?.id ?? '' };
}

describe('the money of a case', () => {
  test('goes back in full by the way it came, and the case is resolved', async () => {
    const { caseId } = await paidTwice(120_00);
    const { refundId } = await askCase(caseId);
    await expect(askCase(caseId)).rejects.toEqual(codeOf('CASE_NOT_FREE'));
    await approve(refundId);
    await steps.notified((await refund(refundId)).refundNo);
    expect(await openCases()).toEqual([]);
    expect(await balance('channel')).toBe(120_00);
    expect(await balance('suspense', 'credit')).toBe(0);
    await quiet();
  });

  test('settles open bills: a payment like any other, that can be refunded', async () => {
    const { caseId, unit } = await paidTwice(120_00);
    const more = await world.bills(70_00, 30_00);
    const lines = more.bills.map(({ id, amountFen }) => ({ billId: id, amountFen }));
    const ask = { actor: world.staff, caseId, unitId: more.unitId, lines, note: '付款人同意抵缴' };
    await expect(
      proposeSettlement(world.deps, { ...ask, unitId: unit.unitId, idempotencyKey: key() }),
    ).rejects.toEqual(codeOf('BILLS_OF_ANOTHER_UNIT'));
    const { settlementId } = await proposeSettlement(world.deps, { ...ask, idempotencyKey: key() });
    await expect(askCase(caseId)).rejects.toEqual(codeOf('CASE_NOT_FREE'));
    await expect(
      approveSettlement(world.deps, { actor: world.staff, settlementId }),
    ).rejects.toEqual(codeOf('REFUND_OWN'));
    await approveSettlement(world.deps, { actor: world.checker, settlementId });
    expect(await bill(more.bills[0]?.id ?? '')).toMatchObject({ openFen: 0, paidFen: 70_00 });
    expect(await openCases()).toMatchObject([{ leftFen: 20_00 }]);
    expect(await balance('suspense', 'credit')).toBe(20_00);
    await quiet();

    const [made] = await steps.read<{ id: string }>(sql`
      select id from payment.payment where company_id = ${world.companyId}
        and source = 'suspense'`);
    const back = await steps.ask(made?.id ?? '', [more.bills[0]?.id ?? ''], [70_00]);
    world.channel.refundMode = 'at-once';
    await approve(back.refundId);
    expect(await refund(back.refundId)).toMatchObject({ state: 'refunded' });
    const rest = await askCase(caseId);
    await approve(rest.refundId);
    expect(await balance('channel')).toBe(150_00);
    expect(await openCases()).toEqual([]);
    await quiet();
  });

  test('a proposal that is rejected or taken back leaves the case free', async () => {
    const { caseId } = await paidTwice(120_00);
    const more = await world.bills(70_00);
    const lines = more.bills.map(({ id, amountFen }) => ({ billId: id, amountFen }));
    const ask = { actor: world.staff, caseId, unitId: more.unitId, lines, note: '抵缴' };
    const first = await proposeSettlement(world.deps, { ...ask, idempotencyKey: key() });
    const drop = { ...first, actor: world.checker, note: '未联系付款人' };
    await dropSettlement(world.deps, { ...drop, to: 'rejected' });
    const second = await proposeSettlement(world.deps, { ...ask, idempotencyKey: key() });
    await dropSettlement(world.deps, {
      ...second,
      actor: world.staff,
      note: null,
      to: 'cancelled',
    });
    await askCase(caseId);
    await quiet();
  });

  test('bills that were paid meanwhile are refused, and more than there is', async () => {
    const { caseId } = await paidTwice(50_00);
    const more = await world.bills(60_00);
    const [first] = more.bills;
    const ask = {
      actor: world.staff,
      caseId,
      unitId: more.unitId,
      note: '抵缴',
      lines: [{ billId: first?.id ?? '', amountFen: 60_00 }],
    };
    await expect(proposeSettlement(world.deps, { ...ask, idempotencyKey: key() })).rejects.toEqual(
      codeOf('CASE_TOO_SMALL'),
    );
    const part = { ...ask, lines: [{ billId: first?.id ?? '', amountFen: 50_00 }] };
    const { settlementId } = await proposeSettlement(world.deps, {
      ...part,
      idempotencyKey: key(),
    });
    await steps.payAtDesk(more);
    await expect(
      approveSettlement(world.deps, { actor: world.checker, settlementId }),
    ).rejects.toEqual(codeOf('BILLS_NOT_PAYABLE'));
    await quiet();
  });
});

describe('money that left without us is adopted', () => {
  test('as a refund of bills: nothing more goes back, bills and books follow', async () => {
    const { paymentId, orderNo, unit } = await paid(120_00);
    await steps.tell(world.channel.refundInConsole(orderNo, 80_00).raw);
    const [out] = await openCases();
    const of = {
      paymentId,
      billEffect: 'reopen' as const,
      lines: [{ billId: unit.bills[0]?.id ?? '', amountFen: 80_00 }],
    };
    const ask = { actor: world.staff, caseId: out?.id ?? '', reason: '平台误操作', of };
    const wrong = { ...of, lines: [{ billId: unit.bills[0]?.id ?? '', amountFen: 79_99 }] };
    await expect(
      requestAdoption(world.deps, { ...ask, of: wrong, idempotencyKey: key() }),
    ).rejects.toEqual(codeOf('CASE_AMOUNT_DIFFERS'));
    const { refundId } = await requestAdoption(world.deps, { ...ask, idempotencyKey: key() });
    await approve(refundId);
    expect(await refund(refundId)).toMatchObject({ state: 'refunded' });
    expect(world.channel.calls.refund).toBe(0);
    expect(await bill(unit.bills[0]?.id ?? '')).toMatchObject({ openFen: 80_00 });
    expect(await balance('suspense', 'credit')).toBe(0);
    expect(await openCases()).toEqual([]);
    await quiet();
  });

  test('as the refund of another case: both are resolved, no account moves', async () => {
    const { caseId, orderNo } = await paidTwice(120_00);
    await steps.tell(world.channel.refundInConsole(orderNo, 120_00).raw);
    const out = (await openCases()).find(({ direction }) => direction === 'out');
    const { refundId } = await requestAdoption(world.deps, {
      actor: world.staff,
      caseId: out?.id ?? '',
      reason: '平台已退重复款',
      of: { caseId },
      idempotencyKey: key(),
    });
    await approve(refundId);
    expect(await openCases()).toEqual([]);
    expect(await balance('suspense', 'credit')).toBe(0);
    expect(await balance('channel')).toBe(120_00);
    await quiet();
  });
});

describe('the standing policy', () => {
  const propose = (change: object = {}) =>
    proposePolicy(world.deps, {
      actor: world.staff,
      secondPayment: true,
      closedPayment: true,
      mostFen: 200_00,
      reason: '重复与迟到付款当天退回',
      ...change,
    });
  async function approved(change: object = {}) {
    const { id } = await propose(change);
    const decision = { policyId: id, to: 'active' as const };
    await expect(decideOnPolicy(world.deps, { ...decision, actor: world.staff })).rejects.toEqual(
      codeOf('REFUND_OWN'),
    );
    await decideOnPolicy(world.deps, { ...decision, actor: world.checker });
    return id;
  }

  test('refunds an exact duplicate in full, once, without anybody', async () => {
    await approved();
    await paidTwice(120_00);
    world.channel.refundMode = 'at-once';
    await steps.work();
    await steps.work();
    expect(world.channel.refundedFen()).toBe(120_00);
    expect(await openCases()).toEqual([]);
    const refunds = await steps.read<{ requestedBy: string; decidedBy: string }>(sql`
      select requested_by as "requestedBy", decided_by as "decidedBy" from payment.refund
      where company_id = ${world.companyId}`);
    expect(refunds).toEqual([{ requestedBy: '自动退款规则', decidedBy: '复核员' }]);
    await quiet();
  });

  test('refunds money that came after the close', async () => {
    await approved();
    const { orderNo } = await steps.started(80_00);
    await steps.sweepAfter(301);
    await steps.confirm(world.channel.pay(orderNo));
    world.channel.refundMode = 'at-once';
    await steps.work();
    expect(world.channel.refundedFen()).toBe(80_00);
    expect(await balance('channel')).toBe(0);
    await quiet();
  });

  test('does nothing before it is approved, for older cases, larger sums, or later', async () => {
    await paidTwice(90_00);
    system.clock.advance(1000);
    await propose({ reason: '先提交' });
    await expect(propose()).rejects.toEqual(codeOf('POLICY_EXISTS'));
    await steps.work();
    const [waiting] = await steps.read<{ id: string }>(sql`
      select id from payment.refund_policy where company_id = ${world.companyId}`);
    const policyId = waiting?.id ?? '';
    await decideOnPolicy(world.deps, { actor: world.checker, policyId, to: 'active' });
    await steps.work();
    await paidTwice(300_00);
    await steps.work();
    await stopPolicy(world.deps, { actor: world.staff, policyId });
    await paidTwice(60_00);
    await steps.work();
    expect(world.channel.refunds.size).toBe(0);
    expect(await openCases()).toHaveLength(3);
    await quiet();
  });

  test('a refund of the policy that the channel refuses is left to people', async () => {
    await approved();
    await paidTwice(120_00);
    world.channel.fail('refund', 'refused');
    await steps.work();
    for (let round = 0; round < 3; round += 1) await steps.sweepAfter(60);
    expect(world.channel.calls.refund).toBe(1);
    expect(await openCases()).toHaveLength(1);
    await quiet();
  });
});
