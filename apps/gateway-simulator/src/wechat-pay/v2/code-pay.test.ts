import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { MCHID, registration, startScene } from '../../../test/merchant.ts';
import {
  API_V2_KEY,
  callV2,
  type Fields,
  openRequestInfo,
  read,
} from '../../../test/v2-merchant.ts';
import { sealRequestInfo } from './notification.ts';
import { readXml, signedText, signFields, writeXml } from './xml.ts';

let scene: Awaited<ReturnType<typeof startScene>>;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.control('POST', 'reset', { merchants: true });
  const merchant = registration({ apiV2Key: API_V2_KEY });
  await scene.control('POST', 'wechat-pay/merchants', merchant);
  scene.receiver.clear();
});

const call = (path: string, fields: Fields, type?: 'MD5' | 'HMAC-SHA256') =>
  callV2(scene.simulator.url, path, fields, type);
const codeFor = async (outcome = 'paid', user = 1) =>
  String((await scene.control('POST', 'wechat-pay/codes', { outcome, user })).json.authCode);
const micropay = async (outTradeNo: string, authCode: string, more: Fields = {}) =>
  call('/pay/micropay', {
    body: '物业费 3号楼2单元501',
    out_trade_no: outTradeNo,
    total_fee: '128050',
    spbill_create_ip: '203.0.113.7',
    auth_code: authCode,
    ...more,
  });
const query = (outTradeNo: string) => call('/pay/orderquery', { out_trade_no: outTradeNo });
const reverse = (outTradeNo: string) => call('/secapi/pay/reverse', { out_trade_no: outTradeNo });
const arm = (at: string, fault: string) => scene.control('POST', 'faults', { at, fault });
const refused = (answer: Fields) => [answer.result_code, answer.err_code];

type Case = {
  name: string;
  signType: 'MD5' | 'HMAC-SHA256';
  params: Fields;
  canonical: string;
  sign: string;
  xml: string;
  req_info: string;
  plaintext: string;
};
const file = new URL('../../../test/vectors/wechat-v2.json', import.meta.url);
const { keys, cases } = JSON.parse(readFileSync(file, 'utf8')) as {
  keys: { apiv2Key: string };
  cases: Case[];
};

test.each(cases.filter((one) => one.params))('signs and reads as published: $name', (one) => {
  expect(signedText(one.params, keys.apiv2Key)).toBe(one.canonical);
  expect(signFields(one.params, keys.apiv2Key, one.signType)).toBe(one.sign);
  const { device_info: _, ...params } = one.params; // An empty field is left out of the message.
  expect(readXml(one.xml)).toEqual({ ...params, sign: one.sign });
  const { sign, ...rest } = readXml(one.xml) ?? {};
  expect(writeXml({ ...rest, sign: sign ?? '' })).toBe(one.xml);
});

test.each(cases.filter((one) => one.req_info))('seals as published: $name', (one) => {
  expect(sealRequestInfo(one.plaintext, keys.apiv2Key)).toBe(one.req_info);
});

test('XML with a document type, an unknown entity or a stray tag is refused', () => {
  expect(
    readXml('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><xml><a>&x;</a></xml>'),
  ).toBe(undefined);
  expect(readXml('<xml><a>1</b></xml>')).toBe(undefined);
  expect(readXml('<xml>text</xml>')).toBe(undefined);
  expect(readXml('<xml>\n<a>1 &lt; 2</a><b/></xml>')).toEqual({ a: '1 < 2', b: '' });
});

test('a scanned code is paid at once, in both kinds of signature', async () => {
  for (const type of ['MD5', 'HMAC-SHA256'] as const) {
    const code = await codeFor('paid', 2);
    expect(code).toMatch(/^1[0-5]\d{16}$/);
    const answer = await call(
      '/pay/micropay',
      {
        body: '物业费',
        out_trade_no: `CODE-${type}`,
        total_fee: '128050',
        spbill_create_ip: '203.0.113.7',
        auth_code: code,
      },
      type,
    );
    expect(answer).toMatchObject({
      return_code: 'SUCCESS',
      result_code: 'SUCCESS',
      isSigned: 'true',
      trade_type: 'MICROPAY',
      total_fee: '128050',
      cash_fee: '128050',
      bank_type: 'CMB_DEBIT',
      openid: await scene.openid(2),
    });
    expect(answer.transaction_id).toMatch(/^4200\d{24}$/);
    expect(answer.time_end).toMatch(/^\d{14}$/);
  }
  expect(scene.receiver.notices).toHaveLength(0); // Codes have no notification.
  const v3 = await scene.query('CODE-MD5');
  expect(v3.json).toMatchObject({ trade_type: 'MICROPAY', trade_state: 'SUCCESS' });
});

test('a payer who must enter the password: USERPAYING until it is paid', async () => {
  const code = await codeFor('password');
  expect(refused(await micropay('CODE-PW-1', code))).toEqual(['FAIL', 'USERPAYING']);
  expect(await query('CODE-PW-1')).toMatchObject({ trade_state: 'USERPAYING' });
  expect(refused(await micropay('CODE-PW-1', code))).toEqual(['FAIL', 'USERPAYING']);
  const paying = await scene.control('GET', 'wechat-pay/orders/CODE-PW-1');
  expect(paying.json.state).toBe('paying');
  await scene.control('POST', 'wechat-pay/pay', { outTradeNo: 'CODE-PW-1' });
  expect(await query('CODE-PW-1')).toMatchObject({ trade_state: 'SUCCESS', total_fee: '128050' });
  expect(refused(await micropay('CODE-PW-1', code))).toEqual(['FAIL', 'ORDERPAID']);
});

test('a payer who cancels or never answers leaves PAYERROR', async () => {
  await micropay('CODE-PW-1', await codeFor('password'));
  await scene.control('POST', 'wechat-pay/pay', { outTradeNo: 'CODE-PW-1', outcome: 'cancel' });
  expect(await query('CODE-PW-1')).toMatchObject({ trade_state: 'PAYERROR' });
  await micropay('CODE-PW-2', await codeFor('password'));
  await scene.control('POST', 'clock', { advanceMs: 300_000, scope: 'schedule' });
  expect(await query('CODE-PW-2')).toMatchObject({ trade_state: 'PAYERROR' });
});

test('codes that cannot pay say why', async () => {
  expect(refused(await micropay('CODE-1', await codeFor('expired')))).toEqual([
    'FAIL',
    'AUTHCODEEXPIRE',
  ]);
  expect(refused(await query('CODE-1'))).toEqual(['FAIL', 'ORDERNOTEXIST']);
  expect(refused(await micropay('CODE-2', await codeFor('no-money')))).toEqual([
    'FAIL',
    'NOTENOUGH',
  ]);
  expect(refused(await micropay('CODE-3', '280000000000000000'))).toEqual([
    'FAIL',
    'AUTH_CODE_ERROR',
  ]);
  expect(refused(await micropay('CODE-3', '130000000000000000'))).toEqual([
    'FAIL',
    'AUTH_CODE_INVALID',
  ]);
  const used = await codeFor();
  await micropay('CODE-4', used);
  expect((await micropay('CODE-5', used)).err_code_des).toContain('仅限使用一次');
  const old = await codeFor();
  await scene.control('POST', 'clock', { advanceMs: 120_000, scope: 'schedule' });
  expect(refused(await micropay('CODE-6', old))).toEqual(['FAIL', 'AUTHCODEEXPIRE']);
});

test('a reversal ends an unpaid order and gives back a paid one, once', async () => {
  await micropay('CODE-R-1', await codeFor('password'));
  expect(await reverse('CODE-R-1')).toMatchObject({ result_code: 'SUCCESS', recall: 'N' });
  expect(await query('CODE-R-1')).toMatchObject({ trade_state: 'REVOKED' });
  const late = await scene.control('POST', 'wechat-pay/pay', { outTradeNo: 'CODE-R-1' });
  expect(late.status).toBe(409);
  await micropay('CODE-R-2', await codeFor());
  await reverse('CODE-R-2');
  expect(await reverse('CODE-R-2')).toMatchObject({ result_code: 'SUCCESS' });
  expect(await query('CODE-R-2')).toMatchObject({ trade_state: 'REVOKED' });
  const book = await scene.control('GET', `wechat-pay/book?mchid=${MCHID}`);
  expect(book.json).toMatchObject({ totalFen: 128050, refundCount: 1, refundedFen: 128050 });
  expect(refused(await reverse('CODE-NONE'))).toEqual(['FAIL', 'ORDERNOTEXIST']);
});

test('the payer pays in the last moment before a reversal: the money comes back', async () => {
  await micropay('CODE-R-1', await codeFor('password'));
  await arm('cancel', 'paid-before-answer');
  expect(await reverse('CODE-R-1')).toMatchObject({ result_code: 'SUCCESS' });
  const book = await scene.control('GET', `wechat-pay/book?mchid=${MCHID}`);
  expect(book.json).toMatchObject({ count: 1, refundedFen: 128050 });
});

test('messages that cannot be read are answered without a signature', async () => {
  const post = async (body: string, method = 'POST') => {
    const init = method === 'GET' ? { method } : { method, body };
    return read(await (await fetch(`${scene.simulator.url}/pay/micropay`, init)).text());
  };
  expect(await post('', 'GET')).toEqual({ return_code: 'FAIL', return_msg: '请使用post方法' });
  expect(await post(' ')).toEqual({ return_code: 'FAIL', return_msg: 'post数据为空' });
  expect(await post('<xml>')).toEqual({ return_code: 'FAIL', return_msg: 'XML格式错误' });
  const unsigned = writeXml({ mch_id: MCHID, appid: 'wx', sign: 'A'.repeat(32) });
  expect(await post(unsigned)).toEqual({ return_code: 'FAIL', return_msg: '签名失败' });
  const lacking = await call('/pay/micropay', { out_trade_no: 'CODE-1' });
  expect(lacking.return_msg).toBe('缺少参数body');
  expect((await call('/pay/orderquery', { appid: 'wx0' })).return_msg).toContain('不匹配');
});

test('answers of v2 are spoilt on demand', async () => {
  await micropay('CODE-F-1', await codeFor());
  const under = async (fault: string) => {
    await arm('query', fault);
    return query('CODE-F-1');
  };
  expect(refused(await under('server-error'))).toEqual(['FAIL', 'SYSTEMERROR']);
  for (const fault of ['bad-signature', 'old-timestamp', 'unknown-serial', 'body-changed']) {
    const answer = await under(fault);
    expect([answer.trade_state, answer.isSigned]).toEqual(['SUCCESS', 'false']);
  }
  expect((await under('unsigned')).sign).toBeUndefined();
  expect((await under('unparsable')).return_code).toBeUndefined();
  await arm('prepay', 'server-error-after');
  expect(refused(await micropay('CODE-F-2', await codeFor()))).toEqual(['FAIL', 'SYSTEMERROR']);
  expect(await query('CODE-F-2')).toMatchObject({ trade_state: 'SUCCESS' });
});

test('v2 refunds share their numbers with v3, and are notified in a sealed part', async () => {
  await micropay('CODE-RF-1', await codeFor());
  const ask = (fee: string) =>
    call('/secapi/pay/refund', {
      out_trade_no: 'CODE-RF-1',
      out_refund_no: 'RF-V2',
      total_fee: '128050',
      refund_fee: fee,
      notify_url: scene.receiver.url,
    });
  const asked = await ask('28050');
  expect(asked).toMatchObject({ result_code: 'SUCCESS', refund_fee: '28050', isSigned: 'true' });
  expect(refused(await ask('28051'))).toEqual(['FAIL', 'REFUND_FEE_MISMATCH']);
  expect(await ask('28050')).toMatchObject({ refund_id: asked.refund_id });
  const v3 = await scene.call('GET', '/v3/refund/domestic/refunds/RF-V2');
  expect(v3.json).toMatchObject({ status: 'PROCESSING', refund_id: asked.refund_id });
  await scene.control('POST', 'clock', { advanceMs: 1_000, scope: 'schedule' });
  const found = await call('/pay/refundquery', { out_refund_no: 'RF-V2' });
  expect(found).toMatchObject({
    refund_count: '1',
    refund_status_0: 'SUCCESS',
    refund_fee_0: '28050',
    out_refund_no_0: 'RF-V2',
  });
  const told = read(scene.receiver.notices[0]?.body ?? '');
  expect(told).toMatchObject({ return_code: 'SUCCESS', mch_id: MCHID });
  expect(openRequestInfo(told.req_info ?? '')).toMatchObject({
    out_refund_no: 'RF-V2',
    refund_status: 'SUCCESS',
    refund_fee: '28050',
    total_fee: '128050',
  });
  expect(refused(await call('/pay/refundquery', { out_refund_no: 'RF-X' }))).toEqual([
    'FAIL',
    'REFUNDNOTEXIST',
  ]);
});

test('a partner scans for its sub-merchant', async () => {
  const subMerchants = [{ mchid: '1900000200', name: '阳光物业' }];
  await scene.control('POST', 'wechat-pay/merchants', registration({ subMerchants }));
  const sub = { sub_mch_id: '1900000200' };
  const paid = await micropay('CODE-SUB-1', await codeFor(), sub);
  expect(paid).toMatchObject({ result_code: 'SUCCESS', sub_mch_id: '1900000200' });
  expect(refused(await query('CODE-SUB-1'))).toEqual(['FAIL', 'ORDERNOTEXIST']);
  const foreign = await micropay('CODE-SUB-2', await codeFor(), { sub_mch_id: '1' });
  expect(foreign.return_msg).toContain('子商户号');
});

test('the page with the code shows it, follows it and asks for the password', async () => {
  const cookie = { cookie: 'sim_user=1' };
  const visit = (path: string, init: RequestInit = {}) =>
    fetch(scene.simulator.url + path, { headers: cookie, redirect: 'manual', ...init });
  const page = await (await visit('/wechat-pay/code?outcome=password')).text();
  const code = /data-code="(\d{18})"/.exec(page)?.[1] ?? '';
  expect(page).toContain('<svg');
  const state = async () =>
    (await (await visit(`/wechat-pay/code/state?code=${code}`)).json()) as Record<string, string>;
  expect((await state()).state).toBe('unused');
  await micropay('CODE-PAGE-1', code);
  const asking = await state();
  expect(asking.state).toBe('asking');
  const sheet = await (await visit(asking.link ?? '')).text();
  expect(sheet).toContain('¥1,280.50');
  const pay = (fields: Fields) =>
    visit('/wechat-pay/confirm', {
      method: 'POST',
      body: new URLSearchParams({ mchid: MCHID, out_trade_no: 'CODE-PAGE-1', ...fields }),
    });
  expect((await pay({ outcome: 'paid', password: '000000' })).status).toBe(422);
  expect(await (await pay({ outcome: 'paid' })).text()).toContain('支付成功');
  expect((await state()).state).toBe('paid');
  expect((await pay({ outcome: 'paid' })).status).toBe(409);
});
