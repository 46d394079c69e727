import type { ChannelContext, LoginVerbs, MerchantAccount, PayerLogin } from '../channel.ts';
import { call } from './client.ts';
import { payerOf } from './trade.ts';

/** How Alipay's browser tells who pays, without asking. */
export const login: LoginVerbs = {
  authorizeUrl,
  readReturn: (query) => ({
    code: query.get('auth_code') ?? '',
    state: query.get('state') ?? '',
  }),
  openIdOf: (context, { code }) => openIdOf(context, code),
  openIdOfMiniProgram: openIdOf,
};

function authorizeUrl(
  account: MerchantAccount,
  input: { redirectUrl: string; state: string },
): string {
  const query = [
    ['app_id', account.appId],
    ['scope', 'auth_base'],
    ['redirect_uri', input.redirectUrl],
    ['state', input.state],
  ].map(([name = '', value = '']) => `${name}=${encodeURIComponent(value)}`);
  return `${account.endpoints.authorize}?${query.join('&')}`;
}

/** Exchanges the code, which is good once, for the payer's user_id or open_id. */
async function openIdOf(context: ChannelContext, code: string): Promise<PayerLogin> {
  const reply = await call(context, {
    verb: 'login',
    method: 'alipay.system.oauth.token',
    parameters: { grant_type: 'authorization_code', code },
  });
  if (reply.kind === 'refusal' && reply.subCode === 'isv.code-invalid') {
    return { failed: 'used-code' };
  }
  const openId = reply.kind === 'done' ? payerOf(reply.wire) : undefined;
  return openId && /^[\w-]{6,128}$/.test(openId) ? { openId } : { failed: 'unknown' };
}
