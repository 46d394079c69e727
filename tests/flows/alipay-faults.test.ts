import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { changeMerchantAccount } from '../../apps/server/src/modules/channels/index.ts';
import { sql } from '../../apps/server/src/platform/database/index.ts';
import vectors from '../../apps/server/test/vectors/alipay-keys.json' with { type: 'json' };
import { type AlipayAccount, amountFen, codeUrlOf, newNo, startScene } from './alipay-scene.ts';

let scene: Awaited<ReturnType<typeof startScene>>;
beforeAll(async () => {
  scene = await startScene();
});
afterEach(() => scene.control('DELETE', 'faults'));
afterAll(() => scene.close());

describe('whatever goes wrong with an answer, nothing is taken for granted', () => {
  let account: AlipayAccount;
  beforeAll(async () => {
    account = await scene.givenAccount('certificate');
  });

  const doubtful = [
    'server-error',
    'unavailable',
    'rate-limited',
    'server-error-after',
    'timeout-before',
    'timeout-after',
    'connection-lost-before',
    'connection-lost-after',
    'unparsable',
    'unsigned',
    'bad-signature',
    'body-changed',
    'old-timestamp',
    'unknown-serial',
  ];
  const delayMs = 50;

  test.each(doubtful)('%s leaves orders, refunds and logins unknown', async (fault) => {
    await scene.arm('prepay', fault, { delayMs });
    expect((await scene.givenOrder(account, 'native')).result).toMatchObject({ state: 'unknown' });
    const orderNo = await scene.paidOrder(account);
    await scene.arm('query', fault, { delayMs });
    expect(await scene.query(account, orderNo)).toMatchObject({ state: 'unknown' });
    const unpaid = await scene.givenOrder(account, 'native');
    await scene.pay({ codeUrl: codeUrlOf(unpaid.result), outcome: 'cancel' });
    await scene.arm('close', fault, { delayMs });
    expect(await scene.closeOrder(account, unpaid.orderNo)).toMatchObject({ state: 'unknown' });
    await scene.arm('cancel', fault, { delayMs });
    expect(await scene.closeOrder(account, unpaid.orderNo, 'code')).toMatchObject({
      state: 'unknown',
    });
    const refundNo = newNo();
    await scene.arm('refund', fault, { delayMs });
    expect(await scene.refund(account, orderNo, refundNo, 1_00)).toMatchObject({
      state: 'unknown',
    });
    await scene.arm('refund-query', fault, { delayMs });
    expect(await scene.refundState(account, orderNo, refundNo, 1_00)).toMatchObject({
      state: 'unknown',
    });
    expect(await scene.refund(account, orderNo, refundNo, 1_00)).toMatchObject({
      state: 'refunded',
      refund: { amountFen: 1_00 },
    });
    await scene.arm('login', fault, { delayMs });
    expect((await scene.logIn(account, 1)).login).toEqual({ failed: 'unknown' });
    const day = '2026-01-01';
    await scene.arm('statement', fault, { delayMs });
    expect(await scene.statement(account, day, 'trade')).toMatchObject({ state: 'unknown' });
  });

  test('after any of them the same order can be placed again with the same number', async () => {
    await scene.arm('prepay', 'connection-lost-after');
    const first = await scene.givenOrder(account, 'native');
    expect(first.result.state).toBe('unknown');
    const again = await scene.givenOrder(account, 'native', { orderNo: first.orderNo });
    expect(again.result.state).toBe('accepted');
  });

  test('a payer who is faster than the close is found out', async () => {
    const { orderNo, result } = await scene.givenOrder(account, 'native');
    await scene.pay({ codeUrl: codeUrlOf(result), outcome: 'cancel' });
    await scene.arm('close', 'paid-before-answer');
    expect(await scene.closeOrder(account, orderNo)).toEqual({ state: 'paid' });
    expect(await scene.query(account, orderNo)).toMatchObject({ state: 'paid' });
  });

  test('nothing is waited for longer than 8 seconds', async () => {
    await scene.arm('query', 'timeout-before', { delayMs: 30_000 });
    const startedAt = performance.now();
    expect(await scene.query(account, newNo())).toMatchObject({ state: 'unknown' });
    expect(performance.now() - startedAt).toBeLessThan(9000);
    expect(performance.now() - startedAt).toBeGreaterThan(7500);
  });

  const proofless = [
    ['wrong-merchant', 'foreign-merchant'],
    ['wrong-appid', 'foreign-app'],
    ['tampered-ciphertext', 'bad-signature'],
    ['bad-tag', 'bad-signature'],
    ['bad-signature', 'bad-signature'],
    ['body-changed', 'bad-signature'],
    ['unknown-serial', 'bad-signature'],
    ['signature-probe', 'bad-signature'],
    ['huge-body', 'too-large'],
  ] as const;

  test.each(proofless)('a notification with %s is refused: %s', async (fault, reason) => {
    const orderNo = await scene.paidOrder(account);
    const path = `alipay/orders/${orderNo}/notify`;
    const act = () => scene.control('POST', path, { fault });
    expect(await scene.heardAfter(account, act)).toEqual({ state: 'refused', reason });
  });

  test('a late notification is still true, and one of another amount says so', async () => {
    const orderNo = await scene.paidOrder(account);
    const path = `alipay/orders/${orderNo}/notify`;
    const late = () => scene.control('POST', path, { fault: 'old-timestamp' });
    expect(await scene.heardAfter(account, late)).toMatchObject({ trade: { orderNo, amountFen } });
    const other = () => scene.control('POST', path, { fault: 'wrong-amount' });
    expect(await scene.heardAfter(account, other)).toMatchObject({
      trade: { orderNo, amountFen: amountFen + 1 },
    });
  });

  test('the repeats of one notification have one number', async () => {
    const orderNo = await scene.paidOrder(account);
    const act = () => scene.control('POST', `alipay/orders/${orderNo}/notify`, {});
    const first = await scene.heardAfter(account, act);
    await scene.advance(240_000);
    const second = await scene.heardAfter(account, act);
    expect(first).toHaveProperty('notificationId');
    expect(second).toEqual({ ...first, ...tradeOf(second) });
  });
});

/** The words as they came differ in the time at which they were sent. */
function tradeOf(reading: object): object {
  return 'trade' in reading ? { trade: reading.trade } : {};
}

describe('while Alipay changes its certificate', () => {
  test('the new one is downloaded once, and both are believed', async () => {
    const account = await scene.givenAccount('certificate');
    const before = await scene.paidOrder(account);
    const read = (orderNo: string) => () =>
      scene.control('POST', `alipay/orders/${orderNo}/notify`, {});
    expect(await scene.heardAfter(account, read(before))).toMatchObject({ state: 'authentic' });
    await scene.control('POST', 'alipay/rotate', { appId: account.appId });
    await scene.advance(61_000);
    expect(await scene.query(account, before)).toMatchObject({ state: 'paid' });
    expect(await scene.query(account, before)).toMatchObject({ state: 'paid' });
    expect(await scene.heardAfter(account, read(before))).toMatchObject({ state: 'authentic' });
    expect(await downloadsOf(account)).toBe(1);
  });

  test('a certificate that does not lead to the pasted roots is not believed', async () => {
    const account = await scene.givenAccount('certificate');
    const order = await scene.paidOrder(account);
    await changeMerchantAccount(scene.system.deps, {
      actor: scene.system.staff,
      id: account.merchantAccountId,
      change: { credentials: { alipayRootCertificatePem: vectors.alipay.rootBundle } },
    });
    await scene.control('POST', 'alipay/rotate', { appId: account.appId });
    expect(await scene.query(account, order)).toMatchObject({ state: 'unknown' });
  });

  test('unknown serials cause one download a minute, however many come', async () => {
    const account = await scene.givenAccount('certificate');
    await scene.arm('query', 'unknown-serial', { times: 5 });
    const orderNo = await scene.paidOrder(account);
    for (let turn = 0; turn < 5; turn += 1) {
      expect(await scene.query(account, orderNo)).toMatchObject({ state: 'unknown' });
    }
    expect(await downloadsOf(account)).toBe(1);
  });

  async function downloadsOf({ merchantAccountId }: AlipayAccount): Promise<number> {
    const rows = await scene.system.deps.db.read(scene.system.companyId, (tx) =>
      tx.many(sql`select from channels.message
        where verb = 'certificates' and merchant_account_id = ${merchantAccountId}`),
    );
    return rows.length;
  }
});
