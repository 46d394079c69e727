import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { givenSystem } from '../../../../test/harness.ts';
import { type PaymentWorld, paymentWorld } from '../../../../test/payment-builders.ts';
import { checkInvariants } from '../../../../test/payment-invariants.ts';
import { stepsIn } from '../../../../test/payment-steps.ts';
import { type Statement, sql } from '../../../platform/database/index.ts';
import { startPayment } from '../index.ts';

const system = await givenSystem();
let world: PaymentWorld;
beforeEach(async () => {
  world = await paymentWorld(system);
});
afterAll(() => system.close());
const { quiet, viewOf, confirm, started, casesOf, sweepAfter } = stepsIn(() => world);

describe('money that fits nowhere', () => {
  test('another amount changes no bill and no payment until a query says so', async () => {
    const { orderNo, paymentId, unit } = await started(120_00);
    const trade = world.channel.pay(orderNo, { amountFen: 119_00 });
    expect(await confirm(trade)).toMatchObject({ outcome: 'surplus' });
    expect(await casesOf()).toEqual([{ reason: 'other-amount', state: 'open', amountFen: 119_00 }]);
    expect((await viewOf(paymentId))?.state).toBe('open');
    await sweepAfter(1);
    expect((await viewOf(paymentId))?.state).toBe('closed');
    // The bill is free for whoever pays it right.
    const again = await startPayment(world.deps, world.wish(unit));
    await confirm(world.channel.pay((await viewOf(again.paymentId))?.orderNo ?? ''));
    await quiet();
  });

  test('another amount learnt from a query is a case and ends the order at once', async () => {
    const { orderNo, paymentId } = await started(120_00);
    world.channel.pay(orderNo, { amountFen: 121_00 });
    await sweepAfter(6);
    expect((await viewOf(paymentId))?.state).toBe('closed');
    expect(await casesOf()).toMatchObject([{ reason: 'other-amount', amountFen: 121_00 }]);
    await quiet();
  });

  test('a notification whose amount the channel’s books deny is corrected', async () => {
    const { orderNo, paymentId } = await started(120_00);
    const trade = world.channel.pay(orderNo);
    const wrong = { ...trade, amountFen: (trade.amountFen + 1) as typeof trade.amountFen };
    expect(await confirm({ ...wrong, raw: '{"wrong":true}' })).toMatchObject({
      outcome: 'surplus',
    });
    await sweepAfter(1);
    expect((await viewOf(paymentId))?.state).toBe('paid');
    expect(await casesOf()).toMatchObject([{ reason: 'other-amount', state: 'resolved' }]);
    expect(await confirm({ ...wrong, raw: '{"wrong":true}' })).toMatchObject({
      outcome: 'contradiction',
    });
    expect(await confirm(trade)).toMatchObject({ outcome: 'repeat' });
    await sweepAfter(1);
    await quiet();
  });

  test('two notifications with two amounts: the channel is asked', async () => {
    const { orderNo, paymentId } = await started(120_00);
    const trade = world.channel.pay(orderNo);
    const wrong = { ...trade, amountFen: 1 as typeof trade.amountFen, raw: '{"wrong":true}' };
    await confirm(wrong);
    expect(await confirm(trade)).toMatchObject({ outcome: 'contradiction' });
    await sweepAfter(1);
    expect((await viewOf(paymentId))?.state).toBe('paid');
    await quiet();
  });

  test('a second success of a paid payment', async () => {
    const { orderNo } = await started(120_00);
    await confirm(world.channel.pay(orderNo));
    const second = world.channel.pay(orderNo, { again: true });
    expect(await confirm(second)).toMatchObject({ outcome: 'surplus' });
    expect(await casesOf()).toMatchObject([{ reason: 'second-payment' }]);
    await quiet();
  });

  test('an order of ours that another merchant account collected', async () => {
    const { orderNo, paymentId } = await started(120_00);
    const trade = world.channel.pay(orderNo);
    const other = { ...trade, merchantAccountId: world.companyId, tradeNo: 'OTHER1' };
    expect(await confirm(other)).toMatchObject({ outcome: 'surplus' });
    expect((await viewOf(paymentId))?.state).toBe('open');
    await confirm(trade);
    // The other account's book is not this channel's: only ours is compared.
    await checkInvariants(world, {
      ...world.channel,
      trades: () => [...world.channel.trades(), other],
    }).catch((error: Error) => expect(error.message).toMatch(/^invariants broken:\nI4[^\n]*$/));
  });

  test('foreign currency is never booked as fen, and waits loudly', async () => {
    const { orderNo, paymentId } = await started(120_00);
    const trade = world.channel.pay(orderNo);
    await expect(confirm({ ...trade, currency: 'USD', tradeNo: 'USD1' })).rejects.toThrow('USD');
    await sweepAfter(6);
    expect((await viewOf(paymentId))?.state).toBe('paid');
    const waiting = await system.deps.db.read(world.companyId, (tx) =>
      tx.many(sql`select id from payment.unbooked_proof where company_id = ${tx.companyId}`),
    );
    expect(waiting).toHaveLength(1);
    await checkInvariants(world, world.channel, { isQuiet: false });
  });
});

describe('bills that change meanwhile', () => {
  test('an order for 50 bills, some voided meanwhile: the rest lies in suspense', async () => {
    const { orderNo, unit } = await started(...Array.from({ length: 50 }, (_, n) => 1000 + n));
    const [first, second, third] = unit.bills.map(({ id }) => id);
    await spoil(sql`update billing.bill set state = 'void'
      where company_id = ${world.companyId} and id = any (${[first, second]}::uuid[])`);
    await spoil(sql`update billing.bill set waived_fen = amount_fen - 1
      where company_id = ${world.companyId} and id = ${third}`);
    expect(await confirm(world.channel.pay(orderNo))).toMatchObject({ outcome: 'split' });
    const left = 1000 + 1001 + (1002 - 1);
    expect(await casesOf()).toEqual([
      { reason: 'bill-not-payable', state: 'open', amountFen: left },
    ]);
    // Receivables no longer equal the bills that were spoilt by hand; all else holds.
    await quiet().catch((error: Error) =>
      expect(error.message).toMatch(/^invariants broken:\nI1 receivables[^\n]*\nI1 income[^\n]*$/),
    );
  });

  async function spoil(statement: Statement): Promise<void> {
    await system.deps.db.transaction(world.companyId, (tx) => tx.run(statement));
  }
});

describe('amounts', () => {
  test.each([1, 100, 99_999_999_99])('%i fen are settled to the fen', async (amountFen) => {
    const { orderNo } = await started(amountFen);
    expect(await confirm(world.channel.pay(orderNo))).toMatchObject({ outcome: 'settled' });
    await quiet();
  });

  test.each([0, -1, 0.5, 2 ** 53, Number.NaN])(
    '%d fen are refused and post nothing',
    async (odd) => {
      const { orderNo, paymentId } = await started(120_00);
      const trade = world.channel.pay(orderNo);
      const claim = confirm({ ...trade, amountFen: odd as typeof trade.amountFen });
      await expect(claim).rejects.toThrow();
      expect((await viewOf(paymentId))?.state).toBe('open');
      await confirm(trade);
      await quiet();
    },
  );
});
