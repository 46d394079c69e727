import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { MCHID, registration, startScene } from '../../test/merchant.ts';
import { feeOf } from './bill-lines.ts';

const DAY_MS = 86_400_000;

let scene: Awaited<ReturnType<typeof startScene>>;
beforeAll(async () => {
  scene = await startScene({});
});
afterAll(() => scene.close());

/** The merchant of the scene signs at real time: only the schedule moves on. */
let today = '';
beforeEach(async () => {
  await scene.control('POST', 'reset');
  await scene.control('POST', 'wechat-pay/merchants', registration());
  today = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);
});

async function paid(outTradeNo: string, total: number) {
  await scene.prepay(outTradeNo, { amount: { total, currency: 'CNY' }, attach: '3号楼,2单元' });
  await scene.control('POST', 'wechat-pay/pay', { outTradeNo, outcome: 'paid-no-notification' });
}
const refund = (outTradeNo: string, outRefundNo: string, refundFen: number, total: number) =>
  scene.call('POST', '/v3/refund/domestic/refunds', {
    out_trade_no: outTradeNo,
    out_refund_no: outRefundNo,
    amount: { refund: refundFen, total, currency: 'CNY' },
  });
const tomorrow = () => scene.control('POST', 'clock', { advanceMs: 2 * DAY_MS, scope: 'schedule' });
const ask = (kind: string, query: string) =>
  scene.call('GET', `/v3/bill/${kind}?bill_date=${today}${query}`);

/** Asks for a bill, fetches and unpacks it, and checks the hash. */
async function bill(kind: string, query = '') {
  const asked = await ask(kind, `${query}&tar_type=GZIP`);
  expect(asked.json).toMatchObject({ hash_type: 'SHA1' });
  const { pathname, search } = new URL(String(asked.json.download_url));
  const bytes = await fetchFile(pathname + search);
  const plain = gunzipSync(bytes);
  const hash = createHash('sha1').update(plain).digest('hex');
  return { text: plain.toString('utf8'), isWhole: hash === asked.json.hash_value };
}

async function fetchFile(path: string): Promise<Buffer> {
  const answer = await scene.fetchSigned(path);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('wechatpay-signature')).toBeNull();
  return Buffer.from(await answer.arrayBuffer());
}

const cells = (row: string) => row.slice(1).split(',`');

test('the trade bill has the published form, fees by the rate and returned fees', async () => {
  await paid('ORDER-BILL-1', 1280_50);
  await refund('ORDER-BILL-1', 'RF-1', 280_50, 1280_50);
  await tomorrow();
  const { text, isWhole } = await bill('tradebill', '&bill_type=ALL');
  expect(isWhole).toBe(true);
  expect(text.startsWith('\uFEFF交易时间,公众账号ID,')).toBe(true);
  expect(text.endsWith('\r\n')).toBe(true);
  const rows = text.trimEnd().split('\r\n');
  expect(rows).toHaveLength(5);
  expect(rows[0]?.split(',')).toHaveLength(27);
  const payment = cells(rows[1] ?? '');
  expect(payment).toHaveLength(27);
  expect(payment.slice(6, 14)).toEqual([
    'ORDER-BILL-1',
    await scene.openid(),
    'JSAPI',
    'SUCCESS',
    'OTHERS',
    'CNY',
    '1280.50',
    '0.00',
  ]);
  expect(payment.slice(14)).toEqual([
    '0',
    '0',
    '0.00',
    '0.00',
    '',
    '',
    '物业费 3号楼2单元501',
    '3号楼 2单元',
    '7.68000',
    '0.60%',
    '1280.50',
    '0.00',
    '',
  ]);
  const back = cells(rows[2] ?? '');
  expect(back.slice(9, 13)).toEqual(['REFUND', 'OTHERS', 'CNY', '0.00']);
  expect(back.slice(15, 20)).toEqual(['RF-1', '280.50', '0.00', 'ORIGINAL', 'SUCCESS']);
  expect(back.slice(22)).toEqual(['-1.68000', '0.60%', '0.00', '280.50', '']);
  const summary = ['2.0', '1280.50', '280.50', '0.00', '6.00000', '1280.50', '280.50'];
  expect(cells(rows[4] ?? '')).toEqual(summary);
});

test('header and summary rows equal the published file', async () => {
  const file = new URL('../../test/vectors/wechat-v3.json', import.meta.url);
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as {
    cases: { kind: string; csv: string; gzipBase64: string; hash_value: string }[];
  };
  const published = cases.find((one) => one.kind === 'trade-bill');
  const bytes = gunzipSync(Buffer.from(published?.gzipBase64 ?? '', 'base64'));
  expect(bytes.toString('utf8')).toBe(published?.csv);
  expect(createHash('sha1').update(bytes).digest('hex')).toBe(published?.hash_value);
  await paid('ORDER-BILL-1', 100);
  await tomorrow();
  const ours = (await bill('tradebill')).text.split('\r\n');
  const theirs = (published?.csv ?? '').split('\r\n');
  expect([ours[0], ours.at(-3)]).toEqual([theirs[0], theirs.at(-3)]);
});

test('the bill and the control statement say the same', async () => {
  await paid('ORDER-BILL-1', 100_00);
  await paid('ORDER-BILL-2', 33_33);
  await refund('ORDER-BILL-2', 'RF-2', 33_33, 33_33);
  const { json } = await scene.control('GET', `wechat-pay/statement?mchid=${MCHID}&day=${today}`);
  expect(json).toMatchObject({ totalFen: 133_33, refundedFen: 33_33, feeYuan: '0.60000' });
  const kinds = (json.lines as { kind: string; outRefundNo: string | null }[]).map((one) => [
    one.kind,
    one.outRefundNo,
  ]);
  expect(kinds).toEqual([
    ['payment', null],
    ['payment', null],
    ['refund', 'RF-2'],
  ]);
});

test('SUCCESS and REFUND hold their own rows and columns', async () => {
  await paid('ORDER-BILL-1', 100_00);
  await tomorrow();
  expect((await ask('tradebill', '&bill_type=REFUND')).json.code).toBe('NO_STATEMENT_EXIST');
  const success = (await bill('tradebill', '&bill_type=SUCCESS')).text.split('\r\n');
  expect(success[0]?.split(',')).toHaveLength(20);
  expect(cells(success[1] ?? '')).toHaveLength(20);
  await refund('ORDER-BILL-1', 'RF-1', 1, 100_00);
  const back = (await bill('tradebill', '&bill_type=REFUND')).text.split('\r\n');
  expect(back[0]?.split(',')).toHaveLength(29);
  expect(cells(back[1] ?? '')).toHaveLength(29);
});

test('the fund flow holds payment, fee and refund with the balance after each', async () => {
  await paid('ORDER-BILL-1', 1280_50);
  await refund('ORDER-BILL-1', 'RF-1', 280_50, 1280_50);
  await tomorrow();
  const { text, isWhole } = await bill('fundflowbill', '&account_type=BASIC');
  expect(isWhole).toBe(true);
  const rows = text.trimEnd().split('\r\n').map(cells);
  expect(rows[1]?.slice(3, 8)).toEqual(['交易', '交易', '收入', '1280.50', '1001280.50']);
  expect(rows[2]?.slice(5, 8)).toEqual(['支出', '7.68', '1001272.82']);
  expect(rows[3]?.slice(3, 8)).toEqual(['退款', '退款', '支出', '278.82', '1000994.00']);
  expect(rows[5]).toEqual(['3.0', '1.0', '1280.50', '2.0', '286.50']);
});

test('a bill is never of today, comes from 09:00 on, and not when nothing moved', async () => {
  expect((await ask('tradebill', '')).json.code).toBe('NO_STATEMENT_EXIST');
  await paid('ORDER-BILL-1', 1);
  const sinceMidnight = (Date.now() + 8 * 3600_000) % DAY_MS;
  const advanceMs = DAY_MS - sinceMidnight + 3600_000; // 01:00 tomorrow
  await scene.control('POST', 'clock', { advanceMs, scope: 'schedule' });
  expect((await ask('tradebill', '')).json.code).toBe('STATEMENT_CREATING');
  await scene.control('POST', 'clock', { advanceMs: 8 * 3600_000, scope: 'schedule' });
  expect((await ask('tradebill', '')).status).toBe(200);
  expect((await ask('tradebill', '&bill_type=OTHER')).json.code).toBe('PARAM_ERROR');
  await scene.control('POST', 'clock', { advanceMs: 99 * DAY_MS, scope: 'schedule' });
  expect((await ask('tradebill', '')).json.code).toBe('NO_STATEMENT_EXIST');
});

test('a download address is signed for, is its merchant’s and lives five minutes', async () => {
  await paid('ORDER-BILL-1', 1);
  await tomorrow();
  const { json } = await ask('tradebill', '');
  const { pathname, search } = new URL(String(json.download_url));
  expect((await fetch(scene.simulator.url + pathname + search)).status).toBe(401);
  expect((await fetchFile(pathname + search)).toString('utf8')).toContain('ORDER-BILL-1');
  await scene.control('POST', 'clock', { advanceMs: 300_000, scope: 'schedule' });
  expect((await scene.fetchSigned(pathname + search)).status).toBe(400);
});

test.each([
  ['statement-missing-row', 1, '1.0'],
  ['statement-extra-row', 3, '3.0'],
  ['statement-duplicate-row', 3, '3.0'],
])('a file with %s', async (fault, rows, count) => {
  await paid('ORDER-BILL-1', 100);
  await paid('ORDER-BILL-2', 200);
  await tomorrow();
  await scene.control('POST', 'faults', { at: 'statement', fault });
  const lines = (await bill('tradebill')).text.trimEnd().split('\r\n');
  expect(lines).toHaveLength(rows + 3);
  expect(cells(lines.at(-1) ?? '')[0]).toBe(count);
});

test('files with wrong figures, a wrong hash, half a file, or none yet', async () => {
  await paid('ORDER-BILL-1', 100_00);
  await tomorrow();
  const under = async (fault: string) => {
    await scene.control('POST', 'faults', { at: 'statement', fault });
    return bill('tradebill');
  };
  expect((await under('statement-amount-off')).text).toContain('`100.01');
  expect((await under('statement-fee-differs')).text).toContain('`0.61000');
  const wrong = (await under('statement-wrong-total')).text.trimEnd().split('\r\n');
  expect(cells(wrong[1] ?? '')[12]).toBe('100.00');
  expect(cells(wrong.at(-1) ?? '')[1]).toBe('100.01');
  expect((await under('statement-bad-hash')).isWhole).toBe(false);
  await expect(under('statement-truncated')).rejects.toThrow();
  await scene.control('POST', 'faults', { at: 'statement', fault: 'statement-not-ready' });
  expect((await ask('tradebill', '')).json.code).toBe('STATEMENT_CREATING');
});

test('fees are rounded half up, and refunds in parts return all of a fee', () => {
  expect([83, 84, 249, 250].map((fen) => feeOf(fen, 60))).toEqual([0, 1, 1, 2]);
  expect(feeOf(1280_50, 60)).toBe(768);
});

test('the bill of a chosen rate', async () => {
  await scene.control('POST', 'wechat-pay/merchants', registration({ feeRateBp: 38 }));
  await paid('ORDER-BILL-1', 1000_00);
  await tomorrow();
  expect((await bill('tradebill')).text).toContain('`3.80000,`0.38%');
  await scene.control('POST', 'wechat-pay/merchants', registration({ feeRateBp: 60 }));
});
