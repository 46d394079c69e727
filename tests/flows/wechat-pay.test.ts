import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../../apps/gateway-simulator/src/simulator.ts';
import {
  authorizeUrl,
  closeTrade,
  merchantAccountById,
  openIdOf,
  prepay,
  queryTrade,
  readNotification,
} from '../../apps/server/src/modules/channels/index.ts';
import { sql } from '../../apps/server/src/platform/database/index.ts';
import { newId, orderNoOf } from '../../apps/server/src/platform/id.ts';
import {
  type GivenMerchantAccount,
  givenMerchantAccount,
} from '../../apps/server/test/channels-builders.ts';
import { givenSystem, type TestSystem } from '../../apps/server/test/harness.ts';
import { fen } from '../../packages/money/src/index.ts';

let system: TestSystem;
let simulator: Simulator;

/** Stands where the api would listen: keeps what the simulator notifies. */
let receiver: Server;
type Heard = { readonly headers: IncomingHttpHeaders; readonly rawBody: Buffer };
let onNotice: (heard: Heard) => void = () => undefined;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      onNotice({ headers: request.headers, rawBody: Buffer.concat(chunks) });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => {
    receiver.listen(0, '127.0.0.1', resolve);
  });
  const publicUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  system = await givenSystem({ at: new Date().toISOString(), publicUrl });
  simulator = await startSimulator({ port: 0, host: '127.0.0.1' });
});
afterEach(() => control('DELETE', 'faults'));
afterAll(async () => {
  await simulator.close();
  receiver.closeAllConnections();
  receiver.close();
  await system.close();
});

describe.each(['certificate', 'public-key'] as const)('in the mode %s', (mode) => {
  let account: GivenMerchantAccount;
  beforeAll(async () => {
    account = await givenMerchantAccount(system, { simulatorUrl: simulator.url, mode });
  });

  test('an order is placed, paid, found paid and cannot be closed', async () => {
    const order = await givenOrder(account);
    expect(order.result).toMatchObject({
      state: 'accepted',
      instructions: { kind: 'jsapi', params: { appId: account.appId, signType: 'RSA' } },
    });
    expect(await query(account, order.orderNo)).toEqual({ state: 'pending' });
    await control('POST', 'wechat-pay/pay', { outTradeNo: order.orderNo });
    expect(await query(account, order.orderNo)).toMatchObject({
      state: 'paid',
      trade: { orderNo: order.orderNo, amountFen: 254_70, currency: 'CNY', appId: account.appId },
    });
    expect(await close(account, order.orderNo)).toEqual({ state: 'paid' });
  });

  test('an order that nobody paid is closed, and closed again, and found closed', async () => {
    const { orderNo } = await givenOrder(account, { product: 'native' });
    expect(await close(account, orderNo)).toEqual({ state: 'closed' });
    expect(await close(account, orderNo)).toEqual({ state: 'closed' });
    expect(await query(account, orderNo)).toEqual({ state: 'closed' });
  });

  test('an order that was never placed is not found', async () => {
    const orderNo = newOrderNo();
    expect(await query(account, orderNo)).toEqual({ state: 'not-found' });
    expect(await close(account, orderNo)).toEqual({ state: 'not-found' });
  });

  test('a refusal names its code', async () => {
    const { result } = await givenOrder(account, { expiresAt: new Date('2020-01-01') });
    expect(result).toMatchObject({ state: 'refused', code: 'PARAM_ERROR' });
  });

  test('the notification of the simulator is authentic', async () => {
    const { orderNo } = await givenOrder(account);
    const heard = await notificationOf(account, orderNo);
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
    account = await givenMerchantAccount(system, { simulatorUrl: simulator.url });
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
    await arm('prepay', fault);
    expect((await givenOrder(account)).result).toMatchObject({ state: 'unknown' });
    const { orderNo } = await givenOrder(account);
    await control('POST', 'wechat-pay/pay', {
      outTradeNo: orderNo,
      outcome: 'paid-no-notification',
    });
    await arm('query', fault);
    expect(await query(account, orderNo)).toMatchObject({ state: 'unknown' });
    const unpaid = await givenOrder(account);
    await arm('close', fault);
    // The signed 204 has no body that could be unparsable or changed.
    const isHarmless = fault === 'unparsable' || fault === 'body-changed';
    const closed = await close(account, unpaid.orderNo);
    expect(isHarmless || closed.state === 'unknown').toBe(true);
  });

  test('after any of them the same order can be placed again with the same number', async () => {
    await arm('prepay', 'connection-lost-after');
    const first = await givenOrder(account);
    expect(first.result.state).toBe('unknown');
    const again = await givenOrder(account, { orderNo: first.orderNo });
    expect(again.result.state).toBe('accepted');
  });

  test('a payer who is faster than the close is found out', async () => {
    const { orderNo } = await givenOrder(account);
    await arm('close', 'paid-before-answer');
    expect(await close(account, orderNo)).toEqual({ state: 'paid' });
    expect(await query(account, orderNo)).toMatchObject({ state: 'paid' });
  });

  test('nothing is waited for longer than 8 seconds', async () => {
    await arm('query', 'timeout-before', 30_000);
    const startedAt = performance.now();
    expect(await query(account, newOrderNo())).toMatchObject({ state: 'unknown' });
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
    const { orderNo } = await givenOrder(account);
    await control('POST', 'wechat-pay/pay', {
      outTradeNo: orderNo,
      outcome: 'paid-no-notification',
    });
    expect(await notificationOf(account, orderNo, fault)).toEqual({ state: 'refused', reason });
  });
});

describe('while the platform changes its certificate', () => {
  test('answers under the old and the new key are believed, and no other', async () => {
    const account = await givenMerchantAccount(system, {
      simulatorUrl: simulator.url,
      mode: 'certificate',
    });
    const before = await givenOrder(account);
    expect(before.result.state).toBe('accepted');
    await control('POST', 'wechat-pay/rotate', { newShare: 50 });
    system.clock.advance(61_000); // Certificates are fetched at most once a minute.
    await control('POST', 'clock', { advanceMs: 61_000 });
    for (let turn = 0; turn < 6; turn += 1) {
      expect(await query(account, before.orderNo)).toEqual({ state: 'pending' });
    }
    expect(await serialsOf(account)).toBe(2);
    await control('POST', 'wechat-pay/mode', {
      mchid: account.mchId,
      mode: 'certificate',
      publicKeyShare: 50,
    });
    for (let turn = 0; turn < 4; turn += 1) {
      const { orderNo } = await givenOrder(account);
      expect(await notificationOf(account, orderNo)).toMatchObject({ state: 'authentic' });
    }
  });

  test('unknown serials cause one download a minute, however many come', async () => {
    const account = await givenMerchantAccount(system, {
      simulatorUrl: simulator.url,
      mode: 'certificate',
    });
    await givenOrder(account);
    system.clock.advance(61_000);
    await control('POST', 'clock', { advanceMs: 61_000 });
    await arm('query', 'unknown-serial', undefined, 5);
    const before = await downloads(account);
    const orderNo = newOrderNo();
    const order = await givenOrder(account, { orderNo });
    for (let turn = 0; turn < 5; turn += 1) {
      expect(await query(account, order.orderNo)).toMatchObject({ state: 'unknown' });
    }
    expect((await downloads(account)) - before).toBe(1);
  });

  test('an expired certificate is not believed any more', async () => {
    const account = await givenMerchantAccount(system, {
      simulatorUrl: simulator.url,
      mode: 'certificate',
    });
    const { orderNo } = await givenOrder(account);
    await system.deps.db.transaction(system.companyId, (tx) =>
      tx.run(sql`update channels.platform_key set valid_to = ${new Date('2020-01-01')}
        where company_id = ${tx.companyId}
          and merchant_account_id = ${account.merchantAccountId} and kind = 'certificate'`),
    );
    system.clock.advance(20_000); // Past the cache; the download brings no other key.
    expect(await query(account, orderNo)).toMatchObject({ state: 'unknown' });
  });
});

test('the payer comes back from the authorisation page with an id, once', async () => {
  const given = await givenMerchantAccount(system, { simulatorUrl: simulator.url });
  const account = await system.deps.db.read(system.companyId, (tx) =>
    merchantAccountById(tx, given.merchantAccountId),
  );
  const redirectUrl = 'http://localhost:8080/cb/wechat-pay';
  const url = authorizeUrl(system.deps, account!, { redirectUrl, state: 'a b&c' });
  expect(url).toMatch(/&state=a%20b%26c#wechat_redirect$/);
  const hop = await fetch(url, { redirect: 'manual', headers: { cookie: 'sim_user=1' } });
  const back = new URL(hop.headers.get('location') ?? '');
  expect(back.searchParams.get('state')).toBe('a b&c');
  const code = back.searchParams.get('code') ?? '';
  expect(await openIdOf(system.deps, account!, code)).toEqual({ openId: expect.any(String) });
  expect(await openIdOf(system.deps, account!, code)).toEqual({ failed: 'used-code' });
});

test('what was said to the channel is kept without secrets and payers’ ids', async () => {
  const messages = await system.deps.db.read(system.companyId, (tx) =>
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

function newOrderNo(): string {
  return orderNoOf('test', newId(new Date()));
}

const openIds = new Map<string, string>();

async function openId(account: GivenMerchantAccount): Promise<string> {
  const known = openIds.get(account.appId);
  if (known) return known;
  const row = await system.deps.db.read(system.companyId, (tx) =>
    merchantAccountById(tx, account.merchantAccountId),
  );
  const url = authorizeUrl(system.deps, row!, {
    redirectUrl: 'http://localhost:8080/cb',
    state: 's',
  });
  const hop = await fetch(url, { redirect: 'manual', headers: { cookie: 'sim_user=2' } });
  const code = new URL(hop.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const login = await openIdOf(system.deps, row!, code);
  if (!('openId' in login)) throw new Error('the simulator gave no openid');
  openIds.set(account.appId, login.openId);
  return login.openId;
}

async function givenOrder(
  account: GivenMerchantAccount,
  changes: { orderNo?: string; product?: 'jsapi' | 'native'; expiresAt?: Date } = {},
) {
  const orderNo = changes.orderNo ?? newOrderNo();
  const product = changes.product ?? 'jsapi';
  // Whole minutes of a fixed day, so that a repeat is the same order.
  const expiresAt = changes.expiresAt ?? new Date(Math.ceil(Date.now() / 6e5) * 6e5 + 12e5);
  const result = await prepay(system.deps, {
    companyId: system.companyId,
    merchantAccountId: account.merchantAccountId,
    product,
    orderNo,
    amountFen: fen(254_70),
    description: '阳光花园 3栋2单元501 物业服务费',
    ...(product === 'jsapi' && { payerOpenId: await openId(account) }),
    expiresAt,
  });
  return { orderNo, result };
}

function query(account: GivenMerchantAccount, orderNo: string) {
  const { companyId } = system;
  const { merchantAccountId } = account;
  return queryTrade(system.deps, { companyId, merchantAccountId, orderNo });
}

function close(account: GivenMerchantAccount, orderNo: string) {
  const { companyId } = system;
  const { merchantAccountId } = account;
  return closeTrade(system.deps, { companyId, merchantAccountId, orderNo });
}

/** Pays the order, or sends its notification again with a fault, and reads what is heard first. */
async function notificationOf(account: GivenMerchantAccount, orderNo: string, fault?: string) {
  const heard = new Promise<Heard>((resolve) => {
    onNotice = resolve;
  });
  await (fault
    ? control('POST', `wechat-pay/orders/${orderNo}/notify`, { fault })
    : control('POST', 'wechat-pay/pay', { outTradeNo: orderNo }));
  const { companyId, deps } = system;
  const notice = await heard;
  const source = { companyId, accountNumber: account.number, remoteIp: '127.0.0.1' };
  return readNotification(deps, { ...notice, ...source });
}

async function serialsOf(account: GivenMerchantAccount): Promise<number> {
  const rows = await system.deps.db.read(system.companyId, (tx) =>
    tx.many(sql`select serial from channels.platform_key where kind = 'certificate'
      and merchant_account_id = ${account.merchantAccountId}`),
  );
  return rows.length;
}

async function downloads(account: GivenMerchantAccount): Promise<number> {
  const rows = await system.deps.db.read(system.companyId, (tx) =>
    tx.many(sql`select id from channels.message where verb = 'certificates'
      and merchant_account_id = ${account.merchantAccountId}`),
  );
  return rows.length;
}

async function arm(at: string, fault: string, delayMs = 50, times = 1): Promise<void> {
  await control('POST', 'faults', { at, fault, delayMs, times });
}

async function control<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${simulator.url}/control/${path}`, {
    method,
    ...(body && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return JSON.parse(text) as Answer;
}
