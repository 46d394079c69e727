import type { ChannelContext } from '../channel.ts';
import type { WireAnswer } from '../transport.ts';
import { exchange, type Refusal, type Unknown, unknown } from './exchange.ts';
import { asRecord, parseJson, textOf } from './json.ts';
import { authorization, newNonce } from './sign.ts';
import { header, verifySigned } from './verify.ts';

export interface Call {
  readonly verb:
    | 'prepay'
    | 'query'
    | 'close'
    | 'refund'
    | 'refund-query'
    | 'statement'
    | 'mandate-announce'
    | 'certificates'
    | 'test';
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly orderNo?: string;
  readonly body?: object;
}

export interface V3Refusal extends Refusal {
  readonly status: number;
  /** The channel's own error number, from the end of its Request-ID. */
  readonly errorNo: number;
}

/**
 * What came of a call. Only `verified` may be believed: its signature, serial and time were
 * checked over the raw bytes. A `refusal` is an unsigned 4xx with a code. All else is `unknown`.
 */
export type Reply =
  | { readonly kind: 'verified'; readonly status: number; readonly body: string }
  | V3Refusal
  | Unknown;

/** Signs and sends; `judgement` decides what to believe of the answer. */
export async function call(
  context: ChannelContext,
  input: Call,
  judgement: (answer: WireAnswer) => Promise<Reply> = (answer) => judge(context, answer),
): Promise<Reply> {
  const sentAt = context.clock.now();
  // Serialised once: these bytes are signed and sent.
  const body = input.body === undefined ? '' : JSON.stringify(input.body);
  const { verb, orderNo, method, path } = input;
  const headers = signedHeaders(context, { method, path, body, sentAt });
  const origin = context.account.endpoints.base ?? '';
  const wire = { origin, method, path, headers, body };
  return await exchange(context, { verb, orderNo, wire, sentAt, judge: judgement });
}

/** What every request of v3 carries. */
export function signedHeaders(
  context: ChannelContext,
  input: { method: 'GET' | 'POST'; path: string; body: string; sentAt: Date },
): Record<string, string> {
  const { account, credentials, signingKey } = context;
  const request = {
    method: input.method,
    path: input.path,
    timestamp: String(Math.floor(input.sentAt.getTime() / 1000)),
    nonce: newNonce(),
    body: input.body,
  };
  const serial = (credentials.merchantSerial ?? '').toUpperCase();
  const headers: Record<string, string> = {
    authorization: authorization(request, { mchId: account.mchId, serial, key: signingKey }),
    accept: 'application/json',
    'user-agent': 'wuye-pay/1.0',
  };
  if (input.body !== '') headers['content-type'] = 'application/json';
  // Asks for a reply under the public key; without it the platform certificate signs.
  const { publicKeyId } = credentials;
  if (account.mode === 'public-key' && publicKeyId) headers['wechatpay-serial'] = publicKeyId;
  return headers;
}

async function judge(context: ChannelContext, answer: WireAnswer): Promise<Reply> {
  if (answer.status >= 400 && answer.status < 500) return readRefusal(answer);
  if (answer.status < 200 || answer.status > 299) return unknown(`status ${answer.status}`);
  const verdict = await verifySigned(answer, {
    now: context.clock.now(),
    findKey: context.findKey,
  });
  if (!verdict.authentic) return unknown(`not verified: ${verdict.reason}`);
  // Accepted, to be asked again: not a result.
  if (answer.status === 202) return unknown('status 202');
  return { kind: 'verified', status: answer.status, body: answer.body.toString('utf8') };
}

export function readRefusal(answer: WireAnswer): V3Refusal | Unknown {
  const wire = asRecord(parseJson(answer.body.toString('utf8')));
  const code = textOf(wire?.code);
  if (!code) return unknown(`status ${answer.status} without a code`);
  const requestId = header(answer.headers, 'request-id') ?? '';
  return {
    kind: 'refusal',
    status: answer.status,
    code,
    message: textOf(wire?.message) ?? '',
    errorNo: Number(/-(\d+)$/.exec(requestId)?.[1] ?? 0),
  };
}
