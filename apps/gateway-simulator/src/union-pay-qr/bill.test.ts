import { afterAll, beforeAll, expect, test } from 'vitest';
import { MCH_ID, type QrScene, startQrScene } from '../../test/union-pay-qr-merchant.ts';

/** 10:00 in Beijing. */
const START = Date.UTC(2026, 0, 15, 2);
let scene: QrScene;
beforeAll(async () => {
  scene = await startQrScene({ startAt: START });
  await scene.paid('BILL0001', { body: '物业费,3号楼' });
  await scene.paid('BILL0002', { total_fee: '100' });
  await scene.call('unified.trade.refund', {
    out_trade_no: 'BILL0001',
    out_refund_no: 'BILLR001',
    total_fee: '25470',
    refund_fee: '5470',
    op_user_id: MCH_ID,
  });
  await scene.control('POST', 'clock', { advanceMs: 14 * 3_600_000 });
});
afterAll(() => scene.close());

const bill = (day = '20260115') =>
  scene.call('pay.bill.merchant', { bill_date: day, bill_type: 'ALL' });
const rowsOf = (text: string) =>
  text
    .split('\r\n')
    .slice(1, -3)
    .map((line) => line.split(',').map((value) => value.slice(1)));
const arm = (fault: string) => scene.control('POST', 'faults', { at: 'statement', fault });

test('the bill of a day lists payments and refunds, and their totals', async () => {
  const { text } = await bill();
  const rows = rowsOf(text);
  expect(rows.map((row) => [row[4], row[7], row[10], row[12], row[13], row[17]])).toEqual([
    ['BILL0001', '支付成功', '254.70', '', '0.00', '1.53'],
    ['BILL0002', '支付成功', '1.00', '', '0.00', '0.01'],
    ['BILL0001', '转入退款', '0.00', 'BILLR001', '54.70', '-0.33'],
  ]);
  expect(rows[0]).toHaveLength(19);
  expect(rows[0]?.[0]).toMatch(/^2026-01-15 10:00:\d\d$/);
  expect(text.split('\r\n').at(-2)).toBe('`3,`255.70,`54.70,`1.21');
  const path = `union-pay-qr/statement?mchid=${MCH_ID}&day=2026-01-15`;
  const { json } = await scene.control('GET', path);
  expect(json).toMatchObject({ totalFen: 25570, refundedFen: 5470, feeYuan: '1.21' });
});

test('a bill is there once its day is over in Beijing', async () => {
  expect((await bill('20260116')).fields.err_code).toBe('BILL_NOT_EXIST');
  expect((await bill('20260231')).fields.err_code).toBe('BILL_NOT_EXIST');
  expect((await bill('2026-01-15')).fields.err_code).toBe('PARAM_ERROR');
  await arm('statement-not-ready');
  expect((await bill()).fields.err_code).toBe('BILL_NOT_EXIST');
});

test('rows, amounts, fees and totals of a bill go wrong on demand', async () => {
  const numbers = async () => rowsOf((await bill()).text).map((row) => row[4]);
  await arm('statement-missing-row');
  expect(await numbers()).toEqual(['BILL0002', 'BILL0001']);
  await arm('statement-duplicate-row');
  expect(await numbers()).toEqual(['BILL0001', 'BILL0001', 'BILL0002', 'BILL0001']);
  await arm('statement-extra-row');
  expect((await numbers()).at(-1)).toBe('NOBODYSORDER0001');
  await arm('statement-amount-off');
  expect(rowsOf((await bill()).text)[0]?.[10]).toBe('254.71');
  await arm('statement-fee-differs');
  expect(rowsOf((await bill()).text)[0]?.[17]).toBe('1.54');
  await arm('statement-wrong-total');
  expect((await bill()).text).toContain('`255.71');
  await arm('statement-truncated');
  expect((await bill()).text).not.toContain('总交易单数');
});
