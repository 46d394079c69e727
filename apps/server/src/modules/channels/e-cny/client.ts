import { createHash, randomBytes } from 'node:crypto';
import type { ChannelContext } from '../channel.ts';
import { asRecord, parseJson, textOf } from '../json.ts';
import { fileLimits, send, type WireAnswer, whyNoAnswer } from '../transport.ts';
import { doubtIn, signedHeaders } from './sign.ts';

export type Fields = Readonly<Record<string, unknown>>;

interface Call {
  readonly verb: 'prepay' | 'query' | 'close' | 'refund' | 'refund-query' | 'statement' | 'test';
  /** What follows the base of the interface, such as `orders/query`. */
  readonly service: string;
  readonly fields: Fields;
}

/** What came of a call: `done` and `refusal` are signed. The code of an unknown one is a hint. */
export type Reply =
  | { readonly kind: 'done'; readonly data: Fields }
  | { readonly kind: 'refusal'; readonly code: string; readonly message: string }
  | { readonly kind: 'unknown'; readonly reason: string; readonly code?: string };

/** Kept of each request and each answer. */
const maxCharacters = 4000;
/** Payers' wallets and codes, and what stands for the right to pay: four characters stay. */
const secretFields = /"(walletCode|walletId|payUrl|codeUrl)":"([^"]{0,4})[^"]*"/g;
const outcomes = { done: 'verified', refusal: 'refused', unknown: 'unknown' } as const;

/** Signs and sends one call, says what may be believed of its answer, keeps a masked record. */
export async function call(context: ChannelContext, input: Call): Promise<Reply> {
  const { verb, service, fields } = input;
  const [sentAt, startedMs] = [context.clock.now(), performance.now()];
  const { origin, pathname } = new URL(context.account.endpoints.base ?? '');
  const path = `${pathname}/${service}`;
  const body = JSON.stringify(fields);
  const nonce = randomBytes(16).toString('hex');
  const message = { kind: 'REQUEST', path, body: Buffer.from(body) } as const;
  const headers = { 'content-type': 'application/json', ...signedHeaders(context, message, nonce) };
  const limits = verb === 'statement' && { limits: fileLimits };
  let answer: WireAnswer | undefined;
  let reply: Reply;
  try {
    answer = await send({ origin, method: 'POST', path, headers, body, ...limits });
    reply = judge(context, answer, { path, nonce, fields });
  } catch (error) {
    reply = { kind: 'unknown', reason: `no answer: ${whyNoAnswer(error)}` };
  }
  await context.record({
    ...{ verb, sentAt, orderNo: textOf(fields.orderNo) ?? null },
    request: masked(`${service} ${body}`),
    response: masked(recordOf(verb, reply, answer?.body ?? Buffer.alloc(0))),
    status: answer?.status ?? null,
    outcome: outcomes[reply.kind],
    durationMs: Math.round(performance.now() - startedMs),
  });
  return reply;
}

function judge(
  context: ChannelContext,
  { status, headers, body }: WireAnswer,
  { path, nonce, fields }: { path: string; nonce: string; fields: Fields },
): Reply {
  const wire = asRecord(parseJson(body.toString('utf8')));
  const code = textOf(wire?.code) ?? '';
  const unknown = (reason: string) =>
    ({ kind: 'unknown', reason: `${status} ${code} ${reason}`, code }) as const;
  const doubt = doubtIn(context, headers, { kind: 'ANSWER', path, body }, nonce);
  if (doubt) return unknown(doubt);
  if (status !== 200 || code === '' || code === 'SYSTEM_BUSY') return unknown('unclear');
  if (code !== 'SUCCESS') return { kind: 'refusal', code, message: textOf(wire?.message) ?? '' };
  const data = asRecord(wire?.data) ?? {};
  const asked = ['orderNo', 'refundNo', 'day'].filter((name) => fields[name] !== undefined);
  const isAbout = asked.every((name) => data[name] === fields[name]);
  const isOurs = (data.merchantId ?? context.account.mchId) === context.account.mchId;
  return isAbout && isOurs ? { kind: 'done', data } : unknown('about something else');
}

/** A file may be long: what is kept of it proves which one it was. */
function recordOf(verb: Call['verb'], reply: Reply, body: Buffer): string {
  const hash = createHash('sha256').update(body).digest('hex');
  const said = verb === 'statement' ? `${body.length} bytes, SHA-256 ${hash}` : body.toString();
  const why = reply.kind === 'refusal' ? reply.code : reply.kind === 'unknown' && reply.reason;
  return why ? `${why}\n${said}` : said;
}

function masked(text: string): string {
  return text.replace(secretFields, '"$1":"$2…"').slice(0, maxCharacters);
}
