import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { channelOf, openIdOfMiniProgram } from '../../apps/server/src/modules/channels/index.ts';
import { openAccount } from '../../apps/server/src/modules/channels/open-account.ts';
import {
  type GivenMerchantAccount,
  givenMerchantAccount,
} from '../../apps/server/test/channels-builders.ts';
import { accountOf, startScene } from './wechat-pay-scene.ts';
import { type PlacedOrder, type Verbs, verbsOf } from './wechat-pay-verbs.ts';

let scene: Awaited<ReturnType<typeof startScene>>;
beforeAll(async () => {
  scene = await startScene();
});
afterEach(() => scene.control('DELETE', 'faults'));
afterAll(() => scene.close());

const pay = (order: PlacedOrder, outcome = 'paid-no-notification') =>
  scene.control('POST', 'wechat-pay/pay', { outTradeNo: order.orderNo, outcome });

const modes = [
  ['a merchant of its own', undefined],
  ['a partner’s merchant, paying in the partner’s app', 'plain'],
  ['a partner’s merchant, paying in its own app', 'with-app'],
] as const;

describe.each(modes)('for %s', (_name, partner) => {
  let given: GivenMerchantAccount;
  let verbs: Verbs;
  beforeAll(async () => {
    const { simulatorUrl } = scene;
    given = await givenMerchantAccount(scene.system, {
      simulatorUrl,
      ...(partner && { partner }),
    });
    verbs = verbsOf(scene.system, given);
  });
  const payerApp = () => given.subAppId ?? given.appId;

  test.each(['jsapi', 'mini-program'] as const)(
    '%s: the wallet is told what to pay',
    async (product) => {
      const payerOpenId = await scene.openIdOf(given);
      const order = verbs.order({ product, payerOpenId });
      expect(await verbs.prepay(order)).toMatchObject({
        state: 'accepted',
        instructions: { kind: 'jsapi', params: { appId: payerApp(), signType: 'RSA' } },
      });
      await pay(order);
      expect(await verbs.query(order)).toMatchObject({
        state: 'paid',
        trade: { amountFen: 254_70, mchId: given.mchId, appId: given.appId, payerOpenId },
      });
    },
  );

  test('native: a code to show', async () => {
    const order = verbs.order({ product: 'native' });
    expect(await verbs.prepay(order)).toMatchObject({
      state: 'accepted',
      instructions: { kind: 'native', codeUrl: expect.stringMatching(/^weixin:\/\//) },
    });
    expect(await verbs.query(order)).toEqual({ state: 'pending' });
    expect(await verbs.close(order)).toEqual({ state: 'closed' });
    expect(await verbs.query(order)).toEqual({ state: 'closed' });
  });

  test('long names of homes and fees are shortened, not refused', async () => {
    const description = '阳光花园一期三十二号楼二单元五〇一 物业服务费及公共能耗费'.repeat(4);
    for (const product of ['native', 'code'] as const) {
      const code = product === 'code' ? { authCode: await authCode('paid') } : {};
      const order = { ...verbs.order({ product, ...code }), description };
      expect(['accepted', 'paid']).toContain((await verbs.prepay(order)).state);
    }
  });

  test('h5: an address that leads back to us', async () => {
    const returnUrl = 'http://localhost:8080/q/abc?paid=1&x=二';
    const order = verbs.order({ product: 'h5', payerIp: '203.0.113.7', returnUrl });
    const result = await verbs.prepay(order);
    expect(result).toMatchObject({ state: 'accepted', instructions: { kind: 'redirect' } });
    const { url } = (result as unknown as { instructions: { url: string } }).instructions;
    expect(new URL(url).searchParams.get('redirect_url')).toBe(returnUrl);
    expect(new URL(url).searchParams.get('prepay_id')).toMatch(/./);
    await pay(order);
    expect(await verbs.query(order)).toMatchObject({ state: 'paid' });
  });

  test('app: parameters for the wallet’s library', async () => {
    const order = verbs.order({ product: 'app' });
    expect(await verbs.prepay(order)).toMatchObject({
      state: 'accepted',
      instructions: {
        kind: 'app',
        params: { appid: payerApp(), partnerid: given.mchId, package: 'Sign=WXPay' },
      },
    });
    await pay(order);
    expect(await verbs.query(order)).toMatchObject({ state: 'paid' });
  });

  test('the notification is authentic and names the order', async () => {
    const order = verbs.order({ product: 'native' });
    await verbs.prepay(order);
    expect(await scene.notificationOf(given, order.orderNo)).toMatchObject({
      state: 'authentic',
      trade: { orderNo: order.orderNo, amountFen: 254_70, mchId: given.mchId },
    });
    for (const fault of ['wrong-merchant', 'wrong-appid']) {
      const reading = await scene.notificationOf(given, order.orderNo, fault);
      expect(reading).toMatchObject({ state: 'refused' });
    }
  });

  test('code: paid at once, and the query says the same', async () => {
    const order = verbs.order({ product: 'code', authCode: await authCode('paid') });
    const result = await verbs.prepay(order);
    expect(result).toMatchObject({
      state: 'paid',
      trade: { orderNo: order.orderNo, amountFen: 254_70, mchId: given.mchId, appId: given.appId },
    });
    const { trade } = result as { trade: { tradeNo: string; payerOpenId?: string } };
    expect(await verbs.query(order)).toMatchObject({
      state: 'paid',
      trade: { tradeNo: trade.tradeNo },
    });
  });

  test('the test button tells a good account from one with a wrong key', async () => {
    const { deps, companyId } = scene.system;
    const context = await openAccount(deps, companyId, { id: given.merchantAccountId });
    if (!context) throw new Error('no such merchant account');
    const press = (changes: Record<string, string>) =>
      channelOf('wechat-pay').test({
        ...context,
        credentials: { ...context.credentials, ...changes },
      });
    expect(await press({})).toEqual({ ok: true, code: 'OK' });
    expect(await press({ apiV2Key: '' })).toEqual({ ok: true, code: 'OK' });
    expect(await press({ apiV2Key: 'wrong'.padEnd(32, '0') })).toEqual({
      ok: false,
      code: 'API_V2_KEY',
    });
    expect(await press({ merchantSerial: 'ABCDEF0123456789' })).toEqual({
      ok: false,
      code: 'SIGN_ERROR',
    });
  });

  test('the mini-program’s code tells who pays', async () => {
    const { code } = await scene.control<{ code: string }>('POST', 'wechat-pay/login', {
      appid: payerApp(),
      user: 2,
    });
    const account = await accountOf(scene.system, given);
    const login = () => openIdOfMiniProgram(scene.system.deps, account, code);
    expect(await login()).toEqual({ openId: await scene.openIdOf(given) });
    expect(await login()).toEqual({ failed: 'used-code' });
  });
});

async function authCode(outcome: string): Promise<string> {
  const made = await scene.control<{ authCode: string }>('POST', 'wechat-pay/codes', { outcome });
  return made.authCode;
}
