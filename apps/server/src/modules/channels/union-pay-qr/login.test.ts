import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Said, startQrGateway } from '../../../../test/union-pay-qr-gateway.ts';
import { endpoints } from './endpoints.ts';
import { unionPayQr } from './index.ts';

let gateway: Awaited<ReturnType<typeof startQrGateway>>;
beforeAll(async () => {
  gateway = await startQrGateway();
});
afterAll(() => gateway.close());

describe('who pays', () => {
  const login = unionPayQr.login;
  const at = { redirectUrl: 'https://pay.example.com/cb/union-pay-qr', state: 'sIgned-state_1' };

  test('is asked of the wallet, with the state inside the address to come back to', () => {
    const { account } = gateway.context();
    const url = new URL(login?.authorizeUrl(account, at) ?? '');
    expect(`${url.origin}${url.pathname}`).toBe(endpoints.authorize);
    expect(url.searchParams.get('version')).toBe('1.0.0');
    const back = new URL(url.searchParams.get('redirectUrl') ?? '');
    expect(back.toString()).toBe(`${at.redirectUrl}?state=sIgned-state_1`);
    back.searchParams.set('respCode', '00');
    const returned = `${back.toString()}&userAuthCode=a+b/c==`;
    expect(login?.readReturn(new URL(returned).searchParams)).toEqual({
      code: 'a+b/c==',
      state: at.state,
    });
    const withQuery = login?.authorizeUrl(account, { ...at, redirectUrl: `${at.redirectUrl}?x=1` });
    expect(decodeURIComponent(withQuery ?? '')).toContain('?x=1&state=');
  });

  test('is not known when the payer said no', async () => {
    const returned = new URLSearchParams({ respCode: '34', userAuthCode: 'abc', state: 's' });
    expect(login?.readReturn(returned)).toEqual({ code: '', state: 's' });
    const before = gateway.sent.length;
    expect(await login?.openIdOf(gateway.context(), { code: '', userAgent: '' })).toEqual({
      failed: 'unknown',
    });
    expect(gateway.sent).toHaveLength(before);
  });

  test.each([
    ['云闪付', 'x (UnionPay/1.0 CloudPay) (clientVersion 324)', 'UnionPay/1.0 CloudPay'],
    ['a bank app', 'x UnionPay/1.0 ICBCeLife y', 'UnionPay/1.0 ICBCeLife'],
    ['a browser that does not say', 'Mozilla/5.0', 'UnionPay/1.0 CloudPay'],
  ])('in %s comes with what the wallet says of itself', async (_name, userAgent, identifier) => {
    gateway.answer({ user_id: 'Ab+/cd==' });
    const context = gateway.context();
    expect(await login?.openIdOf(context, { code: 'a+b', userAgent })).toEqual({
      openId: 'Ab+/cd==',
    });
    expect(gateway.sent.at(-1)).toMatchObject({
      service: 'pay.unionpay.userid',
      user_auth_code: 'a+b',
      app_up_identifier: identifier,
    });
    // Neither the code nor the payer stays in the record.
    expect(JSON.stringify(context.messages)).not.toContain('Ab+/cd==');
  });

  test('is asked again only when the code was spent', async () => {
    const of = async (said: Said) => {
      gateway.answer(said);
      return await login?.openIdOf(gateway.context(), { code: 'abc', userAgent: '' });
    };
    const spent = { result_code: '1', err_code: 'USER_AUTH_CODE_USED' };
    expect(await of(spent)).toEqual({ failed: 'used-code' });
    expect(await of({ result_code: '1', err_code: 'NOAUTH' })).toEqual({ failed: 'unknown' });
    expect(await of({ user_id: '<script>' })).toEqual({ failed: 'unknown' });
    expect(await of({ raw: '' })).toEqual({ failed: 'unknown' });
  });
});
