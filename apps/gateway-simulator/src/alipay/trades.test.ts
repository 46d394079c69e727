import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startAlipay } from '../../test/alipay-merchant.ts';

let scene: Awaited<ReturnType<typeof startAlipay>>;
beforeAll(async () => {
  scene = await startAlipay();
});
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.control('POST', 'reset', {});
  scene.receiver.clear();
});

const pay = (body: Record<string, unknown>) => scene.control('POST', 'alipay/pay', body);
const refusal = (value: Record<string, unknown>) => [value.code, value.sub_code];

test('a trade for a known buyer is created, paid, notified and found', async () => {
  const made = await scene.create('CREATE1', { passback_params: 'room%3D501' });
  expect(made.isSigned).toBe(true);
  expect(made.value).toMatchObject({ code: '10000', out_trade_no: 'CREATE1' });
  const again = await scene.create('CREATE1', { passback_params: 'room%3D501' });
  expect(again.value.trade_no).toBe(made.value.trade_no);
  const other = await scene.create('CREATE1', { total_amount: '1.00' });
  expect(refusal(other.value)).toEqual(['40004', 'ACQ.CONTEXT_INCONSISTENT']);
  expect((await scene.query('CREATE1')).value.trade_status).toBe('WAIT_BUYER_PAY');
  await pay({ outTradeNo: 'CREATE1' });
  const [notice] = await scene.receiver.heard(1);
  expect(notice?.isSigned).toBe(true);
  expect(Object.fromEntries(notice?.form ?? [])).toMatchObject({
    notify_type: 'trade_status_sync',
    trade_status: 'TRADE_SUCCESS',
    total_amount: '1280.50',
    subject: '物业费 3号楼2单元501 100%+税',
    passback_params: 'room%3D501',
    buyer_id: '2088102146225135',
    seller_id: '2088000000000001',
    fund_bill_list: '[{"amount":"1280.50","fundChannel":"ALIPAYACCOUNT"}]',
  });
  const found = await scene.query('CREATE1');
  expect(found.value).toMatchObject({ trade_status: 'TRADE_SUCCESS', receipt_amount: '1280.50' });
  expect(refusal((await scene.create('CREATE1', { passback_params: 'room%3D501' })).value)).toEqual(
    ['40004', 'ACQ.TRADE_HAS_SUCCESS'],
  );
});

test('a precreated code is no trade until somebody scans it', async () => {
  const { value } = await scene.precreate('QR1');
  expect(value.qr_code).toMatch(/^https:\/\/qr\.alipay\.com\/bax/);
  expect(refusal((await scene.query('QR1')).value)).toEqual(['40004', 'ACQ.TRADE_NOT_EXIST']);
  const closed = await scene.call('alipay.trade.close', { out_trade_no: 'QR1' });
  expect(refusal(closed.value)).toEqual(['40004', 'ACQ.TRADE_NOT_EXIST']);
  await pay({ codeUrl: value.qr_code, outcome: 'cancel' });
  expect((await scene.query('QR1')).value.trade_status).toBe('WAIT_BUYER_PAY');
  await pay({ codeUrl: value.qr_code, user: 2 });
  expect((await scene.query('QR1')).value).toMatchObject({
    trade_status: 'TRADE_SUCCESS',
    fund_bill_list: [{ fund_channel: 'BANKCARD', bank_code: 'CMB', amount: '1280.50' }],
  });
});

test('a code that was cancelled before a scan is paid by a test of late money only', async () => {
  await scene.precreate('QR2');
  const cancelled = await scene.call('alipay.trade.cancel', { out_trade_no: 'QR2' });
  expect(cancelled.value).toMatchObject({ code: '10000', retry_flag: 'N', action: 'close' });
  expect((await pay({ outTradeNo: 'QR2' })).status).toBe(409);
  const forced = await pay({ outTradeNo: 'QR2', outcome: 'paid-after-close' });
  expect(forced.json).toMatchObject({ state: 'paid', totalFen: 128_050 });
  const late = await scene.call('alipay.trade.cancel', { out_trade_no: 'NEVER' });
  expect(late.value).toMatchObject({ code: '10000', retry_flag: 'N' });
  expect(refusal((await scene.create('NEVER')).value)).toEqual(['40004', 'ACQ.TRADE_HAS_CLOSE']);
});

test('closing takes unpaid trades only, and a closed one cannot be paid', async () => {
  await scene.create('CLOSE1');
  const close = () => scene.call('alipay.trade.close', { out_trade_no: 'CLOSE1' });
  expect((await close()).value.code).toBe('10000');
  expect(refusal((await close()).value)).toEqual(['40004', 'ACQ.TRADE_STATUS_ERROR']);
  expect((await pay({ outTradeNo: 'CLOSE1' })).status).toBe(409);
  expect((await scene.query('CLOSE1')).value.trade_status).toBe('TRADE_CLOSED');
});

test('time runs out, and late money turns a closed trade to success', async () => {
  await scene.create('LATE1', { timeout_express: '5m' });
  await pay({ outTradeNo: 'LATE1', outcome: 'paid-after-close' });
  await scene.create('LATE2', { timeout_express: '5m' });
  await scene.control('POST', 'clock', { advanceMs: 300_000, scope: 'schedule' });
  expect((await scene.query('LATE2')).value.trade_status).toBe('TRADE_CLOSED');
  expect((await scene.query('LATE1')).value.trade_status).toBe('TRADE_SUCCESS');
  await scene.receiver.heard(1);
});

test.each([
  ['paid', '10000'],
  ['password', '10003'],
])('a payment code with outcome %s answers %s', async (outcome, code) => {
  const { authCode } = (await scene.control('POST', 'alipay/codes', { outcome })).json;
  expect(authCode).toMatch(/^(2[5-9]|30)\d{14,22}$/);
  const fields = scene.order(`CODE-${outcome}`.replace('-', '_'), {
    scene: 'bar_code',
    auth_code: authCode,
  });
  const answer = await scene.call('alipay.trade.pay', fields);
  expect(answer.value.code).toBe(code);
  const no = String(fields.out_trade_no);
  if (code === '10003') {
    expect((await scene.query(no)).value.trade_status).toBe('WAIT_BUYER_PAY');
    expect((await scene.control('GET', `alipay/orders/${no}`)).json.state).toBe('paying');
    await pay({ outTradeNo: no });
  }
  expect((await scene.query(no)).value.trade_status).toBe('TRADE_SUCCESS');
  const reused = await scene.call('alipay.trade.pay', { ...fields, out_trade_no: 'CODE_AGAIN' });
  expect(refusal(reused.value)).toEqual(['40004', 'ACQ.PAYMENT_AUTH_CODE_INVALID']);
});

test.each([
  ['expired', 'ACQ.PAYMENT_AUTH_CODE_INVALID'],
  ['no-money', 'ACQ.BUYER_BALANCE_NOT_ENOUGH'],
])('a payment code with outcome %s is refused', async (outcome, subCode) => {
  const { authCode } = (await scene.control('POST', 'alipay/codes', { outcome })).json;
  const fields = scene.order('CODE_NO', { scene: 'bar_code', auth_code: authCode });
  const answer = await scene.call('alipay.trade.pay', fields);
  expect(refusal(answer.value)).toEqual(['40004', subCode]);
});

test('cancelling gives back a paid trade in full, and again answers the same', async () => {
  await scene.create('CANCEL1');
  await pay({ outTradeNo: 'CANCEL1' });
  const cancel = () => scene.call('alipay.trade.cancel', { out_trade_no: 'CANCEL1' });
  expect((await cancel()).value).toMatchObject({ action: 'refund', retry_flag: 'N' });
  expect((await cancel()).value).toMatchObject({ action: 'refund', retry_flag: 'N' });
  const order = (await scene.control('GET', 'alipay/orders/CANCEL1')).json;
  expect(order).toMatchObject({ state: 'refunded', refundedFen: 128_050 });
});

test.each([
  ['an unknown amount form', { total_amount: '1.234' }],
  ['too much', { total_amount: '100000000.01' }],
  ['nothing', { total_amount: '0.00' }],
  ['a number with a dash', { out_trade_no: 'A-1' }],
  ['an unknown buyer', { buyer_id: '2088000000000009' }],
  ['no subject', { subject: '' }],
  ['an end in the past', { time_expire: '2020-01-01 00:00:00' }],
])('an order with %s is refused', async (_, changes) => {
  const answer = await scene.create('BAD1', changes as Record<string, unknown>);
  expect(refusal(answer.value)).toEqual(['40004', 'ACQ.INVALID_PARAMETER']);
});

test('the book counts what came in and what went back; an unknown order is notified', async () => {
  await scene.create('BOOK1');
  await pay({ outTradeNo: 'BOOK1', totalFen: 100 });
  await scene.refund('BOOK1', '0.40', 'R1');
  const unknown = { mchid: '2088000000000001', outTradeNo: 'NOT_OURS', totalFen: 5_00 };
  expect((await scene.control('POST', 'alipay/unknown-order', unknown)).json.state).toBe('paid');
  const book = (await scene.control('GET', 'alipay/book?mchid=2088000000000001')).json;
  expect(book).toMatchObject({ count: 2, totalFen: 6_00, refundCount: 1, refundedFen: 40 });
});
