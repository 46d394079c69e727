import type { ChannelContext, Message } from '../channel.ts';
import { send, type WireAnswer } from '../transport.ts';
import { asRecord, parseJson, textOf } from './json.ts';
import { masked } from './mask.ts';
import { authorization, newNonce } from './sign.ts';
import { header, verifySigned } from './verify.ts';

export interface Call {
  readonly verb: 'prepay' | 'query' | 'close' | 'certificates' | 'test';
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly orderNo?: string;
  readonly body?: object;
}

/**
 * What came of a call. Only `verified` may be believed: its signature, serial and time were
 * checked over the raw bytes. A `refusal` is an unsigned 4xx with a code. All else is `unknown`.
 */
export type Reply =
  | { readonly kind: 'verified'; readonly status: number; readonly body: string }
  | {
      readonly kind: 'refusal';
      readonly status: number;
      readonly code: string;
      readonly message: string;
      /** The channel's own error number, from the end of its Request-ID. */
      readonly errorNo: number;
    }
  | { readonly kind: 'unknown'; readonly reason: string };

export async function call(context: ChannelContext, input: Call): Promise<Reply> {
  return await exchange(context, input, (answer) => judge(context, answer));
}

/** Signs and sends, lets `judgement` decide what to believe, and keeps a masked record. */
export async function exchange(
  context: ChannelContext,
  input: Call,
  judgement: (answer: WireAnswer) => Promise<Reply>,
): Promise<Reply> {
  const sentAt = context.clock.now();
  // Serialised once: these bytes are signed and sent.
  const body = input.body === undefined ? '' : JSON.stringify(input.body);
  const startedMs = performance.now();
  let answer: WireAnswer | undefined;
  let reply: Reply;
  try {
    answer = await send({
      origin: context.account.endpoints.base ?? '',
      method: input.method,
      path: input.path,
      headers: signedHeaders(context, { ...input, body, sentAt }),
      body,
    });
    reply = await judgement(answer);
  } catch (error) {
    reply = { kind: 'unknown', reason: `no answer: ${reasonOf(error)}` };
  }
  await context.record(recordOf(input, { body, sentAt, startedMs, answer, reply }));
  return reply;
}

function signedHeaders(
  context: ChannelContext,
  input: Omit<Call, 'body'> & { body: string; sentAt: Date },
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

export function readRefusal(answer: WireAnswer): Reply {
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

export function unknown(reason: string): Reply {
  return { kind: 'unknown', reason };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as NodeJS.ErrnoException).code;
  return error.name === 'AbortError' || error.name === 'TimeoutError'
    ? 'time-out'
    : (code ?? error.message);
}

function recordOf(
  input: Call,
  facts: {
    body: string;
    sentAt: Date;
    startedMs: number;
    answer: WireAnswer | undefined;
    reply: Reply;
  },
): Message {
  const { answer, reply } = facts;
  const outcome = reply.kind === 'refusal' ? 'refused' : reply.kind;
  const said = answer ? masked(answer.body.toString('utf8')) : '';
  return {
    verb: input.verb,
    orderNo: input.orderNo ?? null,
    request: masked(`${input.method} ${input.path}\n${facts.body}`),
    response: reply.kind === 'unknown' ? `${reply.reason}\n${said}` : said,
    status: answer?.status ?? null,
    outcome,
    durationMs: Math.round(performance.now() - facts.startedMs),
    sentAt: facts.sentAt,
  };
}
