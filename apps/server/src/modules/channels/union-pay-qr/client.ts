import { createHash, randomBytes } from 'node:crypto';
import type { ChannelContext, Message } from '../channel.ts';
import { readFlatXml, writeFlatXml } from '../flat-xml.ts';
import { fileLimits, send, type WireAnswer, whyNoAnswer } from '../transport.ts';
import { masked } from './mask.ts';
import { type Fields, isSignedWith, signatureOf } from './sign.ts';

export interface Call {
  readonly verb:
    | 'prepay'
    | 'query'
    | 'close'
    | 'reverse'
    | 'refund'
    | 'refund-query'
    | 'statement'
    | 'login'
    | 'test';
  /** The gateway has one address; this names the interface. */
  readonly service: string;
  readonly orderNo?: string;
  readonly fields: Fields;
}

/**
 * What came of a call. Only `verified` may be believed: signed with our key, to our merchant and
 * about our order; `failure` then is the gateway's own no. A `refusal` is an unsigned one.
 */
export type Reply =
  | { readonly kind: 'verified'; readonly fields: Fields; readonly failure?: Failure }
  | ({ readonly kind: 'refusal' } & Failure)
  | { readonly kind: 'unknown'; readonly reason: string; readonly isUnverified?: true };

export interface Failure {
  readonly code: string;
  readonly message: string;
}

export async function call(context: ChannelContext, input: Call): Promise<Reply> {
  const { reply } = await exchange(context, input, (text) => judge(context, input, text));
  return reply;
}

/** A bill is plain text when it is there; an answer in XML says why it is not. */
export async function download(
  context: ChannelContext,
  input: Call,
): Promise<Reply | { readonly kind: 'file'; readonly file: Buffer }> {
  const { reply, answer } = await exchange(context, input, (text) => judge(context, input, text));
  const text = answer?.status === 200 ? answer.body.toString('utf8').trimStart() : '';
  const isFile = text !== '' && !text.startsWith('<');
  return isFile && answer ? { kind: 'file', file: answer.body } : reply;
}

async function exchange(
  context: ChannelContext,
  input: Call,
  judgement: (text: string) => Reply,
): Promise<{ readonly reply: Reply; readonly answer: WireAnswer | undefined }> {
  const sentAt = context.clock.now();
  const startedMs = performance.now();
  const request = signed(context, input);
  let answer: WireAnswer | undefined;
  let reply: Reply;
  try {
    const { origin, pathname } = new URL(context.account.endpoints.gateway ?? '');
    answer = await send({
      origin,
      method: 'POST',
      path: pathname,
      headers: { 'content-type': 'text/xml;charset=UTF-8', 'user-agent': 'wuye-pay/1.0' },
      body: writeFlatXml(request),
      ...(input.verb === 'statement' && { limits: fileLimits }),
    });
    reply =
      answer.status === 200
        ? judgement(answer.body.toString('utf8'))
        : { kind: 'unknown', reason: `status ${answer.status}` };
  } catch (error) {
    reply = { kind: 'unknown', reason: `no answer: ${whyNoAnswer(error)}` };
  }
  await context.record(recordOf(input, { request, answer, reply, sentAt, startedMs }));
  return { reply, answer };
}

function signed({ account, credentials }: ChannelContext, { service, fields }: Call): Fields {
  const request = {
    service,
    version: '2.0',
    charset: 'UTF-8',
    sign_type: 'MD5',
    mch_id: account.mchId,
    ...fields,
    nonce_str: randomBytes(16).toString('hex'),
  };
  return { ...request, sign: signatureOf(request, credentials.md5Key ?? '') };
}

/** The keys that count: of now, and while a rotation lasts, of before. */
export function isAuthentic(context: ChannelContext, fields: Fields): boolean {
  const keys = [context.credentials.md5Key, context.previousCredentials?.md5Key];
  return keys.some((key) => isSignedWith(fields, key ?? ''));
}

function judge(context: ChannelContext, input: Call, text: string): Reply {
  const fields = readFlatXml(text);
  if (!fields?.status) return { kind: 'unknown', reason: 'the answer is not a reply' };
  if (!isAuthentic(context, fields)) {
    // Failures of the transport carry no signature.
    if (fields.status !== '0' && fields.sign === undefined) {
      return { kind: 'refusal', ...failureOf(fields, fields.status) };
    }
    return { kind: 'unknown', reason: 'not verified', isUnverified: true };
  }
  if (fields.mch_id !== undefined && fields.mch_id !== context.account.mchId) {
    return { kind: 'unknown', reason: 'the answer has another mch_id' };
  }
  const asked = input.fields.out_trade_no;
  if (asked && fields.out_trade_no && fields.out_trade_no !== asked) {
    return { kind: 'unknown', reason: 'the answer has another out_trade_no' };
  }
  if (fields.status === '0' && fields.result_code === '0') return { kind: 'verified', fields };
  return { kind: 'verified', fields, failure: failureOf(fields, fields.result_code ?? '') };
}

function failureOf(fields: Fields, otherwise: string): Failure {
  return {
    code: fields.err_code || fields.code || otherwise,
    message: fields.err_msg || fields.message || '',
  };
}

function recordOf(
  input: Call,
  facts: {
    readonly request: Fields;
    readonly answer: WireAnswer | undefined;
    readonly reply: Reply;
    readonly sentAt: Date;
    readonly startedMs: number;
  },
): Message {
  const { answer, reply } = facts;
  const fields = readFlatXml(answer?.body.toString('utf8') ?? '');
  const said = fields ? masked(fields) : sizeOf(answer?.body ?? Buffer.alloc(0));
  return {
    verb: input.verb,
    orderNo: input.orderNo ?? null,
    request: masked(facts.request),
    response: reply.kind === 'unknown' ? `${reply.reason}\n${said}` : said,
    status: answer?.status ?? null,
    outcome: outcomeOf(reply),
    durationMs: Math.round(performance.now() - facts.startedMs),
    sentAt: facts.sentAt,
  };
}

/** A bill names payers: what is kept of it is what proves which one it was. */
function sizeOf(body: Buffer): string {
  return `${body.length} bytes, SHA-256 ${createHash('sha256').update(body).digest('hex')}`;
}

function outcomeOf(reply: Reply): Message['outcome'] {
  if (reply.kind === 'refusal') return 'refused';
  return reply.kind;
}
