import type { ChannelContext, Message } from '../channel.ts';
import { send, type WireAnswer, type WireRequest, whyNoAnswer } from '../transport.ts';
import { masked } from './mask.ts';

export interface Unknown {
  readonly kind: 'unknown';
  readonly reason: string;
}

/** A clear no with a code, but without a signature. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly code: string;
  readonly message: string;
}

export interface Exchange<Reply> {
  readonly verb: string;
  readonly orderNo?: string | undefined;
  readonly wire: WireRequest;
  readonly sentAt: Date;
  /** Decides what may be believed. */
  readonly judge: (answer: WireAnswer) => Promise<Reply>;
  /** What is kept of the answer, where it is no text. */
  readonly describe?: (answer: WireAnswer) => string;
}

/** One request, judged by its answer; a masked record of both is kept. */
export async function exchange<Reply extends { readonly kind: string }>(
  context: ChannelContext,
  input: Exchange<Reply>,
): Promise<Reply | Unknown> {
  const startedMs = performance.now();
  let answer: WireAnswer | undefined;
  let reply: Reply | Unknown;
  try {
    answer = await send(input.wire);
    reply = await input.judge(answer);
  } catch (error) {
    reply = unknown(`no answer: ${whyNoAnswer(error)}`);
  }
  const durationMs = Math.round(performance.now() - startedMs);
  await context.record(recordOf(input, answer, { reply, durationMs }));
  return reply;
}

export function unknown(reason: string): Unknown {
  return { kind: 'unknown', reason };
}

const outcomes: Readonly<Record<string, Message['outcome']>> = {
  unknown: 'unknown',
  refusal: 'refused',
};

function recordOf(
  input: Pick<Exchange<never>, 'verb' | 'orderNo' | 'wire' | 'sentAt' | 'describe'>,
  answer: WireAnswer | undefined,
  { reply, durationMs }: { reply: { kind: string } | Unknown; durationMs: number },
): Message {
  const describe = input.describe ?? (({ body }: WireAnswer) => masked(body.toString('utf8')));
  const said = answer ? describe(answer) : '';
  return {
    verb: input.verb,
    orderNo: input.orderNo ?? null,
    request: masked(`${input.wire.method} ${input.wire.path}\n${input.wire.body}`),
    response: 'reason' in reply ? `${reply.reason}\n${said}` : said,
    status: answer?.status ?? null,
    outcome: outcomes[reply.kind] ?? 'verified',
    durationMs,
    sentAt: input.sentAt,
  };
}
