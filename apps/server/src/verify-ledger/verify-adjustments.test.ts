import { afterAll, beforeAll, expect, test } from 'vitest';
import { givenSystem, type TestSystem } from '../../test/harness.ts';
import { type PaymentWorld, paymentWorld } from '../../test/payment-builders.ts';
import { adjustBill } from '../modules/billing/index.ts';
import { takeDeskPayment } from '../modules/payment/index.ts';
import { createDatabase, type Database, sql } from '../platform/database/index.ts';
import { linesOf } from './print.ts';
import { verifyLedger } from './verify.ts';

let system: TestSystem;
let owner: Database;
let world: PaymentWorld;

/** A bill reduced and then paid, one let off in part, one made void, and one that waits. */
beforeAll(async () => {
  system = await givenSystem();
  owner = createDatabase({ url: system.urls.owner, poolSize: 2 });
  world = await paymentWorld(system);
  const unit = await world.bills(120_00, 80_00, 60_00, 500_00);
  const ids = unit.bills.map(({ id }) => id);
  await adjust(ids[0], { kind: 'correction', amountFen: 20_00 });
  await adjust(ids[1], { kind: 'waiver', amountFen: 10_00 });
  await adjust(ids[2], { kind: 'void' });
  await adjust(ids[3], { kind: 'correction', amountFen: 400_00 });
  await takeDeskPayment(world.deps, {
    actor: world.staff,
    unitId: unit.unitId,
    billIds: [ids[0] ?? ''],
    method: 'cash',
    amountFen: 100_00,
    idempotencyKey: 'reduced-and-paid',
  });
});
afterAll(async () => {
  await owner.close();
  await system.close();
});

function adjust(
  billId = '',
  change: { kind: 'correction' | 'waiver' | 'void'; amountFen?: number },
) {
  const wish = { actor: world.staff, billId, reason: '面积有误', ...change };
  return system.deps.db.transaction(world.companyId, (tx) => adjustBill(tx, system.deps, wish));
}

async function failures(): Promise<string> {
  const now = new Date(system.clock.now().getTime() + 3_600_000);
  const reports = await verifyLedger(owner, { anchorDirectory: undefined, now });
  const report = reports.filter(({ shortCode }) => shortCode === world.shortCode);
  const lines = linesOf(report, 'zh').filter((line) => line.startsWith('      ✗'));
  return lines.filter((line) => !line.includes('封存')).join('\n');
}

test('books with bills that were reduced, let off and made void hold', async () => {
  expect(await failures()).toBe('');
});

test('a change that was edited afterwards is found', async () => {
  await owner.global.run(sql`
    update billing.adjustment_request set amount_fen = amount_fen + 1
    where company_id = ${world.companyId} and kind = 'waiver'`);
  expect(await failures()).toContain('账单调整与记账金额不等');
  await owner.global.run(sql`
    update billing.adjustment_request set amount_fen = amount_fen - 1,
      state = 'requested', decided_at = null
    where company_id = ${world.companyId} and kind = 'waiver'`);
  expect(await failures()).toContain('凭证找不到对应业务');
});
