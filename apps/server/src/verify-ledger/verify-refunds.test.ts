import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { givenSystem, type TestSystem } from '../../test/harness.ts';
import { type PaymentWorld, paymentWorld } from '../../test/payment-builders.ts';
import { refundStepsIn } from '../../test/refund-steps.ts';
import { payOutRefund } from '../modules/payment/index.ts';
import { createDatabase, type Database, type Statement, sql } from '../platform/database/index.ts';
import { linesOf } from './print.ts';
import { verifyLedger } from './verify.ts';

let system: TestSystem;
let owner: Database;
let world: PaymentWorld;
const steps = refundStepsIn(() => world);

beforeAll(async () => {
  system = await givenSystem();
  owner = createDatabase({ url: system.urls.owner, poolSize: 2 });
});
afterAll(async () => {
  await owner.close();
  await system.close();
});

/** Refunds of every kind: reopened, reduced, cash, of a case, bounced, and one made without us. */
beforeEach(async () => {
  world = await paymentWorld(system);
  world.channel.refundMode = 'at-once';
  const one = await steps.paid(120_00, 80_00);
  const ids = one.unit.bills.map(({ id }) => id);
  for (const effect of ['reopen', 'close'] as const) {
    const { refundId } = await steps.ask(one.paymentId, ids, [30_00, 0], effect);
    await steps.approve(refundId);
  }
  await steps.ask(one.paymentId, ids, [0, 5_00]);
  const cashUnit = await world.bills(60_00);
  const { paymentId } = await steps.payAtDesk(cashUnit);
  const cash = await steps.ask(paymentId, [cashUnit.bills[0]?.id ?? ''], [20_00]);
  await steps.approve(cash.refundId);
  const voucher = { voucherNo: `V-${world.shortCode}`, payeeName: '王阿姨', note: '本人签收' };
  await payOutRefund(world.deps, { actor: world.staff, ...cash, ...voucher });
  const bounced = await steps.ask(one.paymentId, ids, [0, 10_00]);
  await steps.approve(bounced.refundId);
  const { refundNo } = await steps.refund(bounced.refundId);
  world.channel.failRefund(refundNo);
  await steps.tell({ lookAt: { orderNo: 'x', refundNo } });
  const [back] = await steps.openCases();
  const again = await steps.askCase(back?.id ?? '');
  await steps.approve(again.refundId);
  await steps.tell(world.channel.refundInConsole(one.orderNo, 7_00).raw);
});

async function failures(): Promise<string> {
  const reports = await verifyLedger(owner, { anchorDirectory: undefined, now: later() });
  const report = reports.filter(({ shortCode }) => shortCode === world.shortCode);
  expect(report).toHaveLength(1);
  const lines = linesOf(report, 'zh').filter((line) => line.startsWith('      ✗'));
  return lines.filter((line) => !line.includes('封存')).join('\n');
}

/** Past the minute in which a process may be between two commits. */
const later = () => new Date(system.clock.now().getTime() + 3_600_000);
const ours = () => sql`company_id = ${world.companyId}`;

test('books with refunds of every kind hold', async () => {
  expect(await failures()).toBe('');
  await steps.quiet();
});

describe('is found:', () => {
  test.each<[string, () => Statement, string[]]>([
    [
      'a refund that says it happened and was never posted',
      () => sql`update ledger.posting set source_id = gen_random_uuid()
        where ${ours()} and kind = 'payment.refund'`,
      ['已退款与记账金额不等', '凭证找不到对应业务'],
    ],
    [
      'a reservation that nobody asked for',
      () => sql`update payment.allocation set refund_reserved_fen = 0
        where ${ours()} and refund_reserved_fen > 0`,
      ['的明细与退款不符'],
    ],
    [
      'a charge that was reduced and is whole again',
      () => sql`delete from billing.adjustment where ${ours()} and kind = 'reduced'`,
      ['revenue/deposit/agency:'],
    ],
    [
      'a proof that was never booked',
      () => sql`delete from payment.refund_key where ${ours()} and outcome = 'unasked'`,
      ['的凭据未入账', 'channel:'],
    ],
    [
      'a voucher that took nothing out of the drawer',
      () => sql`delete from payment.refund_key where ${ours()} and key like '%:desk:%'`,
      ['cash:', '的凭据未入账'],
    ],
    [
      'a case of money that left us, closed by hand',
      () => sql`update payment.surplus set state = 'resolved', resolved_fen = amount_fen,
        resolved_at = opened_at, resolution = '' where ${ours()} and direction = 'out'`,
      ['suspense：'],
    ],
    [
      'a bill that was paid back and still says paid',
      () => sql`update billing.bill set paid_fen = paid_fen + 2000
        where ${ours()} and amount_fen = 6000`,
      ['receivable:', '的已收与支付不符'],
    ],
  ])('%s', async (_name, statement, expected) => {
    await owner.transaction(world.companyId, async (tx) => {
      await tx.run(sql`set local session_replication_role = replica`);
      expect(await tx.run(statement())).toBeGreaterThan(0);
    });
    const found = await failures();
    for (const words of expected) expect(found).toContain(words);
  });
});
