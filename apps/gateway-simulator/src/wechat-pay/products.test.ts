import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  APPID,
  MCHID,
  paySign,
  registration,
  signText,
  startScene,
  transactionIn,
} from '../../test/merchant.ts';

type Row = Record<string, unknown>;

const SUB = '1900000200';
const SUB_APP = 'wxsub00000000000001';
const MINI = 'wxmini0000000000001';
const PAY = 'https://pay.example.com/q/abc';

let scene: Awaited<ReturnType<typeof startScene>>;
beforeAll(async () => {
  scene = await startScene();
  const subMerchants = [{ mchid: SUB, name: '阳光物业', appid: SUB_APP, appSecret: 'sub-secret' }];
  await scene.control('POST', 'wechat-pay/merchants', registration({ subMerchants }));
  const mini = registration({ appid: MINI, appSecret: 'mini-secret' });
  await scene.control('POST', 'wechat-pay/merchants', mini);
});
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.control('POST', 'reset');
  scene.receiver.clear();
});

const later = (advanceMs: number) =>
  scene.control('POST', 'clock', { advanceMs, scope: 'schedule' });
const visit = (url: string, headers: Record<string, string> = {}) =>
  fetch(url, { redirect: 'manual', headers });
const order = async (outTradeNo: string, changes: Row = {}) => {
  const { payer: _, ...rest } = await scene.order(outTradeNo, changes);
  return rest;
};
const h5Scene = { payer_client_ip: '203.0.113.7', h5_info: { type: 'Wap' } };

async function h5(outTradeNo: string) {
  const body = await order(outTradeNo, { scene_info: h5Scene });
  const answer = await scene.call('POST', '/v3/pay/transactions/h5', body);
  expect(answer.status).toBe(200);
  return String(answer.json.h5_url);
}
const submit = (fields: Record<string, string>) =>
  fetch(`${scene.simulator.url}/wechat-pay/h5`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields),
  });
const partsOf = (url: string) => Object.fromEntries(new URL(url).searchParams);

test('an H5 order opens a cashier page, is paid there and leads back to the merchant', async () => {
  const url = await h5('ORDER-H5-1');
  const back = `${PAY}?paid=1`;
  const sheet = await visit(`${url}&redirect_url=${encodeURIComponent(back)}`, { referer: PAY });
  const text = await sheet.text();
  expect([sheet.status, text.includes('¥254.70'), text.includes('幸福物业')]).toEqual([
    200,
    true,
    true,
  ]);
  const fields = { ...partsOf(url), back, user: '2', outcome: 'paid', password: '123456' };
  const done = await (await submit({ ...fields, method: 'card' })).text();
  expect(done).toContain('支付成功');
  expect(done).toContain(`href="${back}"`);
  expect((await scene.query('ORDER-H5-1')).json).toMatchObject({
    trade_state: 'SUCCESS',
    trade_type: 'MWEB',
    bank_type: 'CMB_DEBIT',
    payer: { openid: await scene.openid(2) },
  });
  expect(transactionIn((await scene.receiver.heard(1))[0])).toMatchObject({ trade_type: 'MWEB' });
});

test('a payer who cancels on the H5 page goes back at once', async () => {
  const url = await h5('ORDER-H5-1');
  const left = await submit({ ...partsOf(url), back: PAY, user: '1', outcome: 'cancel' });
  expect([left.status, left.headers.get('location')]).toEqual([303, PAY]);
  expect((await scene.query('ORDER-H5-1')).json.trade_state).toBe('NOTPAY');
});

test('the sheet says what is wrong and stays: password, change, who pays', async () => {
  const url = await h5('ORDER-H5-1');
  const under = async (fields: Record<string, string>) => {
    const base = { ...partsOf(url), back: PAY, user: '2', outcome: 'paid' };
    const answer = await submit({ ...base, ...fields });
    expect(answer.status).toBe(422);
    return answer.text();
  };
  expect(await under({ password: '12' })).toContain('支付密码是六位数字');
  expect(await under({ password: '000000' })).toContain('支付密码错误');
  expect(await under({ method: 'change' })).toContain('零钱余额不足');
  expect(await under({ user: '' })).toContain('请选择付款人');
  expect((await scene.query('ORDER-H5-1')).json.trade_state).toBe('NOTPAY');
});

test.each<[string, Record<string, string>, string]>([
  ['without a Referer', {}, '没有 Referer'],
  ['from a domain that is not registered', { referer: 'https://evil.example.com/' }, '未配置'],
  ['inside WeChat', { referer: PAY, cookie: 'sim_wallet=wechat' }, '请在微信外打开订单'],
])('the H5 page does not open %s', async (_, headers, reason) => {
  const answer = await visit(await h5('ORDER-H5-1'), headers);
  expect([answer.status, (await answer.text()).includes(reason)]).toEqual([400, true]);
});

test('an H5 link lives five minutes, and leads nowhere else', async () => {
  const url = await h5('ORDER-H5-1');
  const evil = encodeURIComponent('https://evil.example.com/');
  const away = await visit(`${url}&redirect_url=${evil}`, { referer: PAY });
  expect(await away.text()).toContain('redirect_url 的域名未登记');
  const paid = await submit({
    ...partsOf(url),
    back: 'https://evil.example.com/',
    outcome: 'fail',
  });
  expect(paid.headers.get('location')).toBeNull();
  await later(300_000);
  expect(await (await visit(url, { referer: PAY })).text()).toContain('支付请求已失效');
});

test.each([
  ['without a scene', {}, '/body/scene_info'],
  [
    'without the payer address',
    { scene_info: { h5_info: { type: 'Wap' } } },
    '/body/scene_info/payer_client_ip',
  ],
  [
    'with an unknown scene',
    { scene_info: { ...h5Scene, h5_info: { type: 'Web' } } },
    '/body/scene_info/h5_info/type',
  ],
])('an H5 order is refused %s', async (_, changes, field) => {
  const answer = await scene.call(
    'POST',
    '/v3/pay/transactions/h5',
    await order('ORDER-H5-1', changes),
  );
  expect([answer.status, (answer.json.detail as Row).field]).toEqual([400, field]);
});

const bridge = async (path: string, body: object, user = 1) => {
  const headers = { cookie: `sim_user=${user}`, 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  return (await (
    await fetch(`${scene.simulator.url}/wechat-pay/bridge/${path}`, init)
  ).json()) as Row;
};

test('an app pays with the parameters of the SDK', async () => {
  const { json } = await scene.call('POST', '/v3/pay/transactions/app', await order('ORDER-APP'));
  const timestamp = String(Math.floor(Date.now() / 1000));
  const prepayid = String(json.prepay_id);
  const text = `${APPID}\n${timestamp}\nn0nce\n${prepayid}\n`;
  const parameters = {
    appid: APPID,
    partnerid: MCHID,
    prepayid,
    package: 'Sign=WXPay',
    noncestr: 'n0nce',
    timestamp,
    sign: signText(text),
  };
  const wrong = { ...parameters, package: `prepay_id=${prepayid}` };
  expect(await bridge('open', { kind: 'app', parameters: wrong })).toMatchObject({
    reason: 'package 须是 Sign=WXPay',
  });
  expect(await bridge('open', { parameters: paySign(prepayid) })).toMatchObject({
    reason: '不是 JSAPI 支付的 prepay_id',
  });
  const pay = (outcome: string) => bridge('pay', { kind: 'app', parameters, outcome });
  expect(await pay('cancel')).toEqual({ errCode: -2 });
  expect(await pay('paid')).toEqual({ errCode: 0 });
  expect((await scene.query('ORDER-APP')).json.trade_type).toBe('APP');
});

test('a mini-program signs in, orders with its own app and pays', async () => {
  const { code } = await bridge('login', { appid: MINI }, 2);
  const session = async (js_code: unknown, more = '') => {
    const query = `appid=${MINI}&secret=mini-secret&js_code=${String(js_code)}&grant_type=authorization_code${more}`;
    const answer = await fetch(`${scene.simulator.url}/sns/jscode2session?${query}`);
    return (await answer.json()) as Row;
  };
  const told = await session(code);
  expect(told.openid).toMatch(/^o[\w-]{27}$/);
  expect(told.session_key).toHaveLength(24);
  expect(await session(code)).toMatchObject({ errcode: 40029 });
  const web = await scene.control('POST', 'wechat-pay/login', { appid: MINI, kind: 'web' });
  expect(await session(web.json.code)).toMatchObject({ errcode: 40029 });
  const changes = { appid: MINI, payer: { openid: told.openid } };
  const { json } = await scene.prepay('ORDER-MINI', changes);
  const { appId: _, ...parameters } = paySign(String(json.prepay_id), MINI);
  const paid = await bridge('pay', { kind: 'mini-program', parameters, outcome: 'paid' }, 2);
  expect(paid).toEqual({ errMsg: 'requestPayment:ok' });
  const order = await scene.query('ORDER-MINI');
  expect(order.json).toMatchObject({ trade_type: 'JSAPI', appid: MINI });
});

test('the login of a payer is spoilt on demand', async () => {
  const query = `appid=${MINI}&secret=mini-secret&js_code=x&grant_type=authorization_code`;
  const ask = () => fetch(`${scene.simulator.url}/sns/jscode2session?${query}`);
  const arm = (fault: string) => scene.control('POST', 'faults', { at: 'login', fault });
  await arm('server-error');
  expect(await (await ask()).json()).toMatchObject({ errcode: -1 });
  await arm('unavailable');
  expect((await ask()).status).toBe(503);
  await arm('connection-lost-before');
  await expect(ask()).rejects.toThrow();
});

const partnerOrder = async (outTradeNo: string, changes: Row = {}) => {
  const { appid: _a, mchid: _m, payer: _p, ...rest } = await scene.order(outTradeNo);
  const sp = { sp_appid: APPID, sp_mchid: MCHID, sub_mchid: SUB };
  return { ...rest, ...sp, payer: { sp_openid: await scene.openid() }, ...changes };
};
const PARTNER = '/v3/pay/partner/transactions';

test('a partner orders, queries and closes for its sub-merchant', async () => {
  const { json } = await scene.call('POST', `${PARTNER}/jsapi`, await partnerOrder('ORDER-SUB-1'));
  const paid = await bridge('pay', {
    parameters: paySign(String(json.prepay_id)),
    outcome: 'paid',
  });
  expect(paid.errMsg).toBe('get_brand_wcpay_request:ok');
  const facts = {
    sp_mchid: MCHID,
    sub_mchid: SUB,
    sp_appid: APPID,
    payer: { sp_openid: await scene.openid() },
  };
  expect(transactionIn((await scene.receiver.heard(1))[0])).toMatchObject(facts);
  const path = `${PARTNER}/out-trade-no/ORDER-SUB-1?sp_mchid=${MCHID}&sub_mchid=${SUB}`;
  expect((await scene.call('GET', path)).json).toMatchObject({ ...facts, trade_state: 'SUCCESS' });
  expect((await scene.query('ORDER-SUB-1')).json.code).toBe('ORDER_NOT_EXIST');
  await scene.call('POST', `${PARTNER}/native`, {
    ...(await partnerOrder('ORDER-SUB-2')),
    payer: undefined,
  });
  const close = await scene.call('POST', `${PARTNER}/out-trade-no/ORDER-SUB-2/close`, {
    sp_mchid: MCHID,
    sub_mchid: SUB,
  });
  expect(close.status).toBe(204);
  const book = await scene.control('GET', `wechat-pay/book?mchid=${SUB}`);
  expect(book.json).toMatchObject({ count: 1, totalFen: 254_70 });
});

test('a sub-merchant has its own app, payer ids, refunds and bill', async () => {
  const { code } = (await scene.control('POST', 'wechat-pay/login', { appid: SUB_APP, user: 3 }))
    .json;
  const query = `appid=${SUB_APP}&secret=sub-secret&js_code=${String(code)}&grant_type=authorization_code`;
  const answer = await fetch(`${scene.simulator.url}/sns/jscode2session?${query}`);
  const { openid } = (await answer.json()) as { openid: string };
  const changes = { sub_appid: SUB_APP, payer: { sub_openid: openid } };
  const body = await partnerOrder('ORDER-SUB-1', changes);
  const made = await scene.call('POST', `${PARTNER}/jsapi`, body);
  const parameters = paySign(String(made.json.prepay_id), SUB_APP);
  expect(await bridge('open', { parameters }, 3)).toMatchObject({ merchantName: '阳光物业' });
  await bridge('pay', { parameters, outcome: 'paid' }, 3);
  const path = `${PARTNER}/out-trade-no/ORDER-SUB-1?sp_mchid=${MCHID}&sub_mchid=${SUB}`;
  const paid = (await scene.call('GET', path)).json;
  expect(paid.payer).toEqual({ sp_openid: await scene.openid(3), sub_openid: openid });
  const refund = await scene.call('POST', '/v3/refund/domestic/refunds', {
    sub_mchid: SUB,
    transaction_id: paid.transaction_id,
    out_refund_no: 'RF-SUB',
    amount: { refund: 1, total: 254_70, currency: 'CNY' },
  });
  expect(refund.json).toMatchObject({ status: 'PROCESSING' });
  const refundPath = '/v3/refund/domestic/refunds/RF-SUB';
  expect((await scene.call('GET', refundPath)).status).toBe(404);
  expect((await scene.call('GET', `${refundPath}?sub_mchid=${SUB}`)).status).toBe(200);
  const day = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);
  await later(2 * 86_400_000);
  const bill = `/v3/bill/tradebill?bill_date=${day}&bill_type=ALL`;
  const { json } = await scene.call('GET', `${bill}&sub_mchid=${SUB}`);
  const { pathname, search } = new URL(String(json.download_url));
  const file = await (await scene.fetchSigned(pathname + search)).text();
  expect(file).toContain(`\`${MCHID},\`${SUB},`);
});

test.each<[string, Row, number, string]>([
  ['a foreign sub-merchant', { sub_mchid: '1900009999' }, 403, 'NO_AUTH'],
  ['another partner', { sp_mchid: '1900009999' }, 400, 'PARAM_ERROR'],
  ['an app of another', { sub_appid: 'wx0' }, 400, 'APPID_MCHID_NOT_MATCH'],
  ['a sub_openid without sub_appid', { payer: { sub_openid: 'o' } }, 400, 'PARAM_ERROR'],
  ['no payer id', { payer: {} }, 400, 'PARAM_ERROR'],
])('a partner order is refused for %s', async (_, changes, status, code) => {
  const body = await partnerOrder('ORDER-SUB-1', changes);
  const answer = await scene.call('POST', `${PARTNER}/jsapi`, body);
  expect([answer.status, answer.json.code]).toEqual([status, code]);
});
