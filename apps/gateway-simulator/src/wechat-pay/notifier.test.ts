import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  API_V3_KEY,
  decrypt,
  isSigned,
  MCHID,
  startScene,
  transactionIn,
} from '../../test/merchant.ts';
import { RETRY_GAPS_MS } from './notifier.ts';

let scene: Awaited<ReturnType<typeof startScene>>;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.control('POST', 'reset');
  await scene.control('POST', 'wechat-pay/mode', { mchid: MCHID, mode: 'certificate' });
  scene.receiver.clear();
});

const certificate = () => String(scene.registered.platformCertificatePem);
const advance = (advanceMs: number) => scene.control('POST', 'clock', { advanceMs });

async function paidOrder(outTradeNo: string, more: Record<string, unknown> = {}) {
  await scene.prepay(outTradeNo);
  await scene.control('POST', 'wechat-pay/pay', { outTradeNo, ...more });
}

async function attemptsOf(outTradeNo: string) {
  const { json } = await scene.control('GET', `wechat-pay/orders/${outTradeNo}`);
  return (json.notifications as { attempts: number; outcome: string }[])[0];
}

test('a notification is signed, decrypts, and says what the query says', async () => {
  await paidOrder('ORDER-0001');
  const [notice] = await scene.receiver.heard(1);
  expect(notice?.headers).toMatchObject({
    'content-type': 'application/json',
    'wechatpay-serial': scene.registered.platformSerialNo,
    'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
  });
  expect(notice && isSigned(notice, certificate())).toBe(true);
  const body = JSON.parse(notice?.body ?? '') as Record<string, unknown>;
  expect(body).toMatchObject({
    event_type: 'TRANSACTION.SUCCESS',
    resource_type: 'encrypt-resource',
    summary: '支付成功',
    resource: {
      algorithm: 'AEAD_AES_256_GCM',
      original_type: 'transaction',
      associated_data: 'transaction',
    },
  });
  expect(transactionIn(notice)).toEqual((await scene.query('ORDER-0001')).json);
  expect(() =>
    decrypt(body.resource as Record<string, unknown>, API_V3_KEY.toUpperCase()),
  ).toThrow();
});

test('a refused notification comes again on the real schedule, then is given up', async () => {
  scene.receiver.answerWith(...Array.from({ length: 16 }, () => 500));
  await paidOrder('ORDER-0002');
  await scene.receiver.heard(1);
  let count = 1;
  for (const gapMs of RETRY_GAPS_MS) {
    await advance(gapMs - 2_000);
    expect(scene.receiver.notices).toHaveLength(count);
    await advance(2_000);
    count += 1;
    expect(scene.receiver.notices).toHaveLength(count);
  }
  expect(RETRY_GAPS_MS.reduce((sum, gapMs) => sum + gapMs, 0)).toBe((24 * 60 + 4) * 60_000);
  expect(await attemptsOf('ORDER-0002')).toMatchObject({ attempts: 16, outcome: 'given-up' });
  await advance(86_400_000);
  expect(scene.receiver.notices).toHaveLength(16);
  const ids = scene.receiver.notices.map((one) => (JSON.parse(one.body) as { id: string }).id);
  expect(new Set(ids).size).toBe(1);
});

test('one jump of the clock sends every retry in between, each at its own time', async () => {
  scene.receiver.answerWith(500, 500, 500, 204);
  await paidOrder('ORDER-0003');
  await scene.receiver.heard(1);
  await advance(10 * 60_000);
  expect(scene.receiver.notices).toHaveLength(4);
  const stamps = scene.receiver.notices.map((one) => Number(one.headers['wechatpay-timestamp']));
  const gaps = stamps.slice(1).map((stamp, index) => stamp - (stamps[index] ?? 0));
  expect(gaps.map((gap) => Math.round(gap / 15))).toEqual([1, 1, 2]);
  expect(await attemptsOf('ORDER-0003')).toMatchObject({ attempts: 4, outcome: 'acknowledged' });
});

test('moving the schedule alone leaves the timestamps of signatures in the present', async () => {
  scene.receiver.answerWith(500, 500, 500, 500);
  await paidOrder('ORDER-0004');
  await scene.receiver.heard(1);
  await scene.control('POST', 'clock', { advanceMs: 4 * 60_000, scope: 'schedule' });
  const stamp = Number(scene.receiver.notices.at(-1)?.headers['wechatpay-timestamp']);
  expect(scene.receiver.notices).toHaveLength(5);
  expect(Math.abs(stamp - Date.now() / 1000)).toBeLessThan(5);
});

test('200 and 204 in time acknowledge; redirects and slow answers do not', async () => {
  scene.receiver.answerWith(302, 200);
  await paidOrder('ORDER-0005');
  await scene.receiver.heard(1);
  await advance(15_000);
  expect(await attemptsOf('ORDER-0005')).toMatchObject({ attempts: 2, outcome: 'acknowledged' });
  scene.receiver.answerAfter(2_600); // The scene waits 2 s instead of 5 s.
  await paidOrder('ORDER-0006', { outcome: 'paid-notification-first' });
  expect(await attemptsOf('ORDER-0006')).toMatchObject({ attempts: 1, outcome: 'pending' });
});

test('without a notification the order is paid, and one can be sent by hand', async () => {
  await paidOrder('ORDER-0007', { outcome: 'paid-no-notification' });
  await advance(86_400_000);
  expect(scene.receiver.notices).toHaveLength(0);
  scene.receiver.answerWith(200, 500);
  const sent = await scene.control('POST', 'wechat-pay/orders/ORDER-0007/notify', { times: 3 });
  expect(sent.json.statuses).toEqual([200, 500, 204]);
});

test('fifty copies at once', async () => {
  await paidOrder('ORDER-0008', { outcome: 'paid-no-notification' });
  const sent = await scene.control('POST', 'wechat-pay/orders/ORDER-0008/notify', {
    times: 50,
    parallel: true,
  });
  expect(sent.json.statuses).toHaveLength(50);
  expect(scene.receiver.notices).toHaveLength(50);
});

test('an order that the merchant never made is paid and notified', async () => {
  await scene.prepay('ORDER-0009');
  const order = { mchid: MCHID, outTradeNo: 'NEVER-MADE', totalFen: 1_00 };
  const paid = await scene.control('POST', 'wechat-pay/unknown-order', order);
  expect(paid.json).toMatchObject({ out_trade_no: 'NEVER-MADE', trade_state: 'SUCCESS' });
  expect(transactionIn(scene.receiver.notices[0])).toEqual(paid.json);
});

test('both kinds of key sign by exact share, and both verify', async () => {
  const share = { mchid: MCHID, mode: 'certificate', publicKeyShare: 20 };
  await scene.control('POST', 'wechat-pay/mode', share);
  await paidOrder('ORDER-0010', { outcome: 'paid-no-notification' });
  await scene.control('POST', 'wechat-pay/orders/ORDER-0010/notify', { times: 20 });
  const { publicKeyId, publicKeyPem } = scene.registered;
  const byPublicKey = scene.receiver.notices.filter(
    (one) => one.headers['wechatpay-serial'] === publicKeyId,
  );
  expect(byPublicKey).toHaveLength(4);
  expect(byPublicKey.every((one) => isSigned(one, String(publicKeyPem)))).toBe(true);
});

test('during a rotation two certificates are valid, listed and used', async () => {
  const rotated = await scene.control('POST', 'wechat-pay/rotate', { newShare: 50 });
  const { platformSerialNo, platformCertificatePem } = rotated.json;
  expect(platformSerialNo).not.toBe(scene.registered.platformSerialNo);
  const list = await scene.call('GET', '/v3/certificates', undefined, {
    headers: { 'wechatpay-serial': String(scene.registered.platformSerialNo) },
  });
  expect(isSigned(list, certificate())).toBe(true);
  const data = list.json.data as { serial_no: string; encrypt_certificate: object }[];
  expect(data.map((one) => one.serial_no)).toEqual(rotated.json.validSerialNos);
  const pems = data.map((one) => decrypt(one.encrypt_certificate as Record<string, unknown>));
  expect(pems).toEqual([certificate(), platformCertificatePem]);
  await paidOrder('ORDER-0011', { outcome: 'paid-no-notification' });
  await scene.control('POST', 'wechat-pay/orders/ORDER-0011/notify', { times: 10 });
  const byNew = scene.receiver.notices.filter((one) =>
    isSigned(one, String(platformCertificatePem)),
  );
  const byOld = scene.receiver.notices.filter((one) => isSigned(one, certificate()));
  expect([byNew.length, byOld.length]).toEqual([5, 5]);
});

test('orders, keys, the clock and pending retries survive a restart', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gateway-simulator-'));
  const before = await startScene({ dataDir });
  before.receiver.answerWith(500);
  await before.prepay('ORDER-KEPT');
  await before.control('POST', 'wechat-pay/pay', { outTradeNo: 'ORDER-KEPT' });
  await before.receiver.heard(1);
  const transaction = (await before.query('ORDER-KEPT')).json;
  await before.simulator.close();

  const after = await startScene({ dataDir });
  expect(after.registered).toEqual(before.registered);
  expect((await after.query('ORDER-KEPT')).json).toEqual(transaction);
  await after.control('POST', 'clock', { advanceMs: 15_000 });
  expect(before.receiver.notices).toHaveLength(2);
  expect(transactionIn(before.receiver.notices[1])).toEqual(transaction);
  await after.close();
  await before.receiver.close();
});
