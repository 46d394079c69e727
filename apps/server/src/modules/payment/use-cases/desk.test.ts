import { afterAll, describe, expect, test } from 'vitest';
import { givenSystem } from '../../../../test/harness.ts';
import { paymentWorld } from '../../../../test/payment-builders.ts';
import { checkInvariants } from '../../../../test/payment-invariants.ts';
import { sql } from '../../../platform/database/index.ts';
import { account, balanceOn } from '../../ledger/index.ts';
import { confirmPayment } from './confirm-payment.ts';
import { startPayment } from './start-payment.ts';
import { sweepAttempts } from './sweep.ts';
import { takeCodePayment } from './take-code-payment.ts';
import { type DeskInput, takeDeskPayment } from './take-desk-payment.ts';

const system = await givenSystem();
const world = await paymentWorld(system);
const { deps, companyId, staff, channel } = world;
afterAll(() => system.close());

let keys = 0;
function newKey(): string {
  keys += 1;
  return `desk-key-${keys}`;
}

async function unitOwing(amountFen: number) {
  const unit = await world.bills(amountFen);
  return { ...unit, unitId: unit.unitId, billIds: unit.bills.map(({ id }) => id), amountFen };
}

function balance(of: ReturnType<typeof account.cheque>) {
  return deps.db.read(companyId, (tx) => balanceOn(tx, of, system.clock.now()));
}

describe('a cheque or a card slip at the desk', () => {
  test('is the same slip in whatever way its number is written', async () => {
    const [first, ...others] = await Promise.all([1, 2, 3].map(() => unitOwing(10_00)));
    const take = (home: typeof first, slip: Pick<DeskInput, 'method' | 'voucherNo' | 'drawnOn'>) =>
      takeDeskPayment(deps, {
        ...{ actor: staff, idempotencyKey: newKey(), unitId: '', billIds: [], amountFen: 0 },
        ...home,
        ...slip,
      });
    await take(first, { method: 'pos', voucherNo: '7000-1234-ab' });
    const used = { code: 'VOUCHER_USED' };
    const again = { method: 'pos', voucherNo: '70001234AB' } as const;
    await expect(take(others[0], again)).rejects.toMatchObject(used);
    const cheque = { method: 'cheque', voucherNo: '30908888' } as const;
    await take(others[0], { ...cheque, drawnOn: '工商银行 徐汇支行' });
    const twice = take(others[1], { ...cheque, drawnOn: '工商银行徐汇支行　' });
    await expect(twice).rejects.toMatchObject(used);
    await checkInvariants(world, channel);
  });

  test('settles the bills, and its money waits in an account of its own', async () => {
    const unit = await unitOwing(254_70);
    const { communityId } = unit;
    const wish = { actor: staff, ...unit, idempotencyKey: newKey() };
    const slip = { ...wish, method: 'pos', voucherNo: '000012345678' } as const;
    const taken = await takeDeskPayment(deps, slip);
    expect(await takeDeskPayment(deps, slip)).toEqual(taken);
    expect(await balance(account.pos(communityId))).toBe(254_70);
    const other = await unitOwing(100_00);
    await takeDeskPayment(deps, {
      ...{ actor: staff, ...other, idempotencyKey: newKey() },
      ...{ method: 'cheque', voucherNo: '30901122', drawnOn: '工商银行徐汇支行' },
    });
    expect(await balance(account.cheque(other.communityId))).toBe(100_00);
    await checkInvariants(world, channel);
  });

  test('the same slip is not taken twice, not even by two clerks at once', async () => {
    const homes = await Promise.all([unitOwing(10_00), unitOwing(20_00)]);
    const results = await Promise.allSettled(
      homes.map((home) =>
        takeDeskPayment(deps, {
          ...{ actor: staff, ...home, idempotencyKey: newKey() },
          ...{ method: 'pos', voucherNo: '900000000001' },
        }),
      ),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = results.find((one) => one.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'VOUCHER_USED' });
    await checkInvariants(world, channel);
  });

  test('a slip without its number is sent back, and nothing is taken', async () => {
    const unit = await unitOwing(10_00);
    const wish = { actor: staff, ...unit, idempotencyKey: newKey() };
    await expect(takeDeskPayment(deps, { ...wish, method: 'cheque' })).rejects.toMatchObject({
      code: 'VOUCHER_MISSING',
      problems: [{ field: 'voucherNo' }, { field: 'drawnOn' }],
    });
    expect(await balance(account.cheque(unit.communityId))).toBe(0);
  });
});

describe('the code that a payer’s wallet shows', () => {
  const authCode = '134567890123456789';

  test('is charged once, however often the clerk sends it', async () => {
    const unit = await unitOwing(254_70);
    const wish = { actor: staff, ...unit, authCode, idempotencyKey: newKey() };
    const placed = channel.calls.prepay;
    const first = await takeCodePayment(deps, wish);
    const again = await takeCodePayment(deps, wish);
    expect(again).toEqual({ ...first, state: again.state });
    expect(channel.calls.prepay - placed).toBe(1);
    const orderNo = [...channel.orders.keys()].at(-1) ?? '';
    const trade = channel.pay(orderNo);
    await confirmPayment(deps, { companyId, source: 'notification', trade });
    expect(await takeCodePayment(deps, wish)).toMatchObject({ state: 'paid', amountFen: 254_70 });
    await checkInvariants(world, channel);
  });

  test('is never written down', async () => {
    const kept = await deps.db.read(companyId, (tx) =>
      tx.many(sql`select from payment.attempt where company_id = ${tx.companyId}
        and (attempt.*)::text like ${`%${authCode}%`}`),
    );
    expect(kept).toEqual([]);
  });

  test('of no wallet is refused before anything is asked', async () => {
    const unit = await unitOwing(10_00);
    const placed = channel.calls.prepay;
    const wish = {
      actor: staff,
      ...unit,
      authCode: '991234567890123456',
      idempotencyKey: newKey(),
    };
    await expect(takeCodePayment(deps, wish)).rejects.toMatchObject({ code: 'AUTH_CODE_UNKNOWN' });
    expect(channel.calls.prepay).toBe(placed);
  });

  test('is not charged another amount than the clerk said', async () => {
    const unit = await unitOwing(10_00);
    const wish = { actor: staff, ...unit, authCode, amountFen: 9_99, idempotencyKey: newKey() };
    await expect(takeCodePayment(deps, wish)).rejects.toMatchObject({
      code: 'DESK_AMOUNT_DIFFERS',
    });
  });

  test('is not charged another amount when the bills change meanwhile', async () => {
    const unit = await unitOwing(10_00);
    const placed = channel.calls.prepay;
    const told = { payer: { channel: 'wechat-pay', key: 'code/x' }, product: 'code' } as const;
    const wish = { companyId, ...unit, ...told, source: 'desk', authCode } as const;
    await expect(startPayment(deps, { ...wish, amountFen: 9_99 })).rejects.toMatchObject({
      code: 'DESK_AMOUNT_DIFFERS',
    });
    expect(channel.calls.prepay).toBe(placed);
  });

  test('is not taken for other bills under the key of an earlier payment', async () => {
    const unit = await unitOwing(10_00);
    const other = await world.bills(20_00);
    const wish = { actor: staff, ...unit, authCode, idempotencyKey: newKey() };
    await takeCodePayment(deps, wish);
    const reused = { code: 'IDEMPOTENCY_KEY_REUSED' };
    const billIds = other.bills.map(({ id }) => id);
    await expect(takeCodePayment(deps, { ...wish, billIds })).rejects.toMatchObject(reused);
    await expect(takeCodePayment(deps, { ...wish, amountFen: 20_00 })).rejects.toMatchObject(
      reused,
    );
    system.clock.advance(65_000);
    await sweepAttempts(deps);
  });

  test('who does not confirm is asked every 5 seconds, and given up in a minute', async () => {
    const unit = await unitOwing(10_00);
    const wish = { actor: staff, ...unit, authCode, idempotencyKey: newKey() };
    const { paymentId } = await takeCodePayment(deps, wish);
    const orderNo = [...channel.orders.keys()].at(-1) ?? '';
    const asked = channel.calls.query;
    for (let seconds = 0; seconds < 55; seconds += 5) {
      system.clock.advance(5_000);
      await sweepAttempts(deps);
    }
    expect(channel.calls.query - asked).toBeGreaterThanOrEqual(10);
    expect(channel.orders.get(orderNo)?.state).toBe('unpaid');
    system.clock.advance(10_000);
    await sweepAttempts(deps);
    expect(channel.orders.get(orderNo)?.state).toBe('closed');
    const state = await deps.db.read(companyId, (tx) =>
      tx.one(sql<{ state: string }>`select state from payment.payment
        where company_id = ${tx.companyId} and id = ${paymentId}`),
    );
    expect(state.state).toBe('closed');
    await checkInvariants(world, channel);
  });
});
