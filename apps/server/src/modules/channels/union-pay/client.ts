import type { ChannelContext, Message } from '../channel.ts';
import { fileLimits, send, type WireAnswer, whyNoAnswer } from '../transport.ts';
import { classOf } from './codes.ts';
import { encodeForm, type Fields, readReply } from './fields.ts';
import { masked } from './mask.ts';
import { signed } from './signer.ts';
import { verifyFields } from './verify.ts';

export interface Call {
  readonly verb: 'prepay' | 'query' | 'close' | 'refund' | 'refund-query' | 'statement' | 'test';
  readonly orderNo?: string;
  readonly fields: Fields;
}

/**
 * What came of a call. Only `verified` may be believed: signed by UnionPay, to our merchant and
 * about our order. A `refusal` is an unsigned failure with a code. All else is `unknown`.
 */
export type Reply =
  | { readonly kind: 'verified'; readonly fields: Fields; readonly code: string }
  | { readonly kind: 'refusal'; readonly code: string; readonly message: string }
  | { readonly kind: 'unknown'; readonly reason: string; readonly isUnverified?: true };

/** Interfaces of the gateway by the last part of their address. */
export type Interface = 'appTransReq' | 'backTransReq' | 'queryTrans';

export async function call(context: ChannelContext, name: Interface, input: Call): Promise<Reply> {
  const url = `${context.account.endpoints.gateway}/gateway/api/${name}.do`;
  return await exchange(context, url, input);
}

/** Files are large, and nobody waits for them. */
export async function callFileHost(context: ChannelContext, input: Call): Promise<Reply> {
  return await exchange(context, context.account.endpoints.file ?? '', input, fileLimits);
}

async function exchange(
  context: ChannelContext,
  url: string,
  input: Call,
  limits?: typeof fileLimits,
): Promise<Reply> {
  const sentAt = context.clock.now();
  const startedMs = performance.now();
  const request = signed(context, input.fields);
  let answer: WireAnswer | undefined;
  let reply: Reply;
  try {
    const { origin, pathname } = new URL(url);
    answer = await send({
      origin,
      method: 'POST',
      path: pathname,
      headers: {
        'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
        'user-agent': 'wuye-pay/1.0',
      },
      body: encodeForm(request),
      ...(limits && { limits }),
    });
    reply = judge(context, request, answer);
  } catch (error) {
    reply = { kind: 'unknown', reason: `no answer: ${whyNoAnswer(error)}` };
  }
  await context.record(recordOf(input, { url, request, answer, reply, sentAt, startedMs }));
  return reply;
}

function judge(context: ChannelContext, request: Fields, answer: WireAnswer): Reply {
  if (answer.status !== 200) return { kind: 'unknown', reason: `status ${answer.status}` };
  const fields = readReply(answer.body.toString('utf8'));
  if (!fields?.respCode) return { kind: 'unknown', reason: 'the answer is not a reply' };
  const code = fields.respCode;
  const verdict = verifyFields(context, fields);
  if (!verdict.authentic) {
    if (fields.signature === undefined && classOf(code) === 'failed') {
      return { kind: 'refusal', code, message: fields.respMsg ?? '' };
    }
    return { kind: 'unknown', reason: `not verified: ${verdict.reason}`, isUnverified: true };
  }
  const foreign = foreignField(request, fields);
  if (foreign) return { kind: 'unknown', reason: `the answer has another ${foreign}` };
  return { kind: 'verified', fields, code };
}

/** What a reply repeats of its request must be the same; it may leave out what failed early. */
function foreignField(request: Fields, reply: Fields): string | undefined {
  if (reply.merId !== request.merId) return 'merId';
  return ['orderId', 'txnTime', 'txnType', 'settleDate'].find((name) => {
    // A query's reply tells the type of the query on some gateways, of the trade on others.
    if (name === 'txnType' && request.txnType === '00') return false;
    if (name === 'settleDate' && request.txnType !== '76') return false;
    return reply[name] !== undefined && reply[name] !== request[name];
  });
}

function recordOf(
  input: Call,
  facts: {
    readonly url: string;
    readonly request: Fields;
    readonly answer: WireAnswer | undefined;
    readonly reply: Reply;
    readonly sentAt: Date;
    readonly startedMs: number;
  },
): Message {
  const { answer, reply } = facts;
  const text = answer?.body.toString('utf8') ?? '';
  const said = masked(readReply(text) ?? { body: text });
  return {
    verb: input.verb,
    orderNo: input.orderNo ?? null,
    request: `POST ${new URL(facts.url).pathname}\n${masked(facts.request)}`,
    response: reply.kind === 'unknown' ? `${reply.reason}\n${said}` : said,
    status: answer?.status ?? null,
    outcome: outcomeOf(reply),
    durationMs: Math.round(performance.now() - facts.startedMs),
    sentAt: facts.sentAt,
  };
}

function outcomeOf(reply: Reply): Message['outcome'] {
  return reply.kind === 'refusal' ? 'refused' : reply.kind;
}
