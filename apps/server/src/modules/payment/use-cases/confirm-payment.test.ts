import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { givenSystem } from '../../../../test/harness.ts';
import { type PaymentWorld, payer, paymentWorld } from '../../../../test/payment-builders.ts';
import { stepsIn } from '../../../../test/payment-steps.ts';
import { sql } from '../../../platform/database/index.ts';
import { orderNoOf } from '../../../platform/id.ts';
import { startPayment, takeDeskPayment } from '../index.ts';

const system = await givenSystem();
let world: PaymentWorld;
beforeEach(async () => {
  world = await paymentWorld(system);
});
afterAll(() => system.close());
const { quiet, viewOf, confirm, started, casesOf, sweepAfter } = stepsIn(() => world);

describe('a proof that comes often', () => {
  test('fifty times at once is booked once', async () => {
    const { orderNo } = await started(120_00);
    const trade = world.channel.pay(orderNo);
    const told = Array.from({ length: 50 }, (_, turn) =>
      confirm(trade, turn % 5 === 0 ? 'query' : 'notification'),
    );
    const outcomes = (await Promise.all(told)).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'settled')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'repeat')).toHaveLength(49);
    await quiet();
  });

  test('of an order that nobody made is one case, fifty times at once', async () => {
    const trade = world.channel.payUnknown(orderNoOf(world.shortCode, world.companyId), 66_00);
    const told = await Promise.all(Array.from({ length: 50 }, () => confirm(trade)));
    expect(told.filter(({ outcome }) => outcome === 'surplus')).toHaveLength(1);
    expect(await casesOf()).toEqual([{ reason: 'unknown-order', state: 'open', amountFen: 66_00 }]);
    await quiet();
  });

  test('a statement on another day still finds it booked', async () => {
    const { orderNo } = await started(120_00);
    const trade = world.channel.pay(orderNo);
    await confirm(trade);
    system.clock.advance(3 * 86_400_000);
    expect(await confirm(trade, 'statement')).toMatchObject({ outcome: 'repeat' });
    await quiet();
  });
});

test('fifty payers and the desk on one bill: collected once, the rest in suspense', async () => {
  const unit = await world.bills(300_00);
  const orders: string[] = [];
  const desk = (turn: number) =>
    takeDeskPayment(world.deps, {
      actor: world.staff,
      unitId: unit.unitId,
      billIds: unit.bills.map(({ id }) => id),
      method: 'cash',
      amountFen: 300_00,
      idempotencyKey: `desk-of-${turn}`,
    });
  const phone = async (turn: number) => {
    const product = turn % 2 === 0 ? 'jsapi' : 'native';
    const who = { ...payer(`住户${turn}`), key: `wallet-${turn % 2}:${turn}` };
    const { paymentId } = await startPayment(world.deps, world.wish(unit, { payer: who, product }));
    orders.push((await viewOf(paymentId))?.orderNo ?? '');
  };
  const answers = await Promise.allSettled(
    Array.from({ length: 50 }, (_, turn) => (turn % 10 === 9 ? desk(turn) : phone(turn))),
  );
  const codes = answers.flatMap((answer) =>
    answer.status === 'rejected' ? [(answer.reason as { code?: string }).code] : [],
  );
  expect(codes.every((code) => code !== undefined)).toBe(true);
  // They may all have closed one another; then somebody comes alone.
  await phone(50).catch((refusal: unknown) =>
    expect(refusal).toMatchObject({ code: expect.any(String) }),
  );
  // Whoever has instructions pays, closed or not: a wallet may be that late.
  const trades = orders.map((orderNo) => world.channel.pay(orderNo));
  await Promise.all(trades.flatMap((trade) => [confirm(trade), confirm(trade)]));
  await sweepAfter(400);
  const paid = await system.deps.db.read(world.companyId, (tx) =>
    tx.one(sql<{ paid: number }>`
      select paid_fen as paid from billing.pub_bill where company_id = ${world.companyId}`),
  );
  expect(paid.paid).toBe(300_00);
  const cases = await casesOf();
  expect(cases.length).toBeGreaterThanOrEqual(orders.length - 1);
  await quiet();
});
