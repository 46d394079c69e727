import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  approveRefund,
  checkpoints,
  decideOnPolicy,
  proposePolicy,
  proposeSettlement,
  requestRefund,
  takeDeskPayment,
} from '../../../apps/server/src/modules/payment/index.ts';
import { sql } from '../../../apps/server/src/platform/database/index.ts';
import { newId } from '../../../apps/server/src/platform/id.ts';
import { givenBills } from '../../../apps/server/test/billing-builders.ts';
import { bundle } from './bundle.ts';
import { childrenOf } from './children.ts';
import { startGateway } from './gateway-scene.ts';

/**
 * F11 for money that goes back: the process is killed at each named point of a refund, and of the
 * use of a case. What is left is found by the next process, and the money goes back once.
 */
let gateway: Awaited<ReturnType<typeof startGateway>>;
let company: Awaited<ReturnType<typeof gateway.company>>;
let program: Awaited<ReturnType<typeof bundle>>;
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
const maker = () => ({ ...gateway.system.staff, companyId: company.companyId });
const checker = () => ({ ...maker(), id: newId(gateway.system.clock.now()), name: '复核员' });
let keys = 0;
const key = () => {
  keys += 1;
  return `kill-key-${keys}`;
};

/** A payment that was paid in the wallet. */
async function paid(amountFen = 120_00) {
  const started = await company.started(amountFen);
  await company.pay(started.orderNo, { outcome: 'paid-no-notification' });
  await company.sweep(16);
  return started;
}

async function asked(amountFen = 120_00): Promise<string> {
  const { paymentId, unit } = await paid(amountFen);
  const { refundId } = await requestRefund(gateway.system.deps, {
    actor: maker(),
    paymentId,
    lines: [{ billId: unit.bills[0]?.id ?? '', amountFen }],
    billEffect: 'reopen',
    reason: '重复收费',
    idempotencyKey: key(),
  });
  return refundId;
}

const approving = (refundId: string, amountFen = 120_00) => ({
  kind: 'approve-refund' as const,
  input: { companyId: company.companyId, id: refundId, staffId: checker().id, amountFen },
});

async function stateOf(refundId: string) {
  const { companyId } = company;
  return await gateway.system.deps.db.read(companyId, (tx) =>
    tx.one(sql<{ state: string; refundNo: string | null }>`
      select r.state, (select refund_no from payment.refund_attempt
        where company_id = r.company_id and refund_id = r.id order by id desc limit 1)
        as "refundNo"
      from payment.refund as r where r.company_id = ${companyId} and r.id = ${refundId}`),
  );
}

/** The worker runs and the gateway, which takes a second for a refund, is asked again and again. */
async function afterwards() {
  for (const pause of [31, 121, 60, 300, 3600]) await company.sweep(pause);
}

describe('killed while a refund is approved and sent', () => {
  test.each([
    'refund.approve.committed',
    'refund.send.recorded',
    'refund.send.answered',
    'refund.send.finished',
  ])('%s: the money goes back once, under one number', async (point) => {
    const refundId = await asked();
    await runUntilKilled(point, approving(refundId));
    await afterwards();
    expect((await stateOf(refundId)).state).toBe('refunded');
    expect(await company.backFen()).toBe(120_00);
    await company.check();
  });
});

describe('killed while a notice of a refund is taken in', () => {
  test.each([
    'refund.notify.read',
    'refund.proof.stored',
    'refund.book.locked',
    'refund.decided.complete',
    'refund.book.bills',
    'refund.book.written',
    'refund.book.committed',
  ])('%s: one sweep later it is booked once', async (point) => {
    const refundId = await asked();
    await approveRefund(gateway.system.deps, {
      actor: checker(),
      refundId,
      amountFen: 120_00,
    });
    const { refundNo } = await stateOf(refundId);
    await gateway.advance(2);
    await company.finishRefund(refundNo ?? '');
    const server = await serving(point);
    expect(await company.notifyRefund(refundNo ?? '')).toEqual([0]);
    await death(server, point);
    await company.sweep(31);
    expect((await stateOf(refundId)).state).toBe('refunded');
    await company.check();
  });
});

describe('killed while the sweep asks about a refund', () => {
  test.each(['refund.sweep.claimed', 'refund.sweep.queried', 'refund.book.written'])(
    '%s: another worker takes over when the claim is over',
    async (point) => {
      const refundId = await asked();
      await approveRefund(gateway.system.deps, { actor: checker(), refundId, amountFen: 120_00 });
      const { refundNo } = await stateOf(refundId);
      await gateway.advance(31);
      await company.finishRefund(refundNo ?? '');
      await runUntilKilled(point, { kind: 'sweep' });
      await company.sweep(121);
      expect((await stateOf(refundId)).state).toBe('refunded');
      await company.check();
    },
  );
});

test('refund.policy.committed: a duplicate that the policy refunds goes back once', async () => {
  const { deps } = gateway.system;
  const proposal = { secondPayment: true, closedPayment: true, mostFen: 500_00, reason: '规则' };
  const { id: policyId } = await proposePolicy(deps, { actor: maker(), ...proposal });
  await decideOnPolicy(deps, { actor: checker(), policyId, to: 'active' });
  const { orderNo } = await company.started(80_00);
  await company.sweep(16);
  for (const pause of [300, 61]) await company.sweep(pause);
  const server = await serving('payment.book.committed');
  await company.pay(orderNo, { outcome: 'paid-after-close' });
  await company.notify(orderNo);
  await death(server, 'payment.book.committed');
  const point = 'refund.policy.committed';
  await runUntilKilled(point, { kind: 'sweep' });
  await afterwards();
  expect(await company.backFen()).toBe(80_00);
  expect(await company.cases()).toMatchObject([{ reason: 'closed-payment', state: 'resolved' }]);
  await company.check();
});

test('refund.pay-out.committed: the voucher is recorded once', async () => {
  const unit = await givenBills(gateway.system, {
    amountsFen: [60_00],
    companyId: company.companyId,
  });
  const billId = unit.bills[0]?.id ?? '';
  const { paymentId } = await takeDeskPayment(gateway.system.deps, {
    actor: maker(),
    unitId: unit.unitId,
    billIds: [billId],
    method: 'cash',
    amountFen: 60_00,
    idempotencyKey: key(),
  });
  const { refundId } = await requestRefund(gateway.system.deps, {
    actor: maker(),
    paymentId,
    lines: [{ billId, amountFen: 60_00 }],
    billEffect: 'close',
    reason: '多收',
    idempotencyKey: key(),
  });
  await runToTheEnd(approving(refundId, 60_00));
  const input = { companyId: company.companyId, id: refundId, staffId: checker().id };
  await runUntilKilled('refund.pay-out.committed', {
    kind: 'pay-out',
    input: { ...input, voucherNo: 'V-KILL-1' },
  });
  expect((await stateOf(refundId)).state).toBe('refunded');
  await company.check();
});

describe('killed while a case is used for bills', () => {
  test.each(['case.settle.written', 'case.settle.committed'])(
    '%s: the bills are settled once',
    async (point) => {
      await company.started(); // The gateway learns where to send its notices.
      const server = await serving('payment.book.committed');
      await gateway.control('POST', 'wechat-pay/unknown-order', {
        mchid: company.account.mchId,
        outTradeNo: `${company.shortCode}0000000000000000000000001`,
        totalFen: 33_00,
      });
      await death(server, 'payment.book.committed');
      const unit = await givenBills(gateway.system, {
        amountsFen: [33_00],
        companyId: company.companyId,
      });
      const caseId = await company.caseId();
      const { settlementId } = await proposeSettlement(gateway.system.deps, {
        actor: maker(),
        caseId,
        unitId: unit.unitId,
        lines: [{ billId: unit.bills[0]?.id ?? '', amountFen: 33_00 }],
        note: '付款人确认抵缴',
        idempotencyKey: key(),
      });
      const input = { companyId: company.companyId, id: settlementId, staffId: checker().id };
      await runUntilKilled(point, { kind: 'settle-case', input });
      if (point === 'case.settle.written') await runToTheEnd({ kind: 'settle-case', input });
      expect(await company.cases()).toMatchObject([{ state: 'resolved' }]);
      for (const pause of [301, 61]) await company.sweep(pause);
      await company.check();
    },
  );
});

test('every point of a refund that lies on the road was died at', () => {
  const needsOddMessages = /^refund\.decided\.(repeat|contradiction|ask|other-amount|unasked)$/;
  const onTheRoad = checkpoints.filter(
    (name) => /^(refund|case)\./.test(name) && !needsOddMessages.test(name),
  );
  expect(onTheRoad.length).toBeGreaterThanOrEqual(15);
  expect(onTheRoad.filter((name) => !killed.has(name))).toEqual([]);
});
