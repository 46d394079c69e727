import { expect, test } from 'vitest';
import { alipayContext, alipayKeys } from '../../../../test/alipay-context.ts';
import { noticeOf } from '../../../../test/alipay-gateway.ts';
import { readForm, readNotice } from './notify.ts';

const context = alipayContext('public-key');
const payment = {
  notify_type: 'trade_status_sync',
  notify_id: '2026120100222080102025130500000001',
  notify_time: '2026-12-01 08:00:06',
  app_id: alipayKeys.appId,
  seller_id: alipayKeys.sellerId,
  trade_status: 'TRADE_SUCCESS',
  out_trade_no: 'test0001',
  trade_no: '2026120122001',
  total_amount: '254.70',
  gmt_payment: '2026-12-01 08:00:05',
  buyer_open_id: '074a1CcTG1LelxKe4xQC',
};
const agreement = {
  notify_type: 'dut_user_sign',
  status: 'NORMAL',
  notify_id: '1',
  notify_time: '2026-12-01 08:00:06',
  app_id: alipayKeys.appId,
  agreement_no: '20260101',
  external_agreement_no: 'M1',
  alipay_user_id: '2088102146225135',
  sign_time: '2026-12-01 08:00:01',
};
const read = (said: Record<string, string>, after?: Record<string, string>) =>
  readNotice(context, noticeOf(said, after));

test('a payment is told with its payer', async () => {
  expect(await read(payment)).toMatchObject({
    state: 'authentic',
    eventType: 'trade_status_sync:TRADE_SUCCESS',
    trade: {
      orderNo: 'test0001',
      amountFen: 254_70,
      payerOpenId: '074a1CcTG1LelxKe4xQC',
      paidAt: new Date('2026-12-01T00:00:05Z'),
    },
  });
  expect(await read({ ...payment, refund_fee: '0.00' })).toHaveProperty('trade');
});

test.each([
  ['in part', { refund_fee: '54.70', out_biz_no: 'RF1' }, { refundNo: 'RF1' }],
  ['in part, without its number', { refund_fee: '54.70' }, {}],
  ['with its time alone', { gmt_refund: '2026-12-01 09:00:00.123' }, {}],
  [
    'in full',
    { trade_status: 'TRADE_CLOSED', refund_fee: '254.70', out_biz_no: 'RF2' },
    { refundNo: 'RF2' },
  ],
  ['when it is final', { trade_status: 'TRADE_FINISHED', refund_fee: '1.00' }, {}],
] as const)('a refund %s is never taken for a second payment', async (_name, changes, refund) => {
  const reading = await read({ ...payment, ...changes });
  expect(reading).toMatchObject({ lookAt: { orderNo: 'test0001', ...refund } });
  expect(reading).not.toHaveProperty('trade');
});

test('an unpaid trade tells of no money, and a closed one is looked at', async () => {
  const waiting = await read({ ...payment, trade_status: 'WAIT_BUYER_PAY' });
  expect(waiting).toMatchObject({ state: 'authentic' });
  expect(waiting).not.toHaveProperty('trade');
  const closed = await read({ ...payment, trade_status: 'TRADE_CLOSED' });
  expect(closed).toMatchObject({ lookAt: { orderNo: 'test0001' } });
});

test('agreements are told when they begin and when they end', async () => {
  const mandate = { mandateNo: 'M1', channelMandateNo: '20260101' };
  expect(await read(agreement)).toMatchObject({
    mandate: {
      ...mandate,
      state: 'active',
      payerOpenId: '2088102146225135',
      at: new Date('2026-12-01T00:00:01Z'),
    },
  });
  const ended = { ...agreement, notify_type: 'dut_user_unsign', status: 'UNSIGN' };
  expect(await read(ended)).toMatchObject({
    mandate: { ...mandate, state: 'ended', at: new Date('2026-12-01T00:00:06Z') },
  });
  const { external_agreement_no: _no, ...foreign } = agreement;
  expect(await read(foreign)).toMatchObject({ state: 'authentic', mandate: undefined });
  const stopped = { ...agreement, status: 'STOP' };
  expect(await read(stopped)).toMatchObject({ state: 'authentic', mandate: undefined });
});

test('a notice without a number has the same one on every repeat', async () => {
  const { notify_id: _id, ...anonymous } = payment;
  const first = await read(anonymous);
  const later = await read({ ...anonymous, notify_time: '2026-12-01 08:04:06' });
  expect(first).toMatchObject({ notificationId: expect.stringMatching(/^[0-9a-f]{40}$/) });
  expect(later).toHaveProperty('notificationId', Reflect.get(first, 'notificationId'));
  const other = await read({ ...anonymous, total_amount: '1.00' });
  expect(other).not.toHaveProperty('notificationId', Reflect.get(first, 'notificationId'));
});

test('what we do not know is authentic and says nothing', async () => {
  const { seller_id: _seller, ...other } = { ...payment, notify_type: 'servicemarket_order' };
  expect(await read(other)).toEqual({
    state: 'authentic',
    notificationId: payment.notify_id,
    eventType: 'servicemarket_order:TRADE_SUCCESS',
  });
});

test.each([
  ['bad-signature', payment, { total_amount: '0.01' }],
  ['bad-signature', payment, { added: 'x' }],
  ['bad-signature', payment, { sign: 'AAAA' }],
  ['header-missing', payment, { sign: '' }],
  ['wrong-algorithm', payment, { sign_type: 'RSA' }],
  ['foreign-app', { ...payment, app_id: '2021999999999999' }, {}],
  ['foreign-merchant', { ...payment, seller_id: '2088999999999999' }, {}],
  ['foreign-app', { ...agreement, app_id: '2021999999999999' }, {}],
  ['not-readable', { ...payment, total_amount: '1.005' }, {}],
  ['not-readable', { ...payment, total_amount: '' }, {}],
  ['not-readable', { ...payment, out_trade_no: '' }, {}],
] as const)('a notice that proves nothing is refused: %s', async (reason, said, after) => {
  expect(await read(said, after)).toEqual({ state: 'refused', reason });
});

test.each(['', 'a', '=b', 'a=%E4', 'a=%', 'a=1&a=2', 'a=1&'])('“%s” is no form', async (body) => {
  expect(readForm(body)).toBeUndefined();
  const notice = { headers: {}, rawBody: Buffer.from(body) };
  expect(await readNotice(context, notice)).toEqual({ state: 'refused', reason: 'not-readable' });
});

test('values are decoded once', () => {
  expect(readForm('a=1%2525+%2B&b=&c==')).toEqual({ a: '1%25 +', b: '', c: '=' });
});
