import { inflateRawSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SELLER_ID, startAlipay } from '../../test/alipay-merchant.ts';

const DAY_MS = 86_400_000;
/** Noon in Beijing, so that no test crosses midnight. */
const NOON = Date.parse('2026-03-05T12:00:00+08:00');

let scene: Awaited<ReturnType<typeof startAlipay>>;
let startedAt = 0;
beforeAll(async () => {
  scene = await startAlipay({ startAt: NOON });
  startedAt = Date.now();
  for (const [no, yuan] of [
    ['BILL1', '1280.50'],
    ['BILL2', '33.33'],
  ]) {
    await call('alipay.trade.create', {
      ...scene.order(no ?? '', { total_amount: yuan, buyer_id: '2088102146225135' }),
      body: 'bill=41',
    });
    await scene.control('POST', 'alipay/pay', { outTradeNo: no });
  }
  await call('alipay.trade.refund', {
    out_trade_no: 'BILL1',
    refund_amount: '280.50',
    out_request_no: 'RF1',
  });
  await scene.control('POST', 'clock', { advanceMs: DAY_MS });
});
afterAll(() => scene.close());

let moved = 0;
const now = () => NOON + moved + (Date.now() - startedAt);
function call(method: string, fields: Record<string, unknown>) {
  return scene.call(method, fields, now());
}
const ask = (bill_type = 'trade', bill_date = '2026-03-05') =>
  call('alipay.data.dataservice.bill.downloadurl.query', { bill_type, bill_date });

/** Entries of a ZIP in the order in which they stand, with names and contents as GBK. */
function read(zip: Buffer) {
  const files: { name: string; text: string; flags: number }[] = [];
  for (let at = 0; zip.readUInt32LE(at) === 0x04034b50; ) {
    const nameLength = zip.readUInt16LE(at + 26);
    const from = at + 30 + nameLength;
    const packed = zip.subarray(from, from + zip.readUInt32LE(at + 18));
    files.push({
      flags: zip.readUInt16LE(at + 6),
      name: iconv.decode(zip.subarray(at + 30, from), 'gbk'),
      text: iconv.decode(inflateRawSync(packed), 'gbk'),
    });
    at = from + packed.length;
  }
  return files;
}

async function download(type = 'trade') {
  moved = DAY_MS;
  const answer = await ask(type);
  const file = await fetch(String(answer.value.bill_download_url));
  return read(Buffer.from(await file.arrayBuffer()));
}

test('the trade bill of a day has the real layout, fees and totals', async () => {
  const [detail, summary] = await download();
  expect(detail?.flags).toBe(0);
  expect(detail?.name).toBe(`${SELLER_ID}0156_20260305_业务明细.csv`);
  expect(summary?.name).toBe(`${SELLER_ID}0156_20260305_业务明细(汇总).csv`);
  const lines = (detail?.text ?? '').split('\r\n');
  expect(lines.slice(0, 3)).toEqual([
    '#支付宝业务明细查询',
    `#账号：[${SELLER_ID}0156]`,
    '#起始日期：[2026年03月05日 00:00:00]   终止日期：[2026年03月06日 00:00:00]',
  ]);
  const rows = lines.filter((line) => line !== '' && !line.startsWith('#'));
  expect(rows[0]?.split(',')).toHaveLength(25);
  const [payment, , refund] = rows.slice(1).map((row) => row.split(','));
  expect([payment?.[1], payment?.[2], payment?.[11], payment?.[22]]).toEqual([
    'BILL1\t',
    '交易\t',
    '1280.50',
    '-7.68',
  ]);
  expect([refund?.[2], refund?.[11], refund?.[21], refund?.[22], refund?.[24]]).toEqual([
    '退款\t',
    '-280.50',
    'RF1',
    '1.68',
    'bill=41',
  ]);
  expect(lines).toContain('#交易合计：2笔，商家实收共1313.83元，商家优惠共0.00元');
  expect(lines).toContain('#退款合计：1笔，商家实收退款共-280.50元，商家优惠退款共0.00元');
  expect(summary?.text).toContain('合计,,2,1,1033.33,1033.33,0.00,0.00,0.00,-6.20,0.00,1027.13');
});

test('the control API tells what the file says', async () => {
  const view = await scene.control('GET', `alipay/statement?mchid=${SELLER_ID}&day=2026-03-05`);
  expect(view.json).toMatchObject({ totalFen: 131_383, refundedFen: 28_050, feeYuan: '6.20' });
  expect(view.json.lines).toHaveLength(3);
});

test('the account bill shows fees on lines of their own and a running balance', async () => {
  const [detail, summary] = await download('signcustomer');
  expect(detail?.name).toContain('_账务明细.csv');
  const rows = (detail?.text ?? '').split('\r\n').filter((line) => /^\d/.test(line));
  expect(rows.map((row) => row.split(',').slice(6, 11))).toEqual([
    ['1280.50', '0.00', '1280.50', '支付宝', '在线支付'],
    ['0.00', '-7.68', '1272.82', '支付宝', '收费'],
    ['33.33', '0.00', '1306.15', '支付宝', '在线支付'],
    ['0.00', '-0.20', '1305.95', '支付宝', '收费'],
    ['0.00', '-280.50', '1025.45', '支付宝', '交易退款'],
    ['1.68', '0.00', '1027.13', '支付宝', '退费'],
  ]);
  expect(summary?.text).toContain('合计,3,1315.51,3,-288.38,1027.13');
});

test('an address is good for thirty seconds, and bills are ready at nine', async () => {
  moved = DAY_MS;
  const { value } = await ask();
  await scene.control('POST', 'clock', { advanceMs: 30_000 });
  moved += 30_000;
  expect((await fetch(String(value.bill_download_url))).status).toBe(403);
  expect((await ask('trade', '2026-03-06')).value.sub_code).toBe('BILL_NOT_EXIST');
  expect((await ask('trade', '2026-02-01')).value.sub_code).toBe('BILL_NOT_EXIST');
  expect((await ask('trade', '5.3.2026')).value.sub_code).toBe('INVAILID_ARGUMENTS');
  expect((await ask('unknown')).value.sub_code).toBe('INVAILID_ARGUMENTS');
});

async function spoilt(fault: string) {
  await scene.control('POST', 'faults', { at: 'statement', fault, channel: 'alipay' });
  return download();
}

test.each([
  ['statement-missing-row', 2, '1笔，商家实收共33.33元'],
  ['statement-extra-row', 4, '3笔，商家实收共2594.33元'],
  ['statement-duplicate-row', 4, '3笔，商家实收共2594.33元'],
  ['statement-amount-off', 3, '2笔，商家实收共1313.84元'],
  ['statement-fee-differs', 3, '2笔，商家实收共1313.83元'],
  ['statement-wrong-total', 3, '2笔，商家实收共1313.84元'],
])('fault %s leaves %i rows and says %s', async (fault, count, total) => {
  const [detail] = await spoilt(fault);
  const rows = (detail?.text ?? '').split('\r\n').filter((line) => /^\d/.test(line));
  expect(rows).toHaveLength(count);
  expect(detail?.text).toContain(`#交易合计：${total}`);
});

test('a truncated file ends in the middle; one that is not ready does not exist', async () => {
  await scene.control('POST', 'faults', { at: 'statement', fault: 'statement-truncated' });
  const { value } = await ask();
  const cut = await (await fetch(String(value.bill_download_url))).arrayBuffer();
  const whole = await (await fetch(String((await ask()).value.bill_download_url))).arrayBuffer();
  expect(cut.byteLength).toBe(Math.floor(whole.byteLength / 2));
  await scene.control('POST', 'faults', { at: 'statement', fault: 'statement-not-ready' });
  expect((await ask()).value.sub_code).toBe('BILL_NOT_EXIST');
});
