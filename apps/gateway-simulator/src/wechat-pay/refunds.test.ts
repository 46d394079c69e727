import { constants, publicEncrypt } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { decrypt, MCHID, type Notice, registration, startScene } from '../../test/merchant.ts';

type Row = Record<string, unknown>;

let scene: Awaited<ReturnType<typeof startScene>>;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.control('POST', 'reset', { merchants: true });
  await scene.control('POST', 'wechat-pay/merchants', registration());
  scene.receiver.clear();
});

const PATH = '/v3/refund/domestic/refunds';
const TOTAL = 254_70;

async function paid(outTradeNo = 'ORDER-REFUND') {
  await scene.prepay(outTradeNo);
  await scene.control('POST', 'wechat-pay/pay', { outTradeNo, outcome: 'paid-no-notification' });
  return outTradeNo;
}
const refund = (outRefundNo: string, refundFen: number, more: Row = {}) =>
  scene.call('POST', PATH, {
    out_trade_no: 'ORDER-REFUND',
    out_refund_no: outRefundNo,
    reason: '重复缴费',
    notify_url: scene.receiver.url,
    amount: { refund: refundFen, total: TOTAL, currency: 'CNY' },
    ...more,
  });
const queryRefund = (outRefundNo: string) => scene.call('GET', `${PATH}/${outRefundNo}`);
const later = (advanceMs: number) =>
  scene.control('POST', 'clock', { advanceMs, scope: 'schedule' });
const arm = (at: string, fault: string, more: Row = {}) =>
  scene.control('POST', 'faults', { at, fault, ...more });

function refundIn(notice: Notice | undefined) {
  const body = JSON.parse(notice?.body ?? '{}') as { event_type: string; resource: Row };
  return { event: body.event_type, ...(JSON.parse(decrypt(body.resource)) as Row) };
}

test('a refund is accepted, then succeeds, is notified and turns the order to REFUND', async () => {
  await paid();
  const asked = await refund('R-1', 100_00);
  expect(asked.status).toBe(200);
  expect(asked.json).toMatchObject({
    out_refund_no: 'R-1',
    out_trade_no: 'ORDER-REFUND',
    status: 'PROCESSING',
    channel: 'ORIGINAL',
    user_received_account: '支付用户零钱',
    amount: { total: TOTAL, refund: 100_00, payer_refund: 100_00, currency: 'CNY' },
  });
  expect(asked.json.refund_id).toMatch(/^5030\d{25}$/);
  expect((await scene.query('ORDER-REFUND')).json.trade_state).toBe('REFUND');
  await later(1_000);
  const { json } = await queryRefund('R-1');
  expect(json).toMatchObject({ status: 'SUCCESS', refund_id: asked.json.refund_id });
  expect(json.success_time).toMatch(/\+08:00$/);
  expect(refundIn(scene.receiver.notices[0])).toMatchObject({
    event: 'REFUND.SUCCESS',
    mchid: MCHID,
    out_refund_no: 'R-1',
    refund_status: 'SUCCESS',
    amount: { total: TOTAL, refund: 100_00, payer_total: TOTAL, payer_refund: 100_00 },
  });
});

test('the number decides: a repetition moves nothing, other parameters are refused', async () => {
  await paid();
  const first = await refund('R-1', 100_00);
  const again = await refund('R-1', 100_00);
  expect(again.json).toEqual(first.json);
  const other = await refund('R-1', 100_01);
  expect([other.status, other.json.code]).toEqual([400, 'INVALID_REQUEST']);
  const order = await scene.control('GET', 'wechat-pay/orders/ORDER-REFUND');
  expect(order.json).toMatchObject({ refundedFen: 100_00, state: 'paid' });
});

test('partial refunds come to the payment and no fen more', async () => {
  await paid();
  expect((await refund('R-1', 200_00)).status).toBe(200);
  const over = await refund('R-2', 54_71);
  expect([over.status, over.json.code]).toEqual([400, 'INVALID_REQUEST']);
  expect((await refund('R-2', 54_70)).status).toBe(200);
  const { json } = await scene.control('GET', 'wechat-pay/orders/ORDER-REFUND');
  expect(json).toMatchObject({ refundedFen: TOTAL, state: 'refunded' });
  const book = await scene.control('GET', `wechat-pay/book?mchid=${MCHID}`);
  expect(book.json).toMatchObject({ count: 1, refundCount: 2, refundedFen: TOTAL });
});

test('32 refunds at once never give back more than was paid', async () => {
  await paid();
  const numbers = Array.from({ length: 32 }, (_, index) => index);
  const answers = await Promise.all(numbers.map((no) => refund(`R-${no}`, 50_00)));
  expect(answers.filter((one) => one.status === 200)).toHaveLength(5);
});

test('at most 50 refunds of an order', async () => {
  await paid();
  for (let no = 0; no < 50; no += 1) expect((await refund(`R-${no}`, 1)).status).toBe(200);
  expect((await refund('R-50', 1)).json.message).toBe('一笔订单最多部分退款50次');
});

test.each<[string, Row, number, string]>([
  ['an unknown order', { out_trade_no: 'NO-SUCH-ORDER' }, 404, 'RESOURCE_NOT_EXISTS'],
  ['another total', { amount: { refund: 1, total: 1, currency: 'CNY' } }, 400, 'INVALID_REQUEST'],
  ['no currency', { amount: { refund: 1, total: TOTAL } }, 400, 'PARAM_ERROR'],
  ['more than the total', { amount: { refund: 2, total: 1, currency: 'CNY' } }, 400, 'PARAM_ERROR'],
  ['an unknown field', { colour: 'red' }, 400, 'PARAM_ERROR'],
  ['a number with a sign not allowed', { out_refund_no: 'R#1' }, 400, 'PARAM_ERROR'],
  ['a foreign sub-merchant', { sub_mchid: '1900009999' }, 403, 'NO_AUTH'],
])('a refund is refused for %s', async (_, change, status, code) => {
  await paid();
  const answer = await refund('R-1', 1, change);
  expect([answer.status, answer.json.code]).toEqual([status, code]);
});

test('an unpaid order and one paid over a year ago are not refunded', async () => {
  await scene.prepay('ORDER-REFUND');
  expect((await refund('R-1', 1)).json.message).toBe('订单未支付，不能退款');
  expect((await queryRefund('R-1')).json.code).toBe('RESOURCE_NOT_EXISTS');
});

test('a merchant without money is told so and may ask again with the same number', async () => {
  await paid();
  await scene.control('POST', 'wechat-pay/balance', { mchid: MCHID, balanceFen: 99_99 });
  const poor = await refund('R-1', 100_00);
  expect([poor.status, poor.json.code]).toEqual([403, 'NOT_ENOUGH']);
  await scene.control('POST', 'wechat-pay/balance', { mchid: MCHID, balanceFen: 100_00 });
  expect((await refund('R-1', 100_00)).status).toBe(200);
  expect((await refund('R-2', 1)).json.code).toBe('NOT_ENOUGH');
  await scene.control('POST', 'wechat-pay/refunds/R-1/finish', { outcome: 'failed' });
  expect((await refund('R-2', 1)).status).toBe(200);
});

test('429 and a lost answer may hide a refund that was taken', async () => {
  await paid();
  await arm('refund', 'rate-limited-after');
  expect((await refund('R-1', 100_00)).json.code).toBe('FREQUENCY_LIMITED');
  expect((await queryRefund('R-1')).json.status).toBe('PROCESSING');
  await arm('refund', 'connection-lost-after', { channel: 'wechat-pay' });
  await expect(refund('R-2', 1)).rejects.toThrow();
  expect((await queryRefund('R-2')).json.status).toBe('PROCESSING');
  await arm('refund', 'rate-limited', { channel: 'alipay' });
  expect((await refund('R-3', 1)).status).toBe(200);
});

test('a pending refund waits for the control call; a failed one frees its money', async () => {
  await paid();
  await arm('refund', 'refund-pending');
  await refund('R-1', TOTAL);
  await later(86_400_000);
  const pending = await scene.control('GET', 'wechat-pay/refunds/R-1');
  expect(pending.json).toMatchObject({ state: 'pending', refundFen: TOTAL, finishAt: null });
  const done = await scene.control('POST', 'wechat-pay/refunds/R-1/finish', { outcome: 'failed' });
  expect(done.json.state).toBe('failed');
  expect(refundIn(scene.receiver.notices[0])).toMatchObject({
    event: 'REFUND.CLOSED',
    refund_status: 'CLOSED',
  });
  const twice = await scene.control('POST', 'wechat-pay/refunds/R-1/finish', {
    outcome: 'refunded',
  });
  expect(twice.status).toBe(409);
  expect((await refund('R-2', TOTAL)).status).toBe(200);
});

test('refunds fail later and are refused when the fault says so', async () => {
  await paid();
  await arm('refund', 'refund-refused');
  expect((await refund('R-1', 1)).json.code).toBe('NOT_ENOUGH');
  await arm('refund', 'refund-fails-later', { delayMs: 60_000 });
  expect((await refund('R-1', 1)).json.status).toBe('PROCESSING');
  await later(59_000);
  expect((await queryRefund('R-1')).json.status).toBe('PROCESSING');
  await later(1_000);
  expect((await queryRefund('R-1')).json.status).toBe('CLOSED');
});

test('an abnormal refund goes to another account once its fields can be opened', async () => {
  await paid();
  await arm('refund', 'refund-pending');
  const { refund_id: id } = (await refund('R-1', 1)).json;
  await scene.control('POST', 'wechat-pay/refunds/R-1/finish', { outcome: 'abnormal' });
  expect((await queryRefund('R-1')).json.status).toBe('ABNORMAL');
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const key = String(scene.registered.publicKeyPem);
  const seal = (text: string) =>
    publicEncrypt({ key, padding, oaepHash: 'sha1' }, Buffer.from(text)).toString('base64');
  const apply = (bankAccount: string) =>
    scene.call('POST', `${PATH}/${String(id)}/apply-abnormal-refund`, {
      out_refund_no: 'R-1',
      type: 'USER_BANK_CARD',
      bank_type: 'ICBC_DEBIT',
      bank_account: bankAccount,
      real_name: seal('王小明'),
    });
  // Registered anew: the key of the first registration no longer opens anything.
  expect((await apply(seal('6222020000000000'))).json.code).toBe('PARAM_ERROR');
  const again = await scene.control('POST', 'wechat-pay/merchants', registration());
  const fresh = String(again.json.publicKeyPem);
  const sealFresh = (text: string) =>
    publicEncrypt({ key: fresh, padding, oaepHash: 'sha1' }, Buffer.from(text)).toString('base64');
  const answer = await scene.call('POST', `${PATH}/${String(id)}/apply-abnormal-refund`, {
    out_refund_no: 'R-1',
    type: 'USER_BANK_CARD',
    bank_type: 'ICBC_DEBIT',
    bank_account: sealFresh('6222020000000000'),
    real_name: sealFresh('王小明'),
  });
  expect(answer.json).toMatchObject({ status: 'PROCESSING', channel: 'OTHER_BANKCARD' });
  await later(1_000);
  expect((await queryRefund('R-1')).json.status).toBe('SUCCESS');
});

test('a refund notification is spoilt and repeated like any other', async () => {
  await paid();
  await arm('notify', 'wrong-amount', { outTradeNo: 'ORDER-REFUND' });
  await refund('R-1', 100);
  await later(1_000);
  expect(refundIn(scene.receiver.notices[0])).toMatchObject({ amount: { refund: 101 } });
  const sent = await scene.control('POST', 'wechat-pay/refunds/R-1/notify', {
    times: 3,
    parallel: true,
  });
  expect(sent.json.statuses).toEqual([204, 204, 204]);
});

test('a refund under way survives a restart and finishes afterwards', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gateway-simulator-'));
  const before = await startScene({ dataDir });
  await before.prepay('ORDER-REFUND');
  await before.control('POST', 'wechat-pay/pay', { outTradeNo: 'ORDER-REFUND' });
  await before.control('POST', 'faults', {
    at: 'refund',
    fault: 'refund-pending',
    delayMs: 3600_000,
  });
  const asked = await before.call('POST', PATH, {
    out_trade_no: 'ORDER-REFUND',
    out_refund_no: 'R-1',
    amount: { refund: 1, total: TOTAL, currency: 'CNY' },
  });
  expect(asked.json.status).toBe('PROCESSING');
  await before.close();
  const after = await startScene({ dataDir });
  await after.control('POST', 'clock', { advanceMs: 3600_000, scope: 'schedule' });
  const found = await after.call('GET', `${PATH}/R-1`);
  expect(found.json).toMatchObject({ status: 'SUCCESS', refund_id: asked.json.refund_id });
  await after.close();
});
