import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  MCH_ID,
  md5,
  parseXml,
  type QrScene,
  startQrScene,
} from '../../test/union-pay-qr-merchant.ts';
import { RETRY_GAPS_MS } from './notifier.ts';
import { readXml, writeXml } from './xml.ts';

let scene: QrScene;
beforeAll(async () => {
  scene = await startQrScene();
});
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.control('POST', 'reset');
  scene.receiver.clear();
});

const isSigned = (fields: Record<string, string> = {}) => fields.sign === md5(fields, scene.key);
const view = async (path: string) => (await scene.control('GET', `union-pay-qr/${path}`)).json;
const settle = () => scene.control('POST', 'clock', { advanceMs: 1_000, scope: 'schedule' });
const arm = (fault: object) => scene.control('POST', 'faults', fault);

test('the payer lets a merchant know who they are, once per code', async () => {
  const granted = await scene.userAuth(2);
  expect(granted.get('respCode')).toBe('00');
  expect(granted.get('state')).toBe('a+b');
  const exchange = { user_auth_code: granted.get('userAuthCode') ?? '' };
  const wallet = { ...exchange, app_up_identifier: 'UnionPay/1.0 CloudPay' };
  const { fields } = await scene.call('pay.unionpay.userid', wallet);
  expect(fields).toMatchObject({ status: '0', result_code: '0', mch_id: MCH_ID });
  expect(fields.user_id).toMatch(/^[A-Za-z0-9+/]+=$/);
  expect(fields.user_id).toContain('+');
  expect(isSigned(fields)).toBe(true);
  const again = await scene.call('pay.unionpay.userid', wallet);
  expect(again.fields).toMatchObject({ result_code: '1', err_code: 'USER_AUTH_CODE_INVALID' });
  expect(await scene.userId(2)).toBe(fields.user_id);
  expect(await scene.userId(3)).not.toBe(fields.user_id);
  const other = { ...exchange, app_up_identifier: 'Mozilla/5.0' };
  const refused = await scene.call('pay.unionpay.userid', other);
  expect(refused.fields.err_code).toBe('PARAM_ERROR');
});

test('who is not signed in chooses, or refuses; other hosts get no code', async () => {
  const path = '/qrcGtwWeb-web/api/userAuth?version=1.0.0&redirectUrl=';
  const page = (url: string) => fetch(scene.simulator.url + url, { redirect: 'manual' });
  const ours = path + encodeURIComponent('https://pay.example.com/cb');
  const text = await (await page(ours)).text();
  const hrefs = [...text.matchAll(/href="([^"]+sim_user=\w+)"/g)].map(([, href]) => href ?? '');
  expect(hrefs).toHaveLength(4);
  const chosen = await page((hrefs[2] ?? '').replaceAll('&#38;', '&'));
  expect(chosen.headers.get('location')).toMatch(/userAuthCode=\w+&respCode=00$/);
  expect(chosen.headers.get('set-cookie')).toContain('sim_user=3');
  const refused = await page((hrefs[3] ?? '').replaceAll('&#38;', '&'));
  expect(refused.headers.get('location')).toBe('https://pay.example.com/cb?respCode=34');
  const evil = await page(path + encodeURIComponent('https://evil.example.com/cb'));
  expect([evil.status, evil.headers.get('location')]).toEqual([400, null]);
});

test('an order opens the cashier of the wallet, which leads back to the merchant', async () => {
  const placed = await scene.jspay('JS0001');
  expect(isSigned(placed.fields)).toBe(true);
  const url = placed.fields.pay_url ?? '';
  expect((await scene.jspay('JS0001')).fields.pay_url).toBe(url);
  expect((await scene.jspay('JS0001', { total_fee: '1' })).fields.err_code).toBe(
    'OUT_TRADE_NO_USED',
  );
  expect(await scene.query('JS0001')).toMatchObject({ trade_state: 'NOTPAY', total_fee: '25470' });
  const sheet = await (await fetch(url)).text();
  expect(sheet).toContain('¥254.70');
  const token = new URL(url).searchParams.get('token') ?? '';
  const submit = async (fields: Record<string, string>) => {
    const body = new URLSearchParams({ token, user: '1', ...fields });
    return (await fetch(url.split('?')[0] ?? '', { method: 'POST', body })).text();
  };
  expect(await submit({ outcome: 'paid' })).toContain('请输入 6 位数字。');
  expect(await submit({ outcome: 'fail' })).toContain('余额不足');
  const stranger = await submit({ outcome: 'paid', user: '2', secret: '123456' });
  expect(stranger).toContain('不一致');
  const paid = await submit({ outcome: 'paid', secret: '123456' });
  expect(paid).toContain('支付成功');
  expect(paid).toContain('href="https://pay.example.com/done?p=1"');
  const trade = await scene.query('JS0001');
  expect(trade).toMatchObject({ trade_state: 'SUCCESS', openid: await scene.userId(1) });
  expect(trade.transaction_id).toMatch(new RegExp(`^${MCH_ID}\\d{18}$`));
  expect(isSigned(trade)).toBe(true);
  expect((await scene.jspay('JS0001')).fields.err_code).toBe('ORDERPAID');
});

test('a payment is told by XML until it is answered with success', async () => {
  scene.receiver.answerWith(200, 500);
  await scene.paid('NOTIFY01', { attach: '账单41' });
  await scene.receiver.heard(1);
  await scene.control('POST', 'clock', { advanceMs: RETRY_GAPS_MS[0], scope: 'schedule' });
  await scene.control('POST', 'clock', { advanceMs: RETRY_GAPS_MS[1], scope: 'schedule' });
  await scene.receiver.heard(3);
  expect(new Set(scene.receiver.bodies.map((body) => parseXml(body).out_trade_no)).size).toBe(1);
  const notice = parseXml(scene.receiver.bodies[2] ?? '');
  expect(notice).toMatchObject({
    status: '0',
    result_code: '0',
    pay_result: '0',
    out_trade_no: 'NOTIFY01',
    total_fee: '25470',
    attach: '账单41',
    transaction_id: (await scene.query('NOTIFY01')).transaction_id,
  });
  expect(isSigned(notice)).toBe(true);
  const seen = await view('orders/NOTIFY01');
  expect(seen.notifications).toMatchObject([{ attempts: 3, outcome: 'acknowledged' }]);
  const path = 'union-pay-qr/orders/NOTIFY01/notify';
  const sent = await scene.control('POST', path, { fault: 'body-changed' });
  expect(sent.json).toEqual({ statuses: [200], answers: ['success'] });
  expect(isSigned(parseXml(scene.receiver.bodies[3] ?? ''))).toBe(false);
  await scene.control('POST', path, { fault: 'wrong-amount', totalFen: 1 });
  const wrong = parseXml(scene.receiver.bodies[4] ?? '');
  expect([isSigned(wrong), wrong.total_fee]).toEqual([true, '1']);
});

test('what is not signed by the merchant is not read', async () => {
  const { fields } = await scene.call('unified.trade.query', { out_trade_no: 'X' }, 'other-key');
  expect(fields).toEqual({ status: '400', message: '签名错误' });
  const unknown = await scene.call('unified.trade.query', { mch_id: 'QRA000000000' });
  expect(unknown.fields).toMatchObject({ status: '400', message: '商户号不存在' });
  const evil = await scene.send('<!DOCTYPE xml [<!ENTITY a "b">]><xml><a>&a;</a></xml>');
  expect(evil.fields).toMatchObject({ status: '400' });
  expect((await scene.call('no.such.service')).fields.err_code).toBe('SERVICE_NOT_SUPPORTED');
  expect((await scene.query('NEVERMADE')).err_code).toBe('ORDERNOTEXIST');
});

test('a closed order is not paid any more, unless the money was on its way', async () => {
  const close = async (no: string) =>
    (await scene.call('unified.trade.close', { out_trade_no: no })).fields;
  await scene.jspay('CLOSE001');
  expect(await close('CLOSE001')).toMatchObject({ result_code: '0' });
  expect(await scene.query('CLOSE001')).toMatchObject({ trade_state: 'CLOSED' });
  const pay = (outTradeNo: string, outcome?: string) =>
    scene.control('POST', 'union-pay-qr/pay', { outTradeNo, outcome });
  expect((await pay('CLOSE001')).status).toBe(409);
  await scene.paid('CLOSE002');
  expect(await close('CLOSE002')).toMatchObject({ result_code: '1', err_code: 'ORDERPAID' });
  await scene.jspay('CLOSE003');
  await pay('CLOSE003', 'paid-after-close');
  expect(await scene.query('CLOSE003')).toMatchObject({ trade_state: 'NOTPAY' });
  await close('CLOSE003');
  await settle();
  expect(await scene.query('CLOSE003')).toMatchObject({ trade_state: 'SUCCESS' });
  await scene.jspay('CLOSE004');
  await scene.control('POST', 'clock', { advanceMs: 1_800_000, scope: 'schedule' });
  expect(await scene.query('CLOSE004')).toMatchObject({ trade_state: 'CLOSED' });
});

test('the scanner of the desk: paid, refused, to be confirmed, undone', async () => {
  const codeFor = async (outcome: string) => {
    const { json } = await scene.control('POST', 'union-pay-qr/codes', { user: 3, outcome });
    return String(json.authCode);
  };
  const scan = async (no: string, outcome: string) => {
    const order = { out_trade_no: no, body: '停车费', total_fee: '500', mch_create_ip: '::1' };
    const code = { auth_code: await codeFor(outcome) };
    return (await scene.call('unified.trade.micropay', { ...order, ...code })).fields;
  };
  expect(await scan('DESK01', 'paid')).toMatchObject({ result_code: '0', pay_result: '0' });
  expect(await scan('DESK02', 'no-money')).toMatchObject({
    err_code: 'NOTENOUGH',
    need_query: 'N',
  });
  expect(await scene.query('DESK02')).toMatchObject({ trade_state: 'PAYERROR' });
  expect(await scan('DESK03', 'expired')).toMatchObject({ err_code: 'AUTHCODEEXPIRE' });
  expect(await scan('DESK04', 'password')).toMatchObject({
    err_code: 'USERPAYING',
    need_query: 'Y',
  });
  expect(await scene.query('DESK04')).toMatchObject({ trade_state: 'USERPAYING' });
  await scene.control('POST', 'union-pay-qr/pay', { outTradeNo: 'DESK04' });
  expect(await scene.query('DESK04')).toMatchObject({ trade_state: 'SUCCESS' });
  await scan('DESK05', 'password');
  const undo = (no: string) => scene.call('unified.micropay.reverse', { out_trade_no: no });
  expect((await undo('DESK05')).fields).toMatchObject({ result_code: '0' });
  expect(await scene.query('DESK05')).toMatchObject({ trade_state: 'REVOKED' });
  const late = await scene.control('POST', 'union-pay-qr/pay', { outTradeNo: 'DESK05' });
  expect(late.status).toBe(409);
  await undo('DESK01');
  await undo('DESK01');
  expect(await scene.query('DESK01')).toMatchObject({ trade_state: 'REVOKED' });
  expect(await view(`book?mchid=${MCH_ID}`)).toEqual({
    count: 2,
    totalFen: 1000,
    refundCount: 1,
    refundedFen: 500,
  });
});

test('a code for the customer to scan opens the sheet in the wallet', async () => {
  const order = { out_trade_no: 'NATIVE01', body: '物业费', total_fee: '1', mch_create_ip: '::1' };
  const notify = { notify_url: scene.receiver.url };
  const { fields } = await scene.call('unified.trade.native', { ...order, ...notify });
  const open = async (cookie: string) =>
    (await fetch(fields.code_url ?? '', { headers: { cookie } })).text();
  expect(await open('')).toContain('请用云闪付扫码付款');
  expect(await open('sim_wallet=union-pay; sim_user=1')).toContain('云闪付收银台');
});

test('refunds: in parts, the same number once, failed ones again', async () => {
  await scene.paid('REFUND01');
  const refund = async (no: string, fee: string) => {
    const named = { out_trade_no: 'REFUND01', out_refund_no: no, total_fee: '25470' };
    const asked = { ...named, refund_fee: fee, op_user_id: MCH_ID };
    return (await scene.call('unified.trade.refund', asked)).fields;
  };
  const state = async (no: string) => {
    const { fields } = await scene.call('unified.trade.refundquery', { out_refund_no: no });
    return fields.refund_status_0 ?? fields.err_code;
  };
  await arm({ at: 'refund', fault: 'refund-pending' });
  const first = await refund('R1', '10000');
  expect(first).toMatchObject({ result_code: '0', refund_fee: '10000', out_refund_no: 'R1' });
  expect((await refund('R1', '10000')).refund_id).toBe(first.refund_id);
  expect(await refund('R1', '1')).toMatchObject({ err_code: 'REFUND_NO_USED' });
  expect(await state('R1')).toBe('PROCESSING');
  const path = 'union-pay-qr/refunds/R1/finish';
  await scene.control('POST', path, { outcome: 'refunded' });
  expect(await state('R1')).toBe('SUCCESS');
  expect(await refund('R2', '15471')).toMatchObject({ err_code: 'REFUND_FEE_INVALID' });
  await arm({ at: 'refund', fault: 'refund-fails-later' });
  await refund('R3', '15470');
  await settle();
  expect(await state('R3')).toBe('FAIL');
  expect(await refund('R3', '15470')).toMatchObject({ result_code: '0' });
  await settle();
  expect(await state('R3')).toBe('SUCCESS');
  await arm({ at: 'refund', fault: 'refund-refused' });
  await scene.paid('REFUND02');
  expect(await state('R9')).toBe('REFUNDNOTEXIST');
  expect(await scene.query('REFUND01')).toMatchObject({ trade_state: 'REFUND' });
  expect(await view('orders/REFUND01')).toMatchObject({ state: 'refunded', refundedFen: 25470 });
  const all = await scene.call('unified.trade.refundquery', { out_trade_no: 'REFUND01' });
  expect(all.fields).toMatchObject({ refund_count: '2', out_refund_no_1: 'R3' });
});

test.each([
  ['unsigned', false],
  ['bad-signature', false],
  ['body-changed', false],
  ['unknown-serial', false],
  ['delay', true],
])('an answer with the fault %s', async (fault, isGood) => {
  await scene.jspay('FAULT001');
  await arm({ at: 'query', fault, channel: 'union-pay-qr', delayMs: 1 });
  expect(isSigned(await scene.query('FAULT001'))).toBe(isGood);
});

test('XML keeps what texts hold', () => {
  const fields = { a: '1 < 2 & "3" ]]> 4', b: '物业费' };
  expect(readXml(writeXml(fields))).toEqual(fields);
  expect(readXml('<xml><a>&lt;&#20013;&#x6587;&amp;</a></xml>')).toEqual({ a: '<中文&' });
  expect(readXml('<xml><a>1</a><a>2</a></xml>')).toBeUndefined();
  expect(readXml('<xml><a>1</b></xml>')).toBeUndefined();
});
