import { type FreshToken, type ProviderContext, TokenRefused } from '../provider.ts';
import { readObject, send, textOf } from '../transport.ts';

/**
 * The access token of an app. stable_token gives the one that is good now instead of ending it, so
 * whatever else uses the app goes on working.
 */
export async function fetchToken({ account, values, clock }: ProviderContext): Promise<FreshToken> {
  const answer = await send({
    url: `${account.endpoints['api']}/cgi-bin/stable_token`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credential',
      appid: account.appId,
      secret: values['appSecret'] ?? '',
      force_refresh: false,
    }),
  });
  const body = readObject(answer.text);
  const value = textOf(body?.['access_token']);
  const seconds = Number(body?.['expires_in']);
  if (value !== '' && seconds > 0) {
    return { value, expiresAt: new Date(clock.now().getTime() + seconds * 1000) };
  }
  const code = textOf(body?.['errcode']);
  // -1: busy.
  if (code === '' || code === '-1') throw new Error(`no access token: HTTP ${answer.status}`);
  throw new TokenRefused(code, textOf(body?.['errmsg']));
}

const tokenCodes = new Set(['40001', '42001', '40014']);

/** One call with the token; a token that ended is replaced once. */
export async function callWechat(
  context: ProviderContext,
  path: string,
  body: object,
): Promise<{
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}> {
  const fetch = () => fetchToken(context);
  const token = await context.token(fetch);
  const first = await post(context, path, token, body);
  if (!tokenCodes.has(textOf(first.body?.['errcode']))) return first;
  return await post(context, path, await context.token(fetch, token), body);
}

async function post({ account }: ProviderContext, path: string, token: string, body: object) {
  const answer = await send({
    url: `${account.endpoints['api']}${path}?access_token=${encodeURIComponent(token)}`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: readObject(answer.text) };
}
