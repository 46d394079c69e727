import type { ChannelContext, LoginVerbs, MerchantAccount, PayerLogin } from '../channel.ts';
import { call } from './client.ts';

/** What wallets say of themselves: group 1 is CloudPay for 云闪付, another code for bank apps. */
const walletPattern = /UnionPay\/[^ ]+ [0-9a-zA-Z]+/;
/** Where the browser does not say: the gateway compares it with the code anyhow. */
const cloudPay = 'UnionPay/1.0 CloudPay';

/**
 * The words for a code that was used or is too old are not documented; those in use name the code.
 * Nothing else starts the login again, or a wrong key would send the browser round and round.
 */
const spentCode = /AUTH_?CODE/i;

export const login: LoginVerbs = { authorizeUrl, readReturn, openIdOf };

/** UnionPay passes no state on, so it travels inside the address to come back to. */
function authorizeUrl(
  account: MerchantAccount,
  { redirectUrl, state }: { redirectUrl: string; state: string },
): string {
  const mark = redirectUrl.includes('?') ? '&' : '?';
  const back = `${redirectUrl}${mark}state=${encodeURIComponent(state)}`;
  const { authorize } = account.endpoints;
  return `${authorize}?version=1.0.0&redirectUrl=${encodeURIComponent(back)}`;
}

/** Without respCode 00 there is no authorisation, whatever else came back. */
function readReturn(query: URLSearchParams): { readonly code: string; readonly state: string } {
  const isGranted = query.get('respCode') === '00';
  // A plus becomes a blank on its way through a query; codes have no blanks.
  const code = (query.get('userAuthCode') ?? '').replaceAll(' ', '+');
  return { code: isGranted ? code : '', state: query.get('state') ?? '' };
}

/** Exchanges the code, which is good once, for the payer's id at this merchant. */
async function openIdOf(
  context: ChannelContext,
  { code, userAgent }: { readonly code: string; readonly userAgent: string },
): Promise<PayerLogin> {
  if (code === '') return { failed: 'unknown' };
  const reply = await call(context, {
    verb: 'login',
    service: 'pay.unionpay.userid',
    fields: {
      user_auth_code: code,
      app_up_identifier: walletPattern.exec(userAgent)?.[0] ?? cloudPay,
    },
  });
  if (reply.kind !== 'verified') return { failed: 'unknown' };
  const userId = reply.fields.user_id ?? '';
  // Base64: it may hold a plus, and goes on as it is.
  if (!reply.failure && /^[\w+/=.-]{4,128}$/.test(userId)) return { openId: userId };
  return { failed: spentCode.test(reply.failure?.code ?? '') ? 'used-code' : 'unknown' };
}
