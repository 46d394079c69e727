import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  APP_ID,
  isSignedForm,
  type Row,
  registration,
  startAlipay,
} from '../../test/alipay-merchant.ts';

let scene: Awaited<ReturnType<typeof startAlipay>>;
beforeAll(async () => {
  scene = await startAlipay({ publicUrl: 'http://localhost:8080/sim' });
});
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.control('POST', 'reset', {});
  scene.receiver.clear();
});

const visit = (path: string, init: RequestInit = {}) =>
  fetch(scene.simulator.url + path, { redirect: 'manual', ...init });
const asUser = (no: number) => ({ headers: { cookie: `sim_user=${no}; sim_wallet=alipay` } });
const form = (fields: Record<string, string>, user = 1) => ({
  ...asUser(user),
  method: 'POST',
  body: new URLSearchParams(fields),
});
const authorizePath = (changes: Record<string, string> = {}) =>
  `/oauth2/publicAppAuthorize.htm?${new URLSearchParams({
    app_id: APP_ID,
    scope: 'auth_base',
    redirect_uri: 'https://pay.example.com/cb/alipay?x=1',
    state: 'a+b&c',
    ...changes,
  }).toString()}`;
const token = async (code: string) =>
  scene.call('alipay.system.oauth.token', { grant_type: 'authorization_code', code });

test('a known user passes silently; the code gives a user_id once', async () => {
  const hop = await visit(authorizePath(), asUser(1));
  const back = new URL(hop.headers.get('location') ?? '');
  expect(Object.fromEntries(back.searchParams)).toMatchObject({
    x: '1',
    app_id: APP_ID,
    scope: 'auth_base',
    state: 'a+b&c',
  });
  const code = back.searchParams.get('auth_code') ?? '';
  const granted = await token(code);
  expect(granted.isSigned).toBe(true);
  expect(granted.value).toMatchObject({ user_id: '2088102146225135' });
  expect(granted.value.code).toBeUndefined();
  const again = await token(code);
  expect([again.key, again.value.code, again.value.sub_code]).toEqual([
    'error_response',
    '40002',
    'isv.code-invalid',
  ]);
  const refreshed = await scene.call('alipay.system.oauth.token', {
    grant_type: 'refresh_token',
    refresh_token: granted.value.refresh_token,
  });
  expect(refreshed.value.user_id).toBe('2088102146225135');
});

test('an application may see open_id only, and pays with it', async () => {
  const register = (identity: string) =>
    scene.control('POST', 'alipay/merchants', registration({ identity }));
  await register('open_id');
  const hop = await visit(authorizePath(), asUser(2));
  const code = new URL(hop.headers.get('location') ?? '').searchParams.get('auth_code') ?? '';
  const { value } = await token(code);
  expect(value.user_id).toBeUndefined();
  const made = await scene.call(
    'alipay.trade.create',
    scene.order('OPEN1', { buyer_open_id: value.open_id, product_code: 'JSAPI_PAY' }),
  );
  expect(made.value.code).toBe('10000');
  await scene.control('POST', 'alipay/pay', { outTradeNo: 'OPEN1' });
  const [notice] = await scene.receiver.heard(1);
  expect(notice?.form.get('buyer_open_id')).toBe(value.open_id);
  expect(notice?.form.has('buyer_id')).toBe(false);
  await register('user_id');
});

test('auth_user asks; an unknown person chooses; a foreign address is refused', async () => {
  const asked = await (await visit(authorizePath({ scope: 'auth_user' }), asUser(1))).text();
  expect(asked).toContain('同意授权');
  const fields = { ...Object.fromEntries(new URL(`http://x${authorizePath()}`).searchParams) };
  const agreed = { ...fields, scope: 'auth_user', sim_user: '1', consent: 'yes' };
  const hop = await visit('/oauth2/publicAppAuthorize.htm', form(agreed));
  expect([hop.status, hop.headers.get('location')?.includes('auth_code=')]).toEqual([303, true]);
  expect(await (await visit(authorizePath())).text()).toContain('王小明');
  for (const changes of [{ redirect_uri: 'https://evil.example.com/' }, { app_id: '1' }]) {
    expect((await visit(authorizePath(changes as Record<string, string>), asUser(1))).status).toBe(
      400,
    );
  }
});

test('the wallet opens what was scanned as the chosen user, and nothing foreign', async () => {
  const link = 'http://localhost:8080/q/abc';
  const start = await visit(`/alipay/wallet?scan=${encodeURIComponent(link)}`);
  expect(await start.text()).toContain(link);
  const opened = await visit('/alipay/wallet', form({ user: '3', link }));
  expect([opened.status, opened.headers.get('location')]).toEqual([303, link]);
  expect(opened.headers.getSetCookie().join()).toMatch(/sim_user=3; .*sim_wallet=alipay/);
  const deep = `alipays://platformapi/startapp?appId=20000067&url=${encodeURIComponent(link)}`;
  const same = await visit('/alipay/wallet', form({ user: '3', link: deep }));
  expect(same.headers.get('location')).toBe(link);
  for (const bad of ['https://evil.example.com/', 'javascript:alert(1)', '<b>']) {
    const answer = await visit('/alipay/wallet', form({ user: '1', link: bad }));
    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toContain('<b>');
  }
});

test('a scanned code is paid with a password, and not from an empty balance', async () => {
  const { value } = await scene.precreate('SCAN1');
  const sheet = await visit('/alipay/wallet', form({ user: '2', link: String(value.qr_code) }));
  const text = await sheet.text();
  expect(text).toContain('¥1,280.50');
  const trade = /name="trade" value="([^"]+)"/.exec(text)?.[1] ?? '';
  const act = (fields: Record<string, string>) =>
    visit('/alipay/cashier', form({ trade, outcome: 'paid', ...fields }, 2));
  expect(await (await act({ password: '000000' })).text()).toContain('支付密码错误');
  const poor = await act({ password: '123456', source: 'change' });
  expect([poor.status, (await poor.text()).includes('余额不足')]).toEqual([409, true]);
  const paid = await act({ password: '123456', source: 'card' });
  expect(await paid.text()).toContain('支付成功');
  await scene.receiver.heard(1);
});

test.each([
  ['alipay.trade.wap.pay', 'QUICK_WAP_WAY', 'wap'],
  ['alipay.trade.page.pay', 'FAST_INSTANT_TRADE_PAY', 'page'],
])('%s shows the cashier and sends the browser back, signed', async (method, product, kind) => {
  const fields = scene.order(`PAGE_${kind}`, {
    product_code: product,
    quit_url: 'https://pay.example.com/quit',
  });
  const back = { return_url: 'https://pay.example.com/return?t=1' };
  expect((await scene.query(`PAGE_${kind}`)).value.sub_code).toBe('ACQ.TRADE_NOT_EXIST');
  const page = await fetch(scene.pageUrl(method, fields, back));
  const text = await page.text();
  expect(text).toContain('登录并继续付款');
  expect((await scene.query(`PAGE_${kind}`)).value.trade_status).toBe('WAIT_BUYER_PAY');
  const trade = /name="trade" value="([^"]+)"/.exec(text)?.[1] ?? '';
  const signedIn = await visit('/alipay/cashier/login', form({ trade, user: '1' }));
  expect(await signedIn.text()).toContain('支付密码');
  const quit = await visit('/alipay/cashier', form({ trade, outcome: 'cancel' }));
  if (kind === 'wap') expect(quit.headers.get('location')).toBe('https://pay.example.com/quit');
  else expect(await quit.text()).toContain('没有付款');
  const paid = await visit('/alipay/cashier', form({ trade, outcome: 'paid', password: '123456' }));
  expect(paid.status).toBe(303);
  const target = new URL(paid.headers.get('location') ?? '');
  expect(target.searchParams.get('out_trade_no')).toBe(`PAGE_${kind}`);
  target.searchParams.delete('t');
  expect(isSignedForm(target.searchParams, scene.alipayKey())).toBe(true);
  expect(await (await fetch(scene.pageUrl(method, fields, back))).text()).toContain('支付成功');
});

test('a page with a wrong signature or product is not opened', async () => {
  const fields = scene.order('PAGE_BAD', { product_code: 'FAST_INSTANT_TRADE_PAY' });
  const url = scene.pageUrl('alipay.trade.page.pay', fields);
  expect((await fetch(`${url}x`)).status).toBe(400);
  const other = { ...fields, product_code: 'QUICK_WAP_WAY' };
  expect((await fetch(scene.pageUrl('alipay.trade.page.pay', other))).status).toBe(400);
});

test('the order string of an app is opened by the wallet and by the control API', async () => {
  const orderString = (no: string) =>
    scene
      .signed('alipay.trade.app.pay', scene.order(no, { product_code: 'QUICK_MSECURITY_PAY' }))
      .toString();
  const opened = await visit('/alipay/wallet', form({ user: '1', link: orderString('APP1') }));
  expect(await opened.text()).toContain('确认付款');
  const paid = await scene.control('POST', 'alipay/pay', { link: orderString('APP2') });
  expect(paid.json).toMatchObject({ outTradeNo: 'APP2', state: 'paid', method: 'app' });
});

test('the payment code page shows a fresh code, and the payer confirms on the phone', async () => {
  const shown = await visit('/alipay/code', form({ user: '1', outcome: 'password' }));
  const code = /data-code="(\d+)"/.exec(await shown.text())?.[1] ?? '';
  const fields = scene.order('DESK1', { scene: 'bar_code', auth_code: code });
  expect((await scene.call('alipay.trade.pay', fields)).value.code).toBe('10003');
  const sheet = await (await visit('/alipay/confirm', asUser(1))).text();
  const trade = /name="trade" value="([^"]+)"/.exec(sheet)?.[1] ?? '';
  await visit('/alipay/cashier', form({ trade, outcome: 'paid', password: '654321' }));
  expect((await scene.query('DESK1')).value.trade_status).toBe('TRADE_SUCCESS');
  expect((await visit('/alipay/confirm', asUser(1))).status).toBe(404);
});

const bridge = async (path: string, body: Row, user = 1) => {
  const answer = await visit(`/alipay/bridge/${path}`, {
    ...asUser(user),
    method: 'POST',
    body: JSON.stringify(body),
  });
  return (await answer.json()) as Row;
};

test.each([
  ['paid', '9000', 'TRADE_SUCCESS'],
  ['processing', '8000', 'TRADE_SUCCESS'],
  ['unknown', '6004', 'TRADE_SUCCESS'],
  ['cancel', '6001', 'WAIT_BUYER_PAY'],
  ['network-error', '6002', 'WAIT_BUYER_PAY'],
  ['fail', '4000', 'WAIT_BUYER_PAY'],
])('the bridge answers %s with %s and leaves %s', async (outcome, resultCode, status) => {
  const made = await scene.create('BRIDGE');
  const parameters = { tradeNO: made.value.trade_no };
  expect(await bridge('open', { parameters })).toMatchObject({ amount: '¥1,280.50' });
  const paid = await bridge('pay', { parameters, outcome, password: '123456' });
  expect(paid).toEqual({ resultCode });
  expect((await scene.query('BRIDGE')).value.trade_status).toBe(status);
});

test('the bridge refuses another payer, a wrong password and an unknown trade', async () => {
  const parameters = { tradeNO: (await scene.create('BRIDGE2')).value.trade_no };
  expect((await bridge('open', { parameters }, 2)).reason).toContain('另一位用户');
  expect((await bridge('open', { parameters: { tradeNO: '1' } })).reason).toContain('交易不存在');
  const wrong = { parameters, outcome: 'paid', password: '000000' };
  expect((await bridge('pay', wrong)).problem).toContain('支付密码错误');
  const poor = { parameters, outcome: 'paid', password: '123456', source: 'change' };
  expect((await bridge('pay', poor)).problem).toContain('余额不足');
  const script = await visit('/alipay/bridge.js');
  expect(await script.text()).toContain('AlipayJSBridgeReady');
});
