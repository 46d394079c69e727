import { classOf, outcome, outcomeOf, type RefusalClass } from '../outcome.ts';
import type { Found, Outcome, Outgoing, Provider, ProviderContext } from '../provider.ts';
import { isObject, readObject, send, textOf } from '../transport.ts';
import { advice, description } from './description.ts';

export const jpush: Provider = {
  description: { ...description, advice },
  reaches: (_account, to) => to.kind === 'device' && to.provider === 'jpush',
  send: push,
  resolve: repeat,
};

/** The numbers are not written down officially; the HTTP status decides where none fits. */
const classes: Readonly<Record<string, RefusalClass>> = {
  '1003': 'content',
  '1004': 'account',
  '1008': 'account',
  '1011': 'recipient',
  '1000': 'unknown',
  '2002': 'later',
};

export function basicAuthorization(appKey: string, masterSecret: string): string {
  return `Basic ${Buffer.from(`${appKey}:${masterSecret}`).toString('base64')}`;
}

async function push(context: ProviderContext, outgoing: Outgoing): Promise<Outcome> {
  const { account, values } = context;
  const { to, title, body, link, requestKey, ttlSeconds } = outgoing;
  if (to.kind !== 'device') throw new Error('a push goes to a device');
  const extras = link === undefined ? {} : { link };
  const appKey = values['appKey'] ?? '';
  const answer = await send({
    url: `${account.endpoints['api']}/v3/push`,
    method: 'POST',
    headers: {
      authorization: basicAuthorization(appKey, values['masterSecret'] ?? ''),
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      cid: `${appKey}-${asUuid(requestKey)}`,
      platform: 'all',
      audience: { registration_id: [to.token] },
      notification: {
        android: {
          alert: body,
          title,
          extras,
          ...(values['channelId'] && { channel_id: values['channelId'] }),
        },
        ios: { alert: { title, body }, sound: 'default', extras },
      },
      options: {
        time_to_live: Math.min(ttlSeconds, mostTtlSeconds),
        apns_production: values['apns'] !== 'development',
      },
    }),
  });
  return outcomeOfAnswer(answer.status, readObject(answer.text));
}

/** Ten days, as the interface takes at most. */
const mostTtlSeconds = 864_000;

/** A repeat with the same cid is no second push. */
async function repeat(context: ProviderContext, outgoing: Outgoing): Promise<Found> {
  return await push(context, outgoing);
}

function outcomeOfAnswer(
  status: number,
  body: Readonly<Record<string, unknown>> | undefined,
): Outcome {
  if (status === 200) {
    const id = textOf(body?.['msg_id']);
    return id === '' ? outcome.unknown('MSG_ID_MISSING') : outcome.accepted(id);
  }
  const error = body?.['error'];
  const code = isObject(error) ? textOf(error['code']) : '';
  const detail = isObject(error) ? textOf(error['message']) : '';
  if (status >= 500) return outcome.unknown(`HTTP ${status}`, detail);
  return outcomeOf(classOf(classes, code, classOfStatus(status)), code || `HTTP ${status}`, detail);
}

function classOfStatus(status: number): RefusalClass {
  if (status === 401 || status === 403) return 'account';
  if (status === 429) return 'later';
  return 'content';
}

function asUuid(key: string): string {
  return key.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
