import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { approveChange } from '../../../apps/server/src/modules/channels/use-cases/decide-change.ts';
import { flushHealth } from '../../../apps/server/src/modules/channels/use-cases/measure-call.ts';
import { proposeChange } from '../../../apps/server/src/modules/channels/use-cases/propose-change.ts';
import { viewHealth } from '../../../apps/server/src/modules/channels/use-cases/view-health.ts';
import { watchCircuits } from '../../../apps/server/src/modules/channels/use-cases/watch-circuits.ts';
import { planPayments, startPayment } from '../../../apps/server/src/modules/payment/index.ts';
import { sql } from '../../../apps/server/src/platform/database/index.ts';
import { newId } from '../../../apps/server/src/platform/id.ts';
import { givenBills } from '../../../apps/server/test/billing-builders.ts';
import {
  type GivenMerchantAccount,
  givenMerchantAccount,
} from '../../../apps/server/test/channels-builders.ts';
import { fen } from '../../../packages/money/src/index.ts';
import { startGateway } from './gateway-scene.ts';

/** Two merchant accounts of one company, of which the first one falls ill. */
let gateway: Awaited<ReturnType<typeof startGateway>>;
let company: Awaited<ReturnType<typeof gateway.company>>;
let first: GivenMerchantAccount;
let second: GivenMerchantAccount;

beforeAll(async () => {
  gateway = await startGateway();
});
beforeEach(async () => {
  company = await gateway.company();
  first = company.account;
  const { simulatorUrl, system } = gateway;
  second = await givenMerchantAccount(system, { simulatorUrl, companyId: company.companyId });
});
afterEach(() => gateway.control('DELETE', 'faults'));
afterAll(() => gateway.close());

const soon = { timeout: 10_000 } as const;
const deps = () => gateway.system.deps;

/** Where the money of a payment goes. */
async function accountOf(paymentId: string): Promise<string> {
  const { companyId } = company;
  const row = await deps().db.read(companyId, (tx) =>
    tx.one(sql<{ id: string }>`
      select merchant_account_id as id from payment.payment
      where company_id = ${companyId} and id = ${paymentId}`),
  );
  return row.id;
}

/** Five orders of the first account are lost on their way: its circuit opens. */
async function fallIll() {
  await gateway.arm('prepay', 'connection-lost-before', { times: 5 });
  const lost = [];
  for (let index = 0; index < 5; index += 1) lost.push(await company.started());
  await flushHealth(deps());
  return lost;
}

const circuit = async (account = first) =>
  (await viewHealth(deps(), company.companyId, account.merchantAccountId)).circuit;

async function probe() {
  gateway.system.clock.advance(31_000);
  await gateway.control('POST', 'clock', { advanceMs: 31_000 });
  await watchCircuits(deps());
}

test('new payments leave an account that does not answer; its old ones stay', async () => {
  const lost = await fallIll();
  for (const { paymentId } of lost) {
    expect(await accountOf(paymentId)).toBe(first.merchantAccountId);
  }
  expect(await circuit()).toBe('open');
  expect(await circuit(second)).toBe('closed');
  const next = await company.started();
  expect(await accountOf(next.paymentId)).toBe(second.merchantAccountId);
  await company.pay(next.orderNo);
  await expect.poll(async () => (await company.view(next.paymentId))?.state, soon).toBe('paid');
});

test('what is unknown at the sick account is never paid again at another one', async () => {
  await gateway.arm('prepay', 'connection-lost-after', { times: 5 });
  const lost = [];
  for (let index = 0; index < 5; index += 1) lost.push(await company.started());
  await flushHealth(deps());
  expect(await circuit()).toBe('open');
  const [one] = lost;
  if (!one) throw new Error('no payment was started');
  // The channel has the order, and tells nothing: another payer may not take the bill over.
  await gateway.arm('query', 'connection-lost-before', { times: 50 });
  await gateway.arm('close', 'connection-lost-before', { times: 50 });
  const { companyId } = company;
  const again = (key: string) =>
    startPayment(deps(), {
      companyId,
      unitId: one.unit.unitId,
      billIds: one.unit.bills.map(({ id }) => id),
      payer: { channel: 'wechat-pay', key },
      product: 'native',
      source: 'cashier',
    });
  await expect(again('另一位')).rejects.toThrow('PAYMENT_IN_PROGRESS');
  // The same payer gets the same order at the same account.
  expect((await again(`payer-${one.unit.unitId}`)).paymentId).toBe(one.paymentId);
  const orders = await deps().db.read(companyId, (tx) =>
    tx.many(sql<{ account: string }>`
      select attempt.merchant_account_id as account from payment.attempt as attempt
      join payment.payment as payment on payment.company_id = attempt.company_id
        and payment.id = attempt.payment_id
      where attempt.company_id = ${companyId} and payment.unit_id = ${one.unit.unitId}`),
  );
  expect(orders).toEqual([{ account: first.merchantAccountId }]);
  // Queries of the sick account go on: the money that came is found.
  await gateway.control('DELETE', 'faults');
  await company.pay(one.orderNo, { outcome: 'paid-no-notification' });
  await company.sweep(60);
  expect((await company.view(one.paymentId))?.state).toBe('paid');
});

test('half of the orders fail, then all: few reach the sick account, and it recovers', async () => {
  const accounts: string[] = [];
  const round = async (fault: boolean) => {
    if (fault) await gateway.arm('prepay', 'connection-lost-before');
    accounts.push(await accountOf((await company.started()).paymentId));
    await gateway.control('DELETE', 'faults');
    await flushHealth(deps());
  };
  const atFirst = () => accounts.filter((id) => id === first.merchantAccountId).length;
  for (let index = 0; index < 12; index += 1) await round(index % 2 === 0);
  // Once half of at least five orders failed, the others went elsewhere.
  expect(await circuit()).toBe('open');
  expect(atFirst()).toBeLessThanOrEqual(6);
  // It answers the probe, and fails the one payment that is let through: a few minutes of it.
  const before = atFirst();
  for (let minute = 0; minute < 4; minute += 1) {
    for (let half = 0; half < 2; half += 1) await probe();
    const isTried = (await circuit()) === 'half-open';
    for (let index = 0; index < 4; index += 1) await round(isTried && index === 0);
  }
  expect(atFirst() - before).toBeLessThanOrEqual(4);
  // It is well again: within the longest wait everything goes there as before.
  for (let half = 0; half < 10 && (await circuit()) === 'open'; half += 1) await probe();
  await round(false);
  expect(await circuit()).toBe('closed');
  const [last] = [await company.started()];
  expect(await accountOf(last.paymentId)).toBe(first.merchantAccountId);
  await company.check(false);
});

test('a probe lets one payment through, and its answer closes the circuit', async () => {
  await fallIll();
  await probe();
  expect(await circuit()).toBe('half-open');
  const [trial, other] = [await company.started(), await company.started()];
  expect(await accountOf(trial.paymentId)).toBe(first.merchantAccountId);
  expect(await accountOf(other.paymentId)).toBe(second.merchantAccountId);
  await flushHealth(deps());
  expect(await circuit()).toBe('closed');
  const next = await company.started();
  expect(await accountOf(next.paymentId)).toBe(first.merchantAccountId);
});

test('sixteen payers at once: a half-open circuit lets one of them through', async () => {
  await fallIll();
  await probe();
  const started = await Promise.all(Array.from({ length: 16 }, () => company.started()));
  const accounts = await Promise.all(started.map(({ paymentId }) => accountOf(paymentId)));
  expect(accounts.filter((id) => id === first.merchantAccountId)).toHaveLength(1);
});

test('a trial that is lost opens the circuit again, for longer', async () => {
  await fallIll();
  await probe();
  await gateway.arm('prepay', 'connection-lost-before');
  const trial = await company.started();
  expect(await accountOf(trial.paymentId)).toBe(first.merchantAccountId);
  await flushHealth(deps());
  expect(await circuit()).toBe('open');
  await probe();
  // Thirty seconds are over, but the second wait is a minute.
  expect(await circuit()).toBe('open');
  await probe();
  expect(await circuit()).toBe('half-open');
});

test('without another account the sick one is still tried', async () => {
  await fallIll();
  await decided({
    kind: 'change-account',
    id: second.merchantAccountId,
    change: { state: 'disabled' },
  });
  const next = await company.started();
  expect(await accountOf(next.paymentId)).toBe(first.merchantAccountId);
});

test('an alarm, an event and the audit tell that a circuit opened, once', async () => {
  await fallIll();
  await flushHealth(deps());
  const { companyId } = company;
  const facts = await deps().db.read(companyId, (tx) =>
    tx.one(sql<{ events: number; audits: number }>`
      select
        (select count(*) from platform.outbox
          where company_id = ${companyId} and topic = 'channels.circuit') as events,
        (select count(*) from platform.audit_entry
          where company_id = ${companyId} and action = 'channels.turn_circuit'
            and day >= '2026-01-01') as audits`),
  );
  expect(facts).toEqual({ events: 1, audits: 1 });
});

test('a rule moves payments at once, and a cart over two accounts is two payments', async () => {
  const { companyId } = company;
  const unit = await givenBills(gateway.system, { amountsFen: [100_00], companyId });
  const { unitId } = unit;
  const other = await givenBills(gateway.system, {
    amountsFen: [50_00],
    companyId,
    unitId,
    feeItemName: '装修押金',
  });
  const [fee, deposit] = [unit.bills[0], other.bills[0]];
  if (!fee || !deposit) throw new Error('no bills');
  await decided({
    kind: 'save-route',
    rule: {
      communityId: null,
      feeItemId: deposit.feeItemId,
      product: null,
      merchantAccountId: second.merchantAccountId,
      priority: 10,
    },
  });
  const start = (billIds: readonly string[]) =>
    startPayment(deps(), {
      companyId,
      unitId,
      billIds,
      payer: { channel: 'wechat-pay', key: '业主' },
      product: 'native',
      source: 'cashier',
    });
  await expect(start([fee.id, deposit.id])).rejects.toThrow('BILLS_OF_TWO_ACCOUNTS');
  const plan = await deps().db.read(companyId, (tx) =>
    planPayments(tx, deps(), {
      communityId: unit.communityId,
      bills: [
        { id: fee.id, feeItemId: fee.feeItemId, openFen: fen(100_00) },
        { id: deposit.id, feeItemId: deposit.feeItemId, openFen: fen(50_00) },
      ],
      ways: [{ channel: 'wechat-pay', product: 'native' }],
    }),
  );
  expect(plan.payments.map(({ account, billIds }) => [account.id, billIds])).toEqual([
    [first.merchantAccountId, [fee.id]],
    [second.merchantAccountId, [deposit.id]],
  ]);
  for (const { account, billIds } of plan.payments) {
    const { paymentId } = await start(billIds);
    expect(await accountOf(paymentId)).toBe(account.id);
  }
});

/** Proposed by one person and approved by another. */
async function decided(change: Parameters<typeof proposeChange>[1]['change']): Promise<void> {
  const actor = { ...gateway.system.staff, companyId: company.companyId };
  const { changeId } = await proposeChange(deps(), { actor, change });
  const other = { ...actor, id: newId(deps().clock.now()) };
  await approveChange(deps(), { actor: other, id: changeId ?? '' });
}
