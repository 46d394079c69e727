import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { AnswerFault, Taken } from '../faults.ts';

export type Answer = { status: number; body: string; headers: Record<string, string> };
/** `null` instead of an answer: the line goes dead, at once or after a long silence. */
export type Played = { answer: Answer | null; silentMs?: number };

export type Scene = {
  fault: Taken<AnswerFault> | undefined;
  /** Carries the call out and answers, spoilt as the fault says. */
  run(): Promise<Answer>;
  /** The answer of a gateway that is too busy; nothing is carried out. */
  busy(): Promise<Answer>;
  /** Lets the payer of the order pay, whatever its state. */
  payNow(): Promise<void>;
  isPrepay: boolean;
};

/** How long an unanswered call is held open; longer than any client should wait. */
const SILENCE_MS = 60_000;
const DELAY_MS = 3_000;

/** Runs a call as the fault wants it. */
export async function play({ fault, run, busy, payNow, isPrepay }: Scene): Promise<Played> {
  const silentMs = fault?.delayMs ?? SILENCE_MS;
  switch (fault?.fault) {
    case 'server-error':
      return { answer: bare(500) };
    case 'unavailable':
      return { answer: bare(503) };
    case 'rate-limited':
      return { answer: await busy() };
    case 'server-error-after':
      await run();
      return { answer: bare(500) };
    case 'timeout-before':
      return { answer: null, silentMs };
    case 'timeout-after':
      await run();
      return { answer: null, silentMs };
    case 'connection-lost-before':
      return { answer: null };
    case 'connection-lost-after':
      await run();
      return { answer: null };
    case 'delay':
      await sleep(fault.delayMs ?? DELAY_MS, undefined, { ref: false });
      return { answer: await run() };
    case 'paid-before-answer': {
      if (!isPrepay) await payNow();
      const answer = await run();
      if (isPrepay) await payNow();
      return { answer };
    }
    case 'unparsable':
      return { answer: { ...(await run()), body: '<html>502 Bad Gateway' } };
    default:
      return { answer: await run() };
  }
}

/** Sends what was played; `whenSent` runs once the answer is on its way. */
export async function sendPlayed(
  reply: FastifyReply,
  played: Played,
  whenSent?: () => Promise<void>,
): Promise<FastifyReply> {
  if (played.answer === null) return cutOff(reply, played.silentMs ?? 0);
  if (whenSent !== undefined) {
    reply.raw.once('finish', () => {
      whenSent().catch((error: unknown) => {
        console.error('gateway-simulator: the late payment failed', error);
      });
    });
  }
  const { status, headers, body } = played.answer;
  return reply.code(status).headers(headers).send(body);
}

async function cutOff(reply: FastifyReply, silentMs: number): Promise<FastifyReply> {
  reply.hijack();
  if (silentMs > 0) await sleep(silentMs, undefined, { ref: false });
  reply.raw.destroy();
  return reply;
}

/** What stands in front of the gateway says so without a signature. */
function bare(status: number): Answer {
  return { status, body: '', headers: {} };
}
