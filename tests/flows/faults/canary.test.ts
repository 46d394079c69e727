import pg from 'pg';
import { afterAll, beforeEach, expect, test } from 'vitest';
import {
  confirmPayment,
  paymentState,
  startPayment,
} from '../../../apps/server/src/modules/payment/index.ts';
import { givenSystem } from '../../../apps/server/test/harness.ts';
import { type PaymentWorld, paymentWorld } from '../../../apps/server/test/payment-builders.ts';
import { checkInvariants } from '../../../apps/server/test/payment-invariants.ts';
import { refundStepsIn } from '../../../apps/server/test/refund-steps.ts';

/** The alarm is proved in every run: each invariant is broken by hand, and must be reported. */
const system = await givenSystem();
const owner = new pg.Client({ connectionString: system.urls.owner });
await owner.connect();
afterAll(async () => {
  await owner.end();
  await system.close();
});

let world: PaymentWorld;
beforeEach(async () => {
  world = await paymentWorld(system);
  const { companyId, deps, channel } = world;
  const viewOf = (id: string) => system.deps.db.read(companyId, (tx) => paymentState(tx, id));
  const unit = await world.bills(120_00, 80_00);
  const { paymentId } = await startPayment(deps, world.wish(unit));
  const trade = channel.pay((await viewOf(paymentId))?.orderNo ?? '');
  await confirmPayment(deps, { companyId, source: 'notification', trade });
  const surplus = channel.payUnknown(`${world.shortCode}0000000000000000000000001`, 5_00);
  await confirmPayment(deps, { companyId, source: 'notification', trade: surplus });
  const steps = refundStepsIn(() => world);
  channel.refundMode = 'at-once';
  const billIds = unit.bills.map(({ id }) => id);
  for (const effect of ['reopen', 'close'] as const) {
    const { refundId } = await steps.ask(paymentId, billIds, [10_00, 5_00], effect);
    await steps.approve(refundId);
  }
  await steps.ask(paymentId, billIds, [1_00]);
  await checkInvariants(world, channel);
});

test.each([
  ['I1 receivables', `update billing.bill set paid_fen = paid_fen - 1 where company_id = $1`],
  ['I1 suspense', `update payment.surplus set amount_fen = amount_fen + 1 where company_id = $1`],
  [
    'I3 each trade',
    `update ledger.posting set key = 'payment.collect:wechat-pay:x:other' where company_id = $1
       and kind = 'payment.collect'`,
  ],
  [
    'I4 our channel balance',
    `update ledger.transfer set amount_fen = amount_fen + 1 where company_id = $1 and id = (
       select t.id from ledger.transfer as t join ledger.posting as p
         on p.company_id = t.company_id and p.id = t.posting_id
       where t.company_id = $1 and p.kind = 'payment.surplus')`,
  ],
  [
    'I5 no bill',
    `update payment.allocation set settled_fen = refunded_fen + refund_reserved_fen
       where company_id = $1`,
  ],
  [
    'I6 states',
    `update payment.state_change set to_state = 'closed' where company_id = $1
       and to_state = 'paid' and attempt_id is null`,
  ],
  ['I9 one event', `delete from platform.outbox where company_id = $1 and topic = 'payment.paid'`],
  [
    'I10 nothing',
    `insert into payment.unbooked_proof (company_id, id, day, due_at)
     select company_id, id, day, received_at from payment.proof where company_id = $1`,
  ],
  ['I1 income', `delete from billing.adjustment where company_id = $1 and kind = 'reduced'`],
  [
    'I3 each refund',
    `update ledger.posting set source_id = gen_random_uuid() where company_id = $1
       and kind = 'payment.refund'`,
  ],
  [
    'I3 each refund',
    `update payment.refund_key set key = key || '0' where company_id = $1
       and outcome = 'refunded'`,
  ],
  [
    'I5 nothing',
    `update payment.allocation set refund_reserved_fen = 0 where company_id = $1
       and refund_reserved_fen > 0`,
  ],
  [
    'I6 refunds',
    `delete from payment.refund_change where company_id = $1 and to_state = 'refunded'
       and attempt_id is null`,
  ],
  [
    'I9 one event per refund',
    `delete from platform.outbox where company_id = $1 and topic = 'payment.refunded'`,
  ],
  [
    'I10 no refund',
    `insert into payment.unbooked_refund_proof (company_id, id, day, due_at)
     select company_id, id, day, received_at from payment.refund_proof where company_id = $1`,
  ],
])('%s is reported when it is broken', async (name, sabotage) => {
  const { rowCount } = await owner.query(sabotage, [world.companyId]);
  expect(rowCount).toBeGreaterThan(0);
  await expect(checkInvariants(world, world.channel)).rejects.toThrow(name);
});

test.each([
  `update payment.proof set amount_fen = 1`,
  `delete from payment.proof`,
  `update payment.proof_key set outcome = 'settled'`,
  `delete from payment.proof_key`,
  `update payment.state_change set actor = 'nobody'`,
  `update payment.refund_line set amount_fen = 1`,
  `delete from payment.refund_proof`,
  `update payment.refund_key set outcome = 'refunded'`,
  `delete from billing.adjustment`,
  `update ledger.transfer set amount_fen = 1`,
  `delete from ledger.posting`,
])('I7: the application may not run: %s', async (statement) => {
  const app = new pg.Client({ connectionString: system.urls.app });
  await app.connect();
  await expect(app.query(statement)).rejects.toThrow('permission denied');
  await app.end();
});
