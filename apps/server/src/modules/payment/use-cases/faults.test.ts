import pg from 'pg';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { givenSystem } from '../../../../test/harness.ts';
import { type PaymentWorld, paymentWorld } from '../../../../test/payment-builders.ts';
import { checkInvariants } from '../../../../test/payment-invariants.ts';
import { stepsIn } from '../../../../test/payment-steps.ts';
import { CommitUnknown, sql } from '../../../platform/database/index.ts';
import { confirmPayment, takeDeskPayment } from '../index.ts';
import { claimDueAttempts, scheduleCheck } from '../store/attempt-store.ts';
import { bookLeftProofs } from './book-left-proofs.ts';
import { sweepAttempts } from './sweep.ts';

const system = await givenSystem();
let world: PaymentWorld;
beforeEach(async () => {
  world = await paymentWorld(system);
});
afterAll(() => system.close());
const { quiet, viewOf, confirm, started, sweepAfter } = stepsIn(() => world);

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
  test('a worker that slept past its claim cannot move the order any more', async () => {
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
