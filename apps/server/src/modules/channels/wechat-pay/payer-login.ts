import type { ChannelContext, MerchantAccount, PayerLogin } from '../channel.ts';
import { send, type WireAnswer } from '../transport.ts';
import { asRecord, parseJson, textOf } from './json.ts';
import { masked } from './mask.ts';
import { payerAppOf, queryOf } from './party.ts';

/** Invalid code, and code used already: the login starts again. */
const spentCode = new Set([40029, 40163, 42003]);

/** Where a browser inside WeChat gets a code without asking its user. The order is required. */
export function authorizeUrl(
  account: MerchantAccount,
  login: { redirectUrl: string; state: string },
): string {
  const query = [
    ['appid', payerAppOf(account)],
    ['redirect_uri', login.redirectUrl],
    ['response_type', 'code'],
    ['scope', 'snsapi_base'],
    ['state', login.state],
  ].map(([name = '', value = '']) => `${name}=${encodeURIComponent(value)}`);
  return `${account.endpoints.authorize ?? ''}?${query.join('&')}#wechat_redirect`;
}

export function readReturn(query: URLSearchParams): { code: string; state: string } {
  return { code: query.get('code') ?? '', state: query.get('state') ?? '' };
}

/** Exchanges the code, which is good once, for the payer's id at this app. */
export async function openIdOf(
  context: ChannelContext,
  { code }: { readonly code: string },
): Promise<PayerLogin> {
  return await exchangeCode(context, '/sns/oauth2/access_token', { code });
}

/** The same for the code of `wx.login` in the mini-program (code2session). */
export async function openIdOfMiniProgram(
  context: ChannelContext,
  code: string,
): Promise<PayerLogin> {
  return await exchangeCode(context, '/sns/jscode2session', { js_code: code });
}

async function exchangeCode(
  { account, credentials, clock, record }: ChannelContext,
  at: string,
  code: Readonly<Record<string, string>>,
): Promise<PayerLogin> {
  const sentAt = clock.now();
  const startedMs = performance.now();
  const path =
    at +
    queryOf({
      appid: payerAppOf(account),
      secret: credentials.appSecret ?? '',
      ...code,
      grant_type: 'authorization_code',
    });
  const answer = await ask(account.endpoints.login ?? '', path);
  const said = answer instanceof Error ? answer.message : answer.body.toString('utf8');
  const login = answer instanceof Error ? ({ failed: 'unknown' } as const) : readLogin(said);
  await record({
    verb: 'login',
    orderNo: null,
    request: masked(`GET ${path}`),
    response: masked(said),
    status: answer instanceof Error ? null : answer.status,
    // The exchange is not signed; TLS and our app secret vouch for it.
    outcome: 'openId' in login ? 'verified' : login.failed === 'used-code' ? 'refused' : 'unknown',
    durationMs: Math.round(performance.now() - startedMs),
    sentAt,
  });
  return login;
}

async function ask(origin: string, path: string): Promise<WireAnswer | Error> {
  const headers = { accept: 'application/json', 'user-agent': 'wuye-pay/1.0' };
  try {
    return await send({ origin, method: 'GET', path, headers, body: '' });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function readLogin(body: string): PayerLogin {
  const wire = asRecord(parseJson(body));
  const openId = textOf(wire?.openid);
  if (openId && /^[\w-]{6,128}$/.test(openId)) return { openId };
  return { failed: spentCode.has(Number(wire?.errcode)) ? 'used-code' : 'unknown' };
}
