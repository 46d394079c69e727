import { afterAll, beforeAll, expect, test } from 'vitest';
import { APPID, paySign, SECRET, startScene } from '../../test/merchant.ts';

let scene: Awaited<ReturnType<typeof startScene>>;
beforeAll(async () => {
  scene = await startScene({ publicUrl: 'http://localhost:8080/sim' });
});
afterAll(() => scene.close());

const visit = (path: string, init: RequestInit = {}) =>
  fetch(scene.simulator.url + path, { redirect: 'manual', ...init });
const asUser = (no: number) => ({ headers: { cookie: `sim_user=${no}` } });
const form = (fields: Record<string, string>, cookie = '') => ({
  method: 'POST',
  headers: { cookie },
  body: new URLSearchParams(fields),
});

function authorizePath(changes: Record<string, string> = {}): string {
  const query = {
    appid: APPID,
    redirect_uri: 'https://pay.example.com/cb',
    response_type: 'code',
    scope: 'snsapi_base',
    state: 'a+b&c',
    ...changes,
  };
  return `/connect/oauth2/authorize?${new URLSearchParams(query).toString()}`;
}

async function token(code: string, changes: Record<string, string> = {}) {
  const grant = {
    appid: APPID,
    secret: SECRET,
    code,
    grant_type: 'authorization_code',
    ...changes,
  };
  return (await visit(`/sns/oauth2/access_token?${new URLSearchParams(grant).toString()}`)).json();
}

async function codeOf(user: number): Promise<string> {
  const hop = await visit(authorizePath(), asUser(user));
  const target = new URL(hop.headers.get('location') ?? '');
  expect(target.searchParams.get('state')).toBe('a+b&c');
  return target.searchParams.get('code') ?? '';
}

test('a known user passes the authorisation page silently; the code is good once', async () => {
  const code = await codeOf(1);
  const granted = (await token(code)) as Record<string, string>;
  expect(granted.openid).toMatch(/^o[\w-]{27}$/);
  expect(granted.openid).toBe(await scene.openid(1));
  expect(granted.openid).not.toBe(await scene.openid(2));
  expect(await token(code)).toEqual({ errcode: 40029, errmsg: 'invalid code' });
  expect(await token(await codeOf(1), { secret: 'x' })).toMatchObject({ errcode: 40125 });
  const late = await codeOf(1);
  await scene.control('POST', 'clock', { advanceMs: 300_000, scope: 'schedule' });
  expect(await token(late)).toMatchObject({ errcode: 40029 });
});

test('an unknown user chooses who to be, under the public path', async () => {
  const answer = await visit(authorizePath());
  const text = await answer.text();
  expect(answer.status).toBe(200);
  expect(text).toContain('王小明');
  const href = /href="(\/sim\/connect[^"]+sim_user=2)"/.exec(text)?.[1] ?? '';
  const chosen = await visit(href.replaceAll('&amp;', '&').replaceAll('&#38;', '&'));
  expect(chosen.status).toBe(302);
  expect(chosen.headers.get('set-cookie')).toContain('sim_user=2');
});

test.each([
  ['a domain that is not registered', { redirect_uri: 'https://evil.example.com/cb' }],
  ['an unknown app', { appid: 'wx0' }],
  ['another response type', { response_type: 'token' }],
])('authorisation is refused for %s', async (_, changes) => {
  const answer = await visit(authorizePath(changes as Record<string, string>), asUser(1));
  expect(answer.status).toBe(400);
  expect(answer.headers.get('location')).toBeNull();
});

test('the wallet opens what was scanned as the chosen user', async () => {
  const link = 'http://localhost:8080/q/abc';
  const start = await (await visit(`/wechat-pay/wallet?scan=${encodeURIComponent(link)}`)).text();
  expect(start).toContain(link);
  const opened = await visit('/wechat-pay/wallet', form({ user: '3', link }));
  expect([opened.status, opened.headers.get('location')]).toEqual([303, link]);
  expect(opened.headers.getSetCookie().join()).toMatch(/sim_user=3; Path=\/.*sim_wallet=wechat/);
  const left = await visit('/wechat-pay/leave', form({}));
  expect(left.headers.getSetCookie().join()).toMatch(/sim_user=; .*sim_wallet=; /);
});

test('the wallet opens no foreign site and no script', async () => {
  for (const link of ['https://evil.example.com/', 'javascript:alert(1)', '<b>']) {
    const answer = await visit('/wechat-pay/wallet', form({ user: '1', link }));
    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toContain('<b>');
  }
});

test('a scanned Native code is paid with two clicks', async () => {
  const { payer: _, ...order } = await scene.order('ORDER-NATIVE');
  const { json } = await scene.call('POST', '/v3/pay/transactions/native', order);
  const codeUrl = String(json.code_url);
  const sheet = await visit('/wechat-pay/wallet', form({ user: '2', link: codeUrl }));
  expect(sheet.headers.getSetCookie().join()).toContain('sim_user=2');
  const text = await sheet.text();
  expect(text).toContain('¥254.70');
  expect(text).toContain('幸福物业');
  const native = `/wechat-pay/native?code_url=${encodeURIComponent(codeUrl)}`;
  expect(await (await visit(native, asUser(2))).text()).toBe(text);
  expect(await (await visit(native)).text()).toContain('我是'); // Nobody is signed in yet.
  const pay = form({ code_url: codeUrl, outcome: 'paid' }, 'sim_user=2');
  expect(await (await visit('/wechat-pay/native', pay)).text()).toContain('支付成功');
  expect((await scene.query('ORDER-NATIVE')).json).toMatchObject({
    trade_state: 'SUCCESS',
    payer: { openid: await scene.openid(2) },
  });
  expect((await visit('/wechat-pay/native', pay)).status).toBe(409);
});

const bridge = async (path: string, body: object, cookie = 'sim_user=1') => {
  const headers = { cookie, 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  return (await visit(`/wechat-pay/bridge/${path}`, init)).json();
};

test('the bridge pays a well signed prepay id', async () => {
  const { json } = await scene.prepay('ORDER-BRIDGE');
  const parameters = paySign(String(json.prepay_id));
  expect(await bridge('open', { parameters })).toMatchObject({
    merchantName: '幸福物业',
    amount: '¥254.70',
  });
  for (const [outcome, result] of [
    ['cancel', 'cancel'],
    ['fail', 'fail'],
    ['paid', 'ok'],
  ]) {
    const answer = await bridge('pay', { parameters, outcome });
    expect(answer).toEqual({ errMsg: `get_brand_wcpay_request:${result}` });
  }
  expect((await scene.query('ORDER-BRIDGE')).json.trade_state).toBe('SUCCESS');
  expect(await bridge('open', { parameters })).toEqual({ reason: '该订单已支付' });
});

test('the bridge says why it does not pay', async () => {
  const { json } = await scene.prepay('ORDER-WHY-1');
  const good = paySign(String(json.prepay_id));
  const reasonFor = async (parameters: object, cookie?: string) =>
    ((await bridge('open', { parameters }, cookie)) as { reason: string }).reason;
  expect(await reasonFor({ ...good, timeStamp: 1 })).toContain('缺少参数：timeStamp');
  expect(await reasonFor({ ...good, nonceStr: 'other' })).toBe('支付验证签名失败');
  expect(await reasonFor({ ...good, signType: 'MD5' })).toContain('签名类型');
  expect(await reasonFor(paySign(String(json.prepay_id), 'wx0'))).toContain('appId');
  expect(await reasonFor(paySign('wx-unknown'))).toContain('没有这个 prepay_id');
  expect(await reasonFor(good, 'sim_user=2')).toContain('下单账号与支付账号不一致');
  expect(await reasonFor(good, '')).toContain('还没有登录模拟微信');
  await scene.control('POST', 'clock', { advanceMs: 2 * 3600_000, scope: 'schedule' });
  expect(await reasonFor(good)).toBe('该订单已过期，请重新下单');
});

test('pages and scripts are found with and without the public path', async () => {
  for (const path of ['/wechat-pay/bridge.js', '/inspector', '/assets/simulator.css']) {
    expect((await visit(path)).status).toBe(200);
    expect((await visit(`/sim${path}`)).status).toBe(200);
  }
  expect(await (await visit('/inspector')).text()).toContain('src="/sim/assets/inspector.js"');
});
