import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  authorizeUrl,
  merchantAccountById,
  openIdOf,
} from '../../apps/server/src/modules/channels/index.ts';
import { sql } from '../../apps/server/src/platform/database/index.ts';
import {
  type GivenMerchantAccount,
  givenMerchantAccount,
} from '../../apps/server/test/channels-builders.ts';
import { codeFor, newOrderNo, startScene } from './wechat-pay-scene.ts';

let scene: Awaited<ReturnType<typeof startScene>>;
beforeAll(async () => {
  scene = await startScene();
});
afterEach(() => scene.control('DELETE', 'faults'));
afterAll(() => scene.close());

describe.each(['certificate', 'public-key'] as const)('in the mode %s', (mode) => {
  let account: GivenMerchantAccount;
  beforeAll(async () => {
    account = await givenMerchantAccount(scene.system, { simulatorUrl: scene.simulatorUrl, mode });
  });

  test('an order is placed, paid, found paid and cannot be closed', async () => {
    const order = await scene.givenOrder(account);
    expect(order.result).toMatchObject({
      state: 'accepted',
      instructions: { kind: 'jsapi', params: { appId: account.appId, signType: 'RSA' } },
    });
    expect(await scene.query(account, order.orderNo)).toEqual({ state: 'pending' });
    await scene.control('POST', 'wechat-pay/pay', { outTradeNo: order.orderNo });
    expect(await scene.query(account, order.orderNo)).toMatchObject({
      state: 'paid',
      trade: { orderNo: order.orderNo, amountFen: 254_70, currency: 'CNY', appId: account.appId },
    });
    expect(await scene.closeOrder(account, order.orderNo)).toEqual({ state: 'paid' });
  });

  test('an order that nobody paid is closed, and closed again, and found closed', async () => {
    const { orderNo } = await scene.givenOrder(account, { product: 'native' });
    expect(await scene.closeOrder(account, orderNo)).toEqual({ state: 'closed' });
    expect(await scene.closeOrder(account, orderNo)).toEqual({ state: 'closed' });
    expect(await scene.query(account, orderNo)).toEqual({ state: 'closed' });
  });

  test('an order that was never placed is not found', async () => {
    const orderNo = newOrderNo();
    expect(await scene.query(account, orderNo)).toEqual({ state: 'not-found' });
    expect(await scene.closeOrder(account, orderNo)).toEqual({ state: 'not-found' });
  });

  test('a refusal names its code', async () => {
    const { result } = await scene.givenOrder(account, { expiresAt: new Date('2020-01-01') });
    expect(result).toMatchObject({ state: 'refused', code: 'PARAM_ERROR' });
  });

  test('the notification of the simulator is authentic', async () => {
    const { orderNo } = await scene.givenOrder(account);
    const heard = await scene.notificationOf(account, orderNo);
    expect(heard).toMatchObject({
      state: 'authentic',
      eventType: 'TRANSACTION.SUCCESS',
      trade: { orderNo, amountFen: 254_70 },
    });
  });
});

describe('whatever goes wrong with an answer, nothing is taken for granted', () => {
  let account: GivenMerchantAccount;
  beforeAll(async () => {
    account = await givenMerchantAccount(scene.system, { simulatorUrl: scene.simulatorUrl });
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

  test.each(doubtful)('%s leaves prepay, query and close unknown', async (fault) => {
    await scene.arm('prepay', fault);
    expect((await scene.givenOrder(account)).result).toMatchObject({ state: 'unknown' });
    const { orderNo } = await scene.givenOrder(account);
    await scene.control('POST', 'wechat-pay/pay', {
      outTradeNo: orderNo,
      outcome: 'paid-no-notification',
    });
    await scene.arm('query', fault);
    expect(await scene.query(account, orderNo)).toMatchObject({ state: 'unknown' });
    const unpaid = await scene.givenOrder(account);
    await scene.arm('close', fault);
    // The signed 204 has no body that could be unparsable or changed.
    const isHarmless = fault === 'unparsable' || fault === 'body-changed';
    const closed = await scene.closeOrder(account, unpaid.orderNo);
    expect(isHarmless || closed.state === 'unknown').toBe(true);
  });

  test('after any of them the same order can be placed again with the same number', async () => {
    await scene.arm('prepay', 'connection-lost-after');
    const first = await scene.givenOrder(account);
    expect(first.result.state).toBe('unknown');
    const again = await scene.givenOrder(account, { orderNo: first.orderNo });
    expect(again.result.state).toBe('accepted');
  });

  test('a payer who is faster than the close is found out', async () => {
    const { orderNo } = await scene.givenOrder(account);
    await scene.arm('close', 'paid-before-answer');
    expect(await scene.closeOrder(account, orderNo)).toEqual({ state: 'paid' });
    expect(await scene.query(account, orderNo)).toMatchObject({ state: 'paid' });
  });

  test('nothing is waited for longer than 8 seconds', async () => {
    await scene.arm('query', 'timeout-before', 30_000);
    const startedAt = performance.now();
    expect(await scene.query(account, newOrderNo())).toMatchObject({ state: 'unknown' });
    expect(performance.now() - startedAt).toBeLessThan(9000);
    expect(performance.now() - startedAt).toBeGreaterThan(7500);
  });

  const proofless = [
    ['wrong-merchant', 'foreign-merchant'],
    ['wrong-appid', 'foreign-app'],
    ['tampered-ciphertext', 'not-decryptable'],
    ['bad-tag', 'not-decryptable'],
    ['bad-signature', 'bad-signature'],
    ['body-changed', 'bad-signature'],
    ['old-timestamp', 'stale-timestamp'],
    ['unknown-serial', 'unknown-serial'],
    ['signature-probe', 'signature-probe'],
    ['huge-body', 'too-large'],
  ] as const;

  test.each(proofless)('a notification with %s is refused: %s', async (fault, reason) => {
    const { orderNo } = await scene.givenOrder(account);
    await scene.control('POST', 'wechat-pay/pay', {
      outTradeNo: orderNo,
      outcome: 'paid-no-notification',
    });
    expect(await scene.notificationOf(account, orderNo, fault)).toEqual({
      state: 'refused',
      reason,
    });
  });
});

describe('while the platform changes its certificate', () => {
  test('answers under the old and the new key are believed, and no other', async () => {
    const account = await givenMerchantAccount(scene.system, {
      simulatorUrl: scene.simulatorUrl,
      mode: 'certificate',
    });
    const before = await scene.givenOrder(account);
    expect(before.result.state).toBe('accepted');
    await scene.control('POST', 'wechat-pay/rotate', { newShare: 50 });
    scene.system.clock.advance(61_000); // Certificates are fetched at most once a minute.
    await scene.control('POST', 'clock', { advanceMs: 61_000 });
    for (let turn = 0; turn < 6; turn += 1) {
      expect(await scene.query(account, before.orderNo)).toEqual({ state: 'pending' });
    }
    expect(await scene.certificatesOf(account)).toBe(2);
    await scene.control('POST', 'wechat-pay/mode', {
      mchid: account.mchId,
      mode: 'certificate',
      publicKeyShare: 50,
    });
    for (let turn = 0; turn < 4; turn += 1) {
      const { orderNo } = await scene.givenOrder(account);
      expect(await scene.notificationOf(account, orderNo)).toMatchObject({ state: 'authentic' });
    }
  });

  test('unknown serials cause one download a minute, however many come', async () => {
    const account = await givenMerchantAccount(scene.system, {
      simulatorUrl: scene.simulatorUrl,
      mode: 'certificate',
    });
    await scene.givenOrder(account);
    scene.system.clock.advance(61_000);
    await scene.control('POST', 'clock', { advanceMs: 61_000 });
    await scene.arm('query', 'unknown-serial', undefined, 5);
    const before = await scene.downloadsOf(account);
    const orderNo = newOrderNo();
    const order = await scene.givenOrder(account, { orderNo });
    for (let turn = 0; turn < 5; turn += 1) {
      expect(await scene.query(account, order.orderNo)).toMatchObject({ state: 'unknown' });
    }
    expect((await scene.downloadsOf(account)) - before).toBe(1);
  });

  test('an expired certificate is not believed any more', async () => {
    const account = await givenMerchantAccount(scene.system, {
      simulatorUrl: scene.simulatorUrl,
      mode: 'certificate',
    });
    const { orderNo } = await scene.givenOrder(account);
    await scene.system.deps.db.transaction(scene.system.companyId, (tx) =>
      tx.run(sql`update channels.platform_key set valid_to = ${new Date('2020-01-01')}
        where company_id = ${tx.companyId}
          and merchant_account_id = ${account.merchantAccountId} and kind = 'certificate'`),
    );
    scene.system.clock.advance(20_000); // Past the cache; the download brings no other key.
    expect(await scene.query(account, orderNo)).toMatchObject({ state: 'unknown' });
  });
});

test('the payer comes back from the authorisation page with an id, once', async () => {
  const given = await givenMerchantAccount(scene.system, { simulatorUrl: scene.simulatorUrl });
  const account = await scene.system.deps.db.read(scene.system.companyId, (tx) =>
    merchantAccountById(tx, given.merchantAccountId),
  );
  const redirectUrl = 'http://localhost:8080/cb/wechat-pay';
  const url = authorizeUrl(scene.system.deps, account!, { redirectUrl, state: 'a b&c' });
  expect(url).toMatch(/&state=a%20b%26c#wechat_redirect$/);
  const back = await codeFor(url);
  expect(back.get('state')).toBe('a b&c');
  const login = { code: back.get('code') ?? '', userAgent: '' };
  expect(await openIdOf(scene.system.deps, account!, login)).toEqual({
    openId: expect.any(String),
  });
  expect(await openIdOf(scene.system.deps, account!, login)).toEqual({ failed: 'used-code' });
});

test('what was said to the channel is kept without secrets and payers’ ids', async () => {
  const messages = await scene.system.deps.db.read(scene.system.companyId, (tx) =>
    tx.many(sql<{ verb: string; text: string }>`
      select verb, request || response as text from channels.message`),
  );
  expect(new Set(messages.map(({ verb }) => verb))).toEqual(
    new Set(['prepay', 'query', 'close', 'certificates', 'login']),
  );
  const all = messages.map(({ text }) => text).join('\n');
  expect(all).not.toMatch(/app-secret-of-the-test|"openid":"[^"…]{5,}|access_token":"[^"…]{5,}/);
  expect(all).toContain('"openid":"');
});
