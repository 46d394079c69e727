import { createHash } from 'node:crypto';
import { classOf, outcome, outcomeOf, type RefusalClass } from '../outcome.ts';
import {
  type Found,
  type FreshToken,
  type Outcome,
  type Outgoing,
  type Provider,
  type ProviderContext,
  TokenRefused,
} from '../provider.ts';
import { isObject, readObject, send, textOf } from '../transport.ts';
import { description } from './description.ts';

export const getui: Provider = {
  description,
  reaches: (_account, to) => to.kind === 'device' && to.provider === 'getui',
  send: push,
  resolve: repeat,
};

const tokenInvalid = '10001';

/** Other numbers are not written down; a clear code of theirs means that nothing was pushed. */
const classes: Readonly<Record<string, RefusalClass>> = { [tokenInvalid]: 'account' };

export function authSign(appKey: string, timestamp: string, masterSecret: string): string {
  return createHash('sha256').update(`${appKey}${timestamp}${masterSecret}`).digest('hex');
}

async function fetchToken(context: ProviderContext): Promise<FreshToken> {
  const { values, clock } = context;
  const appkey = values['appKey'] ?? '';
  const timestamp = String(clock.now().getTime());
  const sign = authSign(appkey, timestamp, values['masterSecret'] ?? '');
  const { status, body } = await post(context, '/auth', undefined, { sign, timestamp, appkey });
  const data = body?.['data'];
  const value = isObject(data) ? textOf(data['token']) : '';
  if (textOf(body?.['code']) === '0' && isObject(data) && value !== '') {
    return { value, expiresAt: new Date(Number(data['expire_time'])) };
  }
  const code = textOf(body?.['code']);
  if (code === '' || status >= 500) throw new Error(`no token: HTTP ${status}`);
  throw new TokenRefused(code, textOf(body?.['msg']));
}

async function push(context: ProviderContext, outgoing: Outgoing): Promise<Outcome> {
  const fetch = () => fetchToken(context);
  const token = await context.token(fetch);
  const request = requestOf(outgoing);
  const first = await post(context, '/push/single/cid', token, request);
  if (textOf(first.body?.['code']) !== tokenInvalid) return outcomeOfAnswer(first);
  const fresh = await context.token(fetch, token);
  return outcomeOfAnswer(await post(context, '/push/single/cid', fresh, request));
}

/** A repeat under the same request_id is no second push. */
async function repeat(context: ProviderContext, outgoing: Outgoing): Promise<Found> {
  return await push(context, outgoing);
}

/** Limits of the interface. */
const mostTitle = 50;
const mostBody = 256;

function requestOf(outgoing: Outgoing): object {
  const { to, link, requestKey, ttlSeconds } = outgoing;
  if (to.kind !== 'device') throw new Error('a push goes to a device');
  const title = outgoing.title.slice(0, mostTitle);
  const body = outgoing.body.slice(0, mostBody);
  const click = link === undefined ? { click_type: 'startapp' } : { click_type: 'url', url: link };
  return {
    request_id: requestKey,
    settings: { ttl: ttlSeconds * 1000 },
    audience: { cid: [to.token] },
    push_message: { notification: { title, body, ...click } },
    push_channel: {
      ios: {
        type: 'notify',
        aps: { alert: { title, body }, sound: 'default' },
        payload: link ?? '',
      },
      android: {
        ups: { notification: { title, body, ...click } },
      },
    },
  };
}

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

async function post(
  { account, values }: ProviderContext,
  path: string,
  token: string | undefined,
  body: object,
): Promise<Answer> {
  const answer = await send({
    url: `${account.endpoints['api']}/v2/${values['appId'] ?? ''}${path}`,
    method: 'POST',
    headers: { 'content-type': 'application/json;charset=utf-8', ...(token && { token }) },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: readObject(answer.text) };
}

function outcomeOfAnswer({ status, body }: Answer): Outcome {
  const code = textOf(body?.['code']);
  if (!body || code === '' || status >= 500) return outcome.unknown(`HTTP ${status}`);
  const detail = textOf(body['msg']);
  if (code !== '0') {
    const otherwise = status === 429 ? 'later' : status === 403 ? 'account' : 'recipient';
    return outcomeOf(classOf(classes, code, otherwise), code, detail);
  }
  const data = body['data'];
  const taskId = isObject(data) ? Object.keys(data)[0] : undefined;
  return outcome.accepted(taskId ?? null);
}
