import type { ChannelContext, Message } from '../channel.ts';
import { send, type WireAnswer, whyNoAnswer } from '../transport.ts';
import { masked } from './mask.ts';
import { type Reply, readReply, unknown } from './reply.ts';
import { type Call, signedParameters, splitParameters } from './request.ts';

export interface ServerCall extends Call {
  readonly verb: string;
  readonly orderNo?: string;
}

/** Signs and sends one call, says what may be believed of its answer, keeps a masked record. */
export async function call(
  context: ChannelContext,
  input: ServerCall,
  read: typeof readReply = readReply,
): Promise<Reply> {
  const sentAt = context.clock.now();
  const startedMs = performance.now();
  let answer: WireAnswer | undefined;
  let reply: Reply;
  try {
    answer = await post(context, input);
    const body = answer.body.toString('utf8');
    reply =
      answer.status === 200
        ? await read(context, input.method, body)
        : unknown(`status ${answer.status}`);
  } catch (error) {
    reply = unknown(`no answer: ${whyNoAnswer(error)}`);
  }
  await context.record(recordOf(input, { sentAt, startedMs, answer, reply }));
  return reply;
}

async function post(context: ChannelContext, input: Call): Promise<WireAnswer> {
  const gateway = new URL(context.account.endpoints.gateway ?? '');
  const { query, body } = splitParameters(signedParameters(context, input));
  return await send({
    origin: gateway.origin,
    method: 'POST',
    path: `${gateway.pathname}?${query}`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded;charset=utf-8',
      accept: 'application/json',
      'user-agent': 'wuye-pay/1.0',
    },
    body,
  });
}

function recordOf(
  input: ServerCall,
  facts: { sentAt: Date; startedMs: number; answer: WireAnswer | undefined; reply: Reply },
): Message {
  const { answer, reply } = facts;
  const outcomes = { done: 'verified', refusal: 'refused', unknown: 'unknown' } as const;
  const said = answer ? masked(answer.body.toString('utf8')) : '';
  return {
    verb: input.verb,
    orderNo: input.orderNo ?? null,
    // Before it is sealed: whoever looks for a mistake needs the words.
    request: masked(`${input.method}\n${JSON.stringify(input.content ?? input.parameters ?? {})}`),
    response: reply.kind === 'unknown' ? `${reply.reason}\n${said}` : said,
    status: answer?.status ?? null,
    outcome: outcomes[reply.kind],
    durationMs: Math.round(performance.now() - facts.startedMs),
    sentAt: facts.sentAt,
  };
}
