import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { AnswerFault, Taken } from '../faults.ts';
import { type PayDeps, payAnyhow } from './pay.ts';
import type { Order } from './records.ts';

/** How the gateway says that it did not take a call. */
export type Unwilling = 'system-error' | 'unavailable' | 'rate-limited';
/** `null` instead of an answer: the line goes dead, at once or after a long silence. */
export type Played<Answer> = { answer: Answer | null; silentMs?: number };

/** How long an unanswered call is held open; longer than any client should wait. */
const SILENCE_MS = 60_000;
const DELAY_MS = 3_000;

/** Runs a call as the fault wants it. */
export async function playFault<Answer>(
  deps: PayDeps,
  scene: {
    fault: Taken<AnswerFault> | undefined;
    /** Does this call place the order? Then it must run before anybody can pay. */
    isPrepay: boolean;
    order(): Order | undefined;
    run(): Answer;
    refuse(how: Unwilling): Answer;
  },
): Promise<Played<Answer>> {
  const { fault, run, refuse } = scene;
  const silentMs = fault?.delayMs ?? SILENCE_MS;
  const payNow = async () => {
    const found = scene.order();
    if (found !== undefined) await payAnyhow(deps, found);
  };
  switch (fault?.fault) {
    case 'server-error':
      return { answer: refuse('system-error') };
    case 'unavailable':
      return { answer: refuse('unavailable') };
    case 'rate-limited':
      return { answer: refuse('rate-limited') };
    case 'rate-limited-after':
      run();
      return { answer: refuse('rate-limited') };
    case 'server-error-after':
      run();
      return { answer: refuse('system-error') };
    case 'timeout-before':
      return { answer: null, silentMs };
    case 'timeout-after':
      run();
      return { answer: null, silentMs };
    case 'connection-lost-before':
      return { answer: null };
    case 'connection-lost-after':
      run();
      return { answer: null };
    case 'delay':
      await sleep(fault.delayMs ?? DELAY_MS, undefined, { ref: false });
      return { answer: run() };
    case 'paid-before-answer': {
      if (!scene.isPrepay) await payNow();
      const answer = run();
      if (scene.isPrepay) await payNow();
      return { answer };
    }
    default: // What spoils the answer itself, and what the call looks at.
      return { answer: run() };
  }
}

/** Ends a call without an answer. */
export async function cutOff(reply: FastifyReply, silentMs: number): Promise<FastifyReply> {
  reply.hijack();
  if (silentMs > 0) await sleep(silentMs, undefined, { ref: false });
  reply.raw.destroy();
  return reply;
}

/** Lets the payer pay as soon as the answer is out. */
export function payWhenSent(deps: PayDeps, reply: FastifyReply, order: Order | undefined): void {
  if (order === undefined) return;
  reply.raw.once('finish', () => {
    payAnyhow(deps, order).catch((error: unknown) => {
      console.error('gateway-simulator: the late payment failed', error);
    });
  });
}
