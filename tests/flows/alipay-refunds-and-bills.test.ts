import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type AlipayAccount, amountFen, newNo, startScene } from './alipay-scene.ts';

let scene: Awaited<ReturnType<typeof startScene>>;
beforeAll(async () => {
  scene = await startScene();
});
afterEach(() => scene.control('DELETE', 'faults'));
afterAll(() => scene.close());

describe('refunds that do not end at once', () => {
  let account: AlipayAccount;
  beforeAll(async () => {
    account = await scene.givenAccount('public-key');
  });

  test.each([
    ['refund-pending', 'refunded'],
    ['refund-pending', 'failed'],
  ] as const)('%s, then %s', async (fault, outcome) => {
    const orderNo = await scene.paidOrder(account);
    const refundNo = newNo();
    await scene.arm('refund', fault);
    expect(await scene.refund(account, orderNo, refundNo, 100)).toEqual({ state: 'accepted' });
    const finish = () => scene.control('POST', `alipay/refunds/${refundNo}/finish`, { outcome });
    await finish();
    expect(await scene.refundState(account, orderNo, refundNo, 100)).toMatchObject(
      // Alipay says nothing of a refund that failed: the same number may be sent again.
      outcome === 'refunded' ? { state: 'refunded' } : { state: 'not-found' },
    );
    expect(await scene.refund(account, orderNo, refundNo, 100)).toMatchObject({
      state: 'refunded',
      refund: { amountFen: 100 },
    });
  });

  test('a balance that is too small is a clear no, and the same number is good later', async () => {
    const orderNo = await scene.paidOrder(account);
    const refundNo = newNo();
    await scene.arm('refund', 'refund-refused');
    expect(await scene.refund(account, orderNo, refundNo, 100)).toMatchObject({
      state: 'refused',
      code: 'ACQ.SELLER_BALANCE_NOT_ENOUGH',
    });
    expect(await scene.refund(account, orderNo, refundNo, 100)).toMatchObject({
      state: 'refunded',
    });
  });

  test('“success” that moved nothing is not a refund', async () => {
    const orderNo = await scene.paidOrder(account);
    const refundNo = newNo();
    await scene.arm('refund', 'refund-moved-nothing');
    expect(await scene.refund(account, orderNo, refundNo, 100)).toEqual({ state: 'accepted' });
    expect(await scene.refundState(account, orderNo, refundNo, 100)).toEqual({
      state: 'not-found',
    });
  });
});

describe('the bill of a day', () => {
  let account: AlipayAccount;
  let day: string;
  beforeAll(async () => {
    account = await scene.givenAccount('certificate');
    day = new Date(scene.system.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    await scene.paidOrder(account);
    const orderNo = await scene.paidOrder(account);
    await scene.refund(account, orderNo, newNo(), 54_70);
  });

  test('is not ready before the day is over', async () => {
    expect(await scene.statement(account, day, 'trade')).toMatchObject({ state: 'not-ready' });
    await scene.advance(48 * 3_600_000);
  });

  test('says what the channel’s books say, to the fen', async () => {
    const said = await scene.control<{
      lines: { kind: string; outTradeNo: string; tradeNo: string; amountFen: number }[];
      totalFen: number;
      refundedFen: number;
      feeYuan: string;
    }>('GET', `alipay/statement?mchid=${account.mchId}&day=${day}`);
    const result = await scene.statement(account, day, 'trade');
    expect(result).toMatchObject({
      state: 'ready',
      statement: {
        totals: {
          paymentCount: 2,
          paymentFen: said.totalFen,
          refundCount: 1,
          refundFen: said.refundedFen,
          feeYuan: said.feeYuan,
        },
        lines: said.lines.map(({ kind, outTradeNo, tradeNo, amountFen: lineFen }) => ({
          kind,
          orderNo: outTradeNo,
          tradeNo,
          amountFen: lineFen,
        })),
      },
    });
  });

  test('of the account has every movement of the balance', async () => {
    const result = await scene.statement(account, day, 'fund');
    expect(result).toMatchObject({
      state: 'ready',
      statement: { totals: { paymentFen: 2 * amountFen, refundFen: 54_70 } },
    });
  });

  test('of a day without trades is none', async () => {
    expect(await scene.statement(account, '2026-01-01', 'trade')).toEqual({ state: 'none' });
  });

  test.each([
    ['statement-wrong-total', 'broken'],
    ['statement-truncated', 'broken'],
    ['statement-bad-hash', 'broken'],
    ['statement-missing-row', 'ready'],
    ['statement-extra-row', 'ready'],
    ['statement-duplicate-row', 'ready'],
    ['statement-amount-off', 'ready'],
    ['statement-fee-differs', 'ready'],
  ])('%s: %s', async (fault, state) => {
    await scene.arm('statement', fault);
    expect(await scene.statement(account, day, 'trade')).toMatchObject({ state });
  });
});
