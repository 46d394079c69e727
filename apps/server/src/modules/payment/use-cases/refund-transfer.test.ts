import { afterAll, beforeEach, expect, test } from 'vitest';
import {
  type BankWorld,
  bankWorld,
  debitOf,
  entriesOf,
  imported,
  statementOf,
} from '../../../../test/bank-builders.ts';
import { givenSystem } from '../../../../test/harness.ts';
import { paymentWorld } from '../../../../test/payment-builders.ts';
import { refundStepsIn } from '../../../../test/refund-steps.ts';
import { createDatabase } from '../../../platform/database/index.ts';
import { verifyLedger } from '../../../verify-ledger/verify.ts';
import { payOutRefund } from '../index.ts';

/** Money that came by bank transfer goes back by the bank: paid out by hand, with its slip. */
const system = await givenSystem();
const owner = createDatabase({ url: system.urls.owner, poolSize: 2 });
let world: BankWorld;
const steps = refundStepsIn(() => world);
const slip = { payeeName: '陌生人', note: '网银退回，回单存档 7' };

beforeEach(async () => {
  world = await bankWorld(await paymentWorld(system));
  await imported(world, statementOf([{ credit: '100', no: 'B1', name: '陌生人' }]));
});
afterAll(async () => {
  await owner.close();
  await system.close();
});

const inBank = () => debitOf(world, `bank:${world.bankAccountId}`);

async function bookProblems(): Promise<string[]> {
  const reports = await verifyLedger(owner, {
    anchorDirectory: undefined,
    now: system.clock.now(),
  });
  const ours = reports.filter(({ shortCode }) => shortCode === world.shortCode);
  return ours.flatMap(({ checks }) =>
    checks
      .flatMap(({ findings }) => findings.map(({ zh }) => zh))
      .filter((words) => !words.includes('封存')),
  );
}

test('a transfer that fits nowhere goes back out of the account that it came into', async () => {
  expect(await inBank()).toBe(100_00);
  const [one] = await steps.openCases();
  const { refundId } = await steps.askCase(one?.id ?? '');
  await steps.approve(refundId);
  expect(await steps.refund(refundId)).toMatchObject({ state: 'approved' });
  await payOutRefund(world.deps, { actor: world.staff, refundId, voucherNo: 'HD-1', ...slip });
  expect(await inBank()).toBe(0);
  expect(await debitOf(world, 'suspense')).toBe(0);
  expect(await steps.openCases()).toEqual([]);
  expect((await entriesOf(world)).length).toBe(1);
  expect(await bookProblems()).toEqual([]);
  await steps.quiet();
});

test('part of what it settled goes back the same way, and the bill is owed again', async () => {
  const unit = await world.bills(100_00);
  const [one] = await steps.openCases();
  const paymentId = await steps.useCase(one?.id ?? '', unit);
  const billId = unit.bills[0]?.id ?? '';
  const { refundId } = await steps.ask(paymentId, [billId], [40_00]);
  await steps.approve(refundId);
  await payOutRefund(world.deps, { actor: world.staff, refundId, voucherNo: 'HD-2', ...slip });
  expect(await inBank()).toBe(60_00);
  expect(await steps.bill(billId)).toMatchObject({ openFen: 40_00 });
  expect(await bookProblems()).toEqual([]);
  await steps.quiet();
});
