import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { isSigned, MCHID, startScene } from '../../test/merchant.ts';

let scene: Awaited<ReturnType<typeof startScene>>;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.close());
beforeEach(() => scene.control('POST', 'reset'));

const payNow = (body: Record<string, unknown>) => scene.control('POST', 'wechat-pay/pay', body);
const HOUR_MS = 3600_000;

test('an order goes from unpaid to paid, and the book holds it', async () => {
  const { json } = await scene.prepay('ORDER-0001', { attach: 'bill=42' });
  const before = await scene.query('ORDER-0001');
  expect(before.json).toMatchObject({ trade_state: 'NOTPAY', amount: { total: 254_70 } });
  expect(before.json).not.toHaveProperty('transaction_id');
  expect(before.json).not.toHaveProperty('payer');
  await payNow({ prepayId: json.prepay_id });
  const { json: paid } = await scene.query('ORDER-0001');
  expect(paid).toMatchObject({
    trade_state: 'SUCCESS',
    trade_type: 'JSAPI',
    attach: 'bill=42',
    payer: { openid: await scene.openid() },
    amount: { total: 254_70, payer_total: 254_70, currency: 'CNY', payer_currency: 'CNY' },
  });
  expect(paid.transaction_id).toMatch(/^4200\d{24}$/);
  expect(paid.success_time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
  const byId = await scene.call(
    'GET',
    `/v3/pay/transactions/id/${String(paid.transaction_id)}?mchid=${MCHID}`,
  );
  expect(byId.json).toEqual(paid);
  const book = await scene.control('GET', `wechat-pay/book?mchid=${MCHID}`);
  expect(book.json).toEqual({
    count: 1,
    totalFen: 254_70,
    refundCount: 0,
    refundedFen: 0,
    transactions: [paid],
  });
});

test('the same order again gets a fresh prepay id; another amount is refused', async () => {
  const order = await scene.order('ORDER-0002');
  const first = await scene.call('POST', '/v3/pay/transactions/jsapi', order);
  const reversed = Object.fromEntries(Object.entries(order).reverse());
  const again = await scene.call('POST', '/v3/pay/transactions/jsapi', reversed);
  expect(again.json.prepay_id).not.toBe(first.json.prepay_id);
  const other = await scene.prepay('ORDER-0002', { amount: { total: 1, currency: 'CNY' } });
  expect([other.status, other.json.code]).toEqual([403, 'OUT_TRADE_NO_USED']);
  expect(other.headers.get('request-id')).toMatch(/-268498688$/);
  expect((await payNow({ prepayId: first.json.prepay_id })).status).toBe(200);
});

test('an order that was paid or closed is not taken again', async () => {
  await scene.prepay('ORDER-PAID');
  await payNow({ outTradeNo: 'ORDER-PAID' });
  const paid = await scene.prepay('ORDER-PAID');
  expect([paid.status, paid.json.message]).toEqual([400, '该订单已支付']);
  await scene.prepay('ORDER-CLOSED');
  await scene.closeOrder('ORDER-CLOSED');
  const closed = await scene.prepay('ORDER-CLOSED');
  expect([closed.status, closed.json.code]).toEqual([400, 'ORDER_CLOSED']);
});

test('a new Native code takes the place of the old one', async () => {
  const { payer: _, ...order } = await scene.order('ORDER-NATIVE');
  const first = await scene.call('POST', '/v3/pay/transactions/native', order);
  const second = await scene.call('POST', '/v3/pay/transactions/native', order);
  expect(first.json.code_url).toMatch(/^weixin:\/\/wxpay\/bizpayurl\/up\?pr=\w+$/);
  expect((await payNow({ codeUrl: first.json.code_url })).status).toBe(404);
  const paid = await payNow({ codeUrl: second.json.code_url, user: 2 });
  expect(paid.json).toMatchObject({
    trade_type: 'NATIVE',
    payer: { openid: await scene.openid(2) },
  });
});

test('closing is repeatable, signed, and refused once paid or unknown', async () => {
  await scene.prepay('ORDER-CLOSE');
  for (const _ of [1, 2]) {
    const answer = await scene.closeOrder('ORDER-CLOSE');
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(isSigned(answer, String(scene.registered.platformCertificatePem))).toBe(true);
  }
  expect((await scene.query('ORDER-CLOSE')).json.trade_state).toBe('CLOSED');
  expect((await payNow({ outTradeNo: 'ORDER-CLOSE' })).json.error).toBe('该订单已关闭');
  await scene.prepay('ORDER-PAID');
  await payNow({ outTradeNo: 'ORDER-PAID' });
  const paid = await scene.closeOrder('ORDER-PAID');
  expect([paid.status, paid.json.message]).toEqual([400, '该订单已支付']);
  const unknown = await scene.closeOrder('ORDER-UNKNOWN');
  expect([unknown.status, unknown.json.code]).toEqual([404, 'ORDER_NOT_EXIST']);
  expect(unknown.headers.get('request-id')).toMatch(/-268512771$/);
});

test('an order closes by itself when its time is over', async () => {
  const expiry = new Date(Date.now() + 5 * 60_000).toISOString();
  await scene.prepay('ORDER-EXPIRY', { time_expire: expiry });
  await scene.control('POST', 'clock', { advanceMs: 6 * 60_000, scope: 'schedule' });
  expect((await scene.query('ORDER-EXPIRY')).json.trade_state).toBe('CLOSED');
});

test('a prepay id is good for two hours, the order for longer', async () => {
  const { json } = await scene.prepay('ORDER-OLD');
  await scene.control('POST', 'clock', { advanceMs: 2 * HOUR_MS, scope: 'schedule' });
  const paid = await payNow({ prepayId: json.prepay_id });
  expect([paid.status, paid.json.error]).toEqual([409, '该订单已过期，请重新下单']);
  expect((await scene.query('ORDER-OLD')).json.trade_state).toBe('NOTPAY');
});

test('cancelled and failed attempts leave the order unpaid', async () => {
  await scene.prepay('ORDER-CANCEL');
  await payNow({ outTradeNo: 'ORDER-CANCEL', outcome: 'cancel' });
  await payNow({ outTradeNo: 'ORDER-CANCEL', outcome: 'fail' });
  expect((await scene.query('ORDER-CANCEL')).json.trade_state).toBe('NOTPAY');
  const { json } = await scene.control('GET', 'wechat-pay/orders/ORDER-CANCEL');
  expect(json.notifications).toEqual([]);
});

test('nobody pays the order of another payer, and nobody pays twice', async () => {
  await scene.prepay('ORDER-PAYER');
  const other = await payNow({ outTradeNo: 'ORDER-PAYER', user: 2 });
  expect([other.status, other.json.error]).toEqual([
    409,
    '下单账号与支付账号不一致，请核实后再支付',
  ]);
  await payNow({ outTradeNo: 'ORDER-PAYER' });
  const twice = await payNow({ outTradeNo: 'ORDER-PAYER' });
  expect([twice.status, twice.json.error]).toEqual([409, '该订单已支付']);
});

test('money that arrives after the close is in the book', async () => {
  await scene.prepay('ORDER-LATE');
  await payNow({ outTradeNo: 'ORDER-LATE', outcome: 'paid-after-close' });
  expect((await scene.query('ORDER-LATE')).json.trade_state).toBe('NOTPAY');
  await scene.closeOrder('ORDER-LATE');
  await expect.poll(async () => (await scene.query('ORDER-LATE')).json.trade_state).toBe('SUCCESS');
  await scene.prepay('ORDER-LATER');
  await scene.closeOrder('ORDER-LATER');
  const later = await payNow({ outTradeNo: 'ORDER-LATER', outcome: 'paid-after-close' });
  expect(later.json.trade_state).toBe('SUCCESS');
  expect((await scene.control('GET', 'wechat-pay/book')).json.count).toBe(2);
});

test('a payer can pay another amount than was asked for', async () => {
  await scene.prepay('ORDER-AMOUNT');
  const paid = await payNow({ outTradeNo: 'ORDER-AMOUNT', totalFen: 100 });
  expect(paid.json).toMatchObject({ amount: { total: 100 } });
});
