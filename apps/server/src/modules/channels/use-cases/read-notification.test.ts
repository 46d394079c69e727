import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import {
  type GivenNotice,
  givenMerchantAccount,
  noticeOf,
  signedAs,
  transactionOf,
} from '../../../../test/channels-builders.ts';
import { givenSystem } from '../../../../test/harness.ts';
import { sql } from '../../../platform/database/index.ts';
import { readNotification } from './read-notification.ts';
import { changeMerchantAccount } from './save-merchant-account.ts';

const system = await givenSystem();
const { deps, companyId, clock } = system;
afterAll(() => system.close());

const account = await givenMerchantAccount(system);
const other = await givenMerchantAccount(system);

function read(notice: GivenNotice, accountNumber = account.number) {
  return readNotification(deps, {
    ...notice,
    companyId,
    channel: 'wechat-pay',
    accountNumber,
    remoteIp: '203.0.113.7',
  });
}

function authenticNotice(changes: Record<string, unknown> = {}, trade = { amountFen: 254_70 }) {
  const transaction = transactionOf(account, { orderNo: 'test0001', ...trade }, changes);
  return noticeOf(account, clock.now(), transaction);
}

test('an authentic notice tells whose money came, how much and when', async () => {
  expect(await read(authenticNotice())).toMatchObject({
    state: 'authentic',
    merchantAccountId: account.merchantAccountId,
    eventType: 'TRANSACTION.SUCCESS',
    trade: {
      merchantAccountId: account.merchantAccountId,
      orderNo: 'test0001',
      amountFen: 254_70,
      currency: 'CNY',
      mchId: account.mchId,
      appId: account.appId,
      payerOpenId: 'oTestPayer0001',
      paidAt: new Date('2026-11-24T02:00:00Z'),
    },
  });
});

test('a public key that was pasted wrong is pasted right, and the right one counts', async () => {
  const given = await givenMerchantAccount(system);
  const paste = (pem: string) =>
    changeMerchantAccount(deps, {
      actor: system.staff,
      id: given.merchantAccountId,
      change: { credentials: { publicKeyId: given.platform.serial, publicKeyPem: pem } },
    });
  const transaction = transactionOf(given, { orderNo: 'test0002', amountFen: 254_70 });
  const notice = () => read(noticeOf(given, clock.now(), transaction), given.number);
  await paste(publicPem(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey));
  expect(await notice()).toMatchObject({ state: 'refused', reason: 'bad-signature' });
  await paste(publicPem(createPublicKey(given.platform.privateKeyPem)));
  expect(await notice()).toMatchObject({ state: 'authentic' });
});

test('a public key that was replaced is believed for the overlap, and never again', async () => {
  const given = await givenMerchantAccount(system);
  const thief = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const paste = (publicKeyId: string, key: KeyObject) =>
    changeMerchantAccount(deps, {
      actor: system.staff,
      id: given.merchantAccountId,
      change: { credentials: { publicKeyId, publicKeyPem: publicPem(key) } },
    });
  const privateKeyPem = thief.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const stolen = { ...given, platform: { serial: 'PUB_KEY_ID_THIEF', privateKeyPem } };
  const transaction = transactionOf(given, { orderNo: 'test0003', amountFen: 254_70 });
  const notice = () => read(noticeOf(stolen, clock.now(), transaction), given.number);
  await paste('PUB_KEY_ID_THIEF', thief.publicKey);
  await paste(given.platform.serial, createPublicKey(given.platform.privateKeyPem));
  expect(await notice()).toMatchObject({ state: 'authentic' });
  clock.advance(73 * 3_600_000);
  expect(await notice()).toMatchObject({ state: 'refused', reason: 'unknown-serial' });
});

function publicPem(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

test('a refund that arrived is told with its number and amount', async () => {
  const refund = {
    mchid: account.mchId,
    out_trade_no: 'test0001',
    out_refund_no: 'refund0001',
    refund_id: '50000000001',
    refund_status: 'SUCCESS',
    amount: { total: 254_70, refund: 54_70 },
  };
  const notice = noticeOf(account, clock.now(), refund, 'REFUND.SUCCESS');
  expect(await read(notice)).toMatchObject({
    state: 'authentic',
    refund: { orderNo: 'test0001', refundNo: 'refund0001', amountFen: 54_70 },
  });
  const abnormal = { ...refund, refund_status: 'ABNORMAL' };
  expect(await read(noticeOf(account, clock.now(), abnormal, 'REFUND.ABNORMAL'))).toMatchObject({
    state: 'authentic',
    lookAt: { orderNo: 'test0001', refundNo: 'refund0001' },
  });
});

test('a notice that does not say paid names no trade, but where to look', async () => {
  for (const state of ['NOTPAY', 'REFUND', 'CLOSED']) {
    const reading = await read(authenticNotice({ trade_state: state }));
    expect(reading).toMatchObject({ state: 'authentic', lookAt: { orderNo: 'test0001' } });
    expect(reading).not.toHaveProperty('trade');
  }
});

const forged: [string, () => GivenNotice][] = [
  ['header-missing', () => without(authenticNotice(), 'wechatpay-signature')],
  ['header-missing', () => without(authenticNotice(), 'wechatpay-serial')],
  ['wrong-algorithm', () => withHeader('wechatpay-signature-type', 'WECHATPAY2-SHA1-RSA1024')],
  ['signature-probe', () => withHeader('wechatpay-signature', 'WECHATPAY/SIGNTEST/abcd')],
  ['stale-timestamp', () => noticeOf(account, minutesAgo(6), transactionOf(account, order))],
  ['stale-timestamp', () => withHeader('wechatpay-timestamp', 'yesterday')],
  ['unknown-serial', () => withHeader('wechatpay-serial', 'PUB_KEY_ID_0000000000')],
  ['bad-signature', () => withHeader('wechatpay-nonce', 'another-nonce')],
  ['bad-signature', () => withHeader('wechatpay-signature', 'AAAA')],
  ['bad-signature', () => ({ ...authenticNotice(), rawBody: Buffer.from('{"id":"x"}') })],
  ['not-readable', () => signedAs(account, clock.now(), Buffer.from('not json \u0000'))],
  ['not-readable', () => authenticNotice({ amount: { total: '25470' } })],
  ['not-readable', () => authenticNotice({ amount: { total: 2 ** 53 + 2 } })],
  ['not-readable', () => authenticNotice({ amount: { total: 0 } })],
  ['not-decryptable', () => resealed('ciphertext', (text) => `A${text.slice(1)}`)],
  ['not-decryptable', () => resealed('associated_data', () => 'refund')],
  ['not-decryptable', () => resealed('nonce', () => 'short')],
  ['wrong-algorithm', () => resealed('algorithm', () => 'AES_ECB')],
  ['foreign-merchant', () => authenticNotice({ mchid: other.mchId })],
  ['foreign-app', () => authenticNotice({ appid: other.appId })],
  ['too-large', () => signedAs(account, clock.now(), Buffer.alloc(64 * 1024 + 1, 0x20))],
];
const order = { orderNo: 'test0001', amountFen: 100 };

test.each(forged)('a notice that proves nothing is refused: %s', async (reason, make) => {
  clock.advance(60_000); // A new minute: each piece of evidence is kept.
  expect(await read(make())).toEqual({ state: 'refused', reason });
  const [last] = await evidence();
  expect(last).toMatchObject({ reason, remote_ip: '203.0.113.7' });
});

test('the valid notice of another account of ours proves nothing here', async () => {
  const notice = noticeOf(other, clock.now(), transactionOf(other, order));
  expect(await read(notice)).toEqual({ state: 'refused', reason: 'unknown-serial' });
});

test('a notice for an account that does not exist leaves no trace', async () => {
  const before = await count();
  expect(await read(authenticNotice(), 999)).toEqual({
    state: 'refused',
    reason: 'unknown-account',
  });
  expect(await count()).toBe(before);
});

test('a flood of forged notices is counted, but its evidence stays small', async () => {
  clock.advance(60_000);
  const [pieces, refusals] = [await count(), await refused()];
  const forgery = () => ({ ...authenticNotice(), rawBody: Buffer.alloc(60_000, 0x78) });
  for (let sent = 0; sent < 60; sent += 1) await read(forgery());
  expect((await count()) - pieces).toBe(20);
  expect((await evidence())[0]?.body.length).toBeLessThanOrEqual(2048);
  clock.advance(60_000);
  await read(forgery());
  expect((await refused()) - refusals).toBe(61);
});

function withHeader(name: string, value: string): GivenNotice {
  const notice = authenticNotice();
  return { ...notice, headers: { ...notice.headers, [name]: value } };
}

function without(notice: GivenNotice, name: string): GivenNotice {
  const headers = Object.entries(notice.headers).filter(([known]) => known !== name);
  return { ...notice, headers: Object.fromEntries(headers) };
}

/** Changes one field of the resource and signs the whole anew, as only the channel could. */
function resealed(field: string, change: (text: string) => string): GivenNotice {
  const event = JSON.parse(authenticNotice().rawBody.toString()) as {
    resource: Record<string, string>;
  };
  event.resource[field] = change(event.resource[field] ?? '');
  return signedAs(account, clock.now(), Buffer.from(JSON.stringify(event)));
}

function minutesAgo(minutes: number): Date {
  return new Date(clock.now().getTime() - minutes * 60_000);
}

function evidence() {
  return deps.db.read(companyId, (tx) =>
    tx.many(sql<{ reason: string; remote_ip: string; body: string }>`
      select reason, remote_ip, body from channels.refused_notice order by id desc`),
  );
}

async function count(): Promise<number> {
  return (await evidence()).length;
}

async function refused(): Promise<number> {
  const row = await deps.db.read(companyId, (tx) =>
    tx.one(sql<{ times: number }>`
      select coalesce(sum(times), 0)::bigint as times from channels.refusal_count`),
  );
  return row.times;
}
