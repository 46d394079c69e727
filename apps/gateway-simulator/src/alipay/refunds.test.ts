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
  await scene.create('PAID');
  await scene.control('POST', 'alipay/pay', { outTradeNo: 'PAID' });
  await scene.receiver.heard(1);
});

const refusal = (value: Record<string, unknown>) => [value.code, value.sub_code];
const arm = (fault: string, more: Record<string, unknown> = {}) =>
  scene.control('POST', 'faults', { at: 'refund', fault, channel: 'alipay', ...more });

test('partial refunds add up and are notified, and the last one closes the trade', async () => {
  const first = await scene.refund('PAID', '280.50', 'R1');
  expect(first.value).toMatchObject({ code: '10000', fund_change: 'Y', refund_fee: '280.50' });
  const again = await scene.refund('PAID', '280.50', 'R1');
  expect(again.value).toMatchObject({ code: '10000', fund_change: 'N', refund_fee: '280.50' });
  const other = await scene.refund('PAID', '1.00', 'R1');
  expect(refusal(other.value)).toEqual(['40004', 'ACQ.DISCORDANT_REPEAT_REQUEST']);
  const tooMuch = await scene.refund('PAID', '1000.01', 'R2');
  expect(refusal(tooMuch.value)).toEqual(['40004', 'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL']);
  expect((await scene.query('PAID')).value.trade_status).toBe('TRADE_SUCCESS');
  const last = await scene.refund('PAID', '1000.00', 'R3');
  expect(last.value).toMatchObject({ fund_change: 'Y', refund_fee: '1280.50' });
  expect((await scene.query('PAID')).value.trade_status).toBe('TRADE_CLOSED');
  const notices = await scene.receiver.heard(3);
  const told = notices.map(({ form, isSigned }) => {
    const fields = ['trade_status', 'refund_fee', 'out_biz_no'];
    return [isSigned, ...fields.map((name) => form.get(name))].join(' ');
  });
  expect(told).toContain('true TRADE_SUCCESS 280.50 R1');
  expect(told).toContain('true TRADE_CLOSED 1280.50 R3');
});

test('a refund query has a status only for money that moved', async () => {
  await scene.refund('PAID', '10.00', 'R1');
  const found = await scene.refundQuery('PAID', 'R1');
  expect(found.value).toMatchObject({ refund_status: 'REFUND_SUCCESS', refund_amount: '10.00' });
  expect(found.value.gmt_refund_pay).toMatch(/^\d{4}-/);
  const none = await scene.refundQuery('PAID', 'R2');
  expect(none.value).toEqual({ code: '10000', msg: 'Success' });
});

test('a full refund needs no number of its own; a partial one does', async () => {
  expect(refusal((await scene.refund('PAID', '1.00')).value)).toEqual([
    '40004',
    'ACQ.INVALID_PARAMETER',
  ]);
  expect((await scene.refund('PAID', '1280.50')).value.fund_change).toBe('Y');
  expect((await scene.refundQuery('PAID', 'PAID')).value.refund_status).toBe('REFUND_SUCCESS');
});

test('32 refunds at once give back no more than was paid', async () => {
  const numbers = Array.from({ length: 32 }, (_, index) => `RACE${index % 16}`);
  const answers = await Promise.all(numbers.map((no) => scene.refund('PAID', '100.00', no)));
  const moved = answers.filter(({ value }) => value.fund_change === 'Y');
  expect(moved).toHaveLength(12);
  const order = (await scene.control('GET', 'alipay/orders/PAID')).json;
  expect(order).toMatchObject({ refundedFen: 1200_00, state: 'paid' });
});

test('a pending refund holds the money until it is finished', async () => {
  await arm('refund-pending');
  expect((await scene.refund('PAID', '1000.00', 'R1')).value.fund_change).toBe('N');
  expect((await scene.refundQuery('PAID', 'R1')).value.refund_status).toBeUndefined();
  expect(refusal((await scene.refund('PAID', '300.00', 'R2')).value)[1]).toBe(
    'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL',
  );
  expect((await scene.control('GET', 'alipay/refunds/R1')).json.state).toBe('pending');
  await scene.control('POST', 'alipay/refunds/R1/finish', { outcome: 'refunded' });
  expect((await scene.refundQuery('PAID', 'R1')).value.refund_status).toBe('REFUND_SUCCESS');
});

test('a refund that failed later can be asked for again with the same number', async () => {
  await arm('refund-fails-later', { delayMs: 172_800_000 });
  expect((await scene.refund('PAID', '5.00', 'R1')).value.fund_change).toBe('N');
  await scene.control('POST', 'clock', { advanceMs: 172_800_000, scope: 'schedule' });
  expect((await scene.control('GET', 'alipay/refunds/R1')).json.state).toBe('failed');
  expect((await scene.refundQuery('PAID', 'R1')).value.refund_status).toBeUndefined();
  expect((await scene.refund('PAID', '5.00', 'R1')).value.fund_change).toBe('Y');
});

test('a refused refund, and one that answers success without moving money', async () => {
  await arm('refund-refused');
  expect(refusal((await scene.refund('PAID', '5.00', 'R1')).value)).toEqual([
    '40004',
    'ACQ.SELLER_BALANCE_NOT_ENOUGH',
  ]);
  await arm('refund-moved-nothing');
  expect((await scene.refund('PAID', '5.00', 'R1')).value).toMatchObject({
    code: '10000',
    fund_change: 'N',
    refund_fee: '0.00',
  });
  expect((await scene.refund('PAID', '5.00', 'R1')).value.fund_change).toBe('Y');
});

test('an unpaid trade and one of a year ago give nothing back', async () => {
  await scene.create('UNPAID');
  expect(refusal((await scene.refund('UNPAID', '5.00', 'R1')).value)).toEqual([
    '40004',
    'ACQ.TRADE_STATUS_ERROR',
  ]);
  for (let step = 0; step < 4; step += 1) {
    await scene.control('POST', 'clock', { advanceMs: 92 * 86_400_000 });
  }
  const later = Date.now() + 4 * 92 * 86_400_000;
  const answer = await scene.call(
    'alipay.trade.refund',
    { out_trade_no: 'PAID', refund_amount: '1280.50' },
    later,
  );
  expect(refusal(answer.value)).toEqual(['40004', 'ACQ.TRADE_HAS_FINISHED']);
});
