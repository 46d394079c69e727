import pg from 'pg';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { givenSystem } from '../../../../test/harness.ts';
import { type PaymentWorld, payer, paymentWorld } from '../../../../test/payment-builders.ts';
import { checkInvariants } from '../../../../test/payment-invariants.ts';
import { CommitUnknown, type Statement, sql } from '../../../platform/database/index.ts';
import { orderNoOf } from '../../../platform/id.ts';
import type { ChannelTrade } from '../../channels/index.ts';
import { confirmPayment, paymentState, startPayment, takeDeskPayment } from '../index.ts';
import { claimDueAttempts, scheduleCheck } from '../store/attempt-store.ts';
import { bookLeftProofs } from './book-left-proofs.ts';
import { sweepAttempts } from './sweep.ts';

const system = await givenSystem();
let world: PaymentWorld;
beforeEach(async () => {
  world = await paymentWorld(system);
});
afterAll(() => system.close());

const quiet = () => checkInvariants(world, world.channel);
const viewOf = (paymentId: string) =>
  system.deps.db.read(world.companyId, (tx) => paymentState(tx, paymentId));

async function confirm(
  trade: ChannelTrade,
  source: 'notification' | 'query' | 'statement' = 'notification',
) {
  return await confirmPayment(world.deps, { companyId: world.companyId, source, trade });
}
async function started(...amountsFen: number[]) {
  const unit = await world.bills(...amountsFen);
  const { paymentId } = await startPayment(world.deps, world.wish(unit));
  const orderNo = (await viewOf(paymentId))?.orderNo ?? '';
  return { unit, paymentId, orderNo };
}
async function casesOf() {
  return await system.deps.db.read(world.companyId, (tx) =>
    tx.many(sql<{ reason: string; state: string; amountFen: number }>`
      select reason, state, amount_fen as "amountFen" from payment.surplus
      where company_id = ${world.companyId} order by id`),
  );
}
async function sweepAfter(seconds: number) {
  system.clock.advance(seconds * 1000);
  await sweepAttempts(world.deps);
  await bookLeftProofs(world.deps);
}

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

test('fifty payers, two wallets and the desk on one bill: collected once, the rest in suspense', async () => {
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
  await phone(50).catch(() => undefined);
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

describe('money that fits nowhere', () => {
  test('another amount changes neither bill nor payment, until the channel’s books say so', async () => {
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

  test('a notification that names another amount than the channel’s books is corrected', async () => {
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
  test('one order for 50 bills, some voided and one paid at the desk: the rest lies in suspense', async () => {
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
      expect(error.message).toMatch(/^invariants broken:\nI1 receivables[^\n]*$/),
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

describe('a database that fails', () => {
  test('a commit whose answer is lost is found done when it is repeated', async () => {
    const { orderNo } = await started(120_00);
    const trade = world.channel.pay(orderNo);
    let calls = 0;
    const db = {
      ...system.deps.db,
      transaction: async <T>(...args: Parameters<typeof system.deps.db.transaction<T>>) => {
        const done = await system.deps.db.transaction(...args);
        calls += 1;
        if (calls === 1 || calls === 3)
          throw new CommitUnknown('the connection broke during the commit');
        return done;
      },
    };
    const claim = { companyId: world.companyId, source: 'notification', trade } as const;
    const deps = { ...world.deps, db };
    await expect(confirmPayment(deps, claim)).rejects.toThrow(CommitUnknown); // It was stored.
    await expect(confirmPayment(deps, claim)).rejects.toThrow(CommitUnknown); // It was booked.
    await expect(confirmPayment(deps, claim)).resolves.toMatchObject({ outcome: 'repeat' });
    await quiet();
  });

  test('a proof that was stored and not booked is booked by the sweep', async () => {
    const { orderNo, paymentId } = await started(120_00);
    const trade = world.channel.pay(orderNo);
    const broken = {
      ...world.deps,
      checkpoint: (name: string) => {
        if (name === 'payment.book.written') throw new Error('crash');
      },
    };
    const claim = { companyId: world.companyId, source: 'notification', trade } as const;
    await expect(confirmPayment(broken, claim)).rejects.toThrow('crash');
    expect((await viewOf(paymentId))?.state).toBe('open');
    await bookLeftProofs(world.deps); // Too early: whoever stored it may be booking it.
    expect((await viewOf(paymentId))?.state).toBe('open');
    system.clock.advance(5000);
    await bookLeftProofs(world.deps);
    expect((await viewOf(paymentId))?.state).toBe('paid');
    await quiet();
  });

  test('deadlocks and lock time-outs are tried again, and the result is the same', async () => {
    const { orderNo } = await started(120_00, 80_00);
    const trade = world.channel.pay(orderNo);
    let failures = 0;
    const checkpoint = (name: string) => {
      if (!name.startsWith('payment.book.') || name.endsWith('committed')) return;
      failures += 1;
      if (failures <= 3) throw deadlock(['40P01', '40001', '55P03'][failures - 1] ?? '');
    };
    const claim = { companyId: world.companyId, source: 'notification', trade } as const;
    const booked = await confirmPayment({ ...world.deps, checkpoint }, claim);
    expect(booked).toMatchObject({ outcome: 'settled' });
    expect(failures).toBeGreaterThan(3);
    await quiet();
  });

  function deadlock(code: string): Error {
    const error = new pg.DatabaseError('forced', 6, 'error');
    error.code = code;
    return error;
  }
});

describe('workers and clocks', () => {
  test('a worker that slept past its claim cannot move an order that another one took over', async () => {
    await started(120_00);
    system.clock.advance(6000);
    const claim = (token: string) =>
      system.deps.db.transaction(world.companyId, (tx) => {
        const now = system.clock.now();
        return claimDueAttempts(tx, { token, now, until: new Date(now.getTime() + 120_000) });
      });
    const [sleeper, taker] = [crypto.randomUUID(), crypto.randomUUID()];
    const [attempt] = await claim(sleeper);
    expect(await claim(taker)).toEqual([]);
    system.clock.advance(120_001);
    expect(await claim(taker)).toHaveLength(1);
    const at = system.clock.now();
    const move = (token: string) =>
      system.deps.db.transaction(world.companyId, (tx) =>
        scheduleCheck(tx, attempt?.id ?? '', { token, at }),
      );
    expect(await move(sleeper)).toBe(false);
    expect(await move(taker)).toBe(true);
    await sweepAfter(400);
    await quiet();
  });

  test.each([-600_000, 86_400_000, -1])(
    'a clock that jumps by %i ms loses nothing',
    async (jump) => {
      const { orderNo } = await started(120_00);
      const trade = world.channel.pay(orderNo);
      system.clock.advance(jump);
      await sweepAttempts(world.deps);
      await confirm(trade);
      const late = await started(50_00);
      system.clock.advance(jump);
      await sweepAttempts(world.deps);
      await sweepAfter(Math.abs(jump) / 1000 + 400);
      await confirm(world.channel.pay(late.orderNo));
      await quiet();
    },
  );

  test('cash at the last instant of the company’s day counts for that day', async () => {
    system.clock.set('2027-02-28T15:59:59.999Z');
    const unit = await world.bills(70_00);
    const taken = await takeDeskPayment(world.deps, {
      actor: world.staff,
      unitId: unit.unitId,
      billIds: unit.bills.map(({ id }) => id),
      method: 'cash',
      amountFen: 70_00,
      idempotencyKey: 'last-instant',
    });
    const [transfer] = await system.deps.db.read(world.companyId, (tx) =>
      tx.many(sql<{ day: string }>`
        select day from ledger.pub_transfer
        where company_id = ${tx.companyId} and source_id = ${taken.paymentId}`),
    );
    expect(transfer?.day).toBe('2027-02-28');
    await quiet();
  });
});

test('a key of another company is its own key', async () => {
  const desk = (at: PaymentWorld, unit: { unitId: string; bills: readonly { id: string }[] }) =>
    takeDeskPayment(at.deps, {
      actor: at.staff,
      unitId: unit.unitId,
      billIds: unit.bills.map(({ id }) => id),
      method: 'cash',
      amountFen: 10_00,
      idempotencyKey: 'the-same-key',
    });
  const other = await paymentWorld(system);
  const [mine, theirs] = [await world.bills(10_00), await other.bills(10_00)];
  const first = await desk(world, mine);
  expect((await desk(other, theirs)).paymentId).not.toBe(first.paymentId);
  await expect(desk(world, theirs)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  await quiet();
  await checkInvariants(other, other.channel);
});
