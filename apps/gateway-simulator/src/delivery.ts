import type { CoreDeps } from './deps.ts';
import type { NotifyFault, Taken } from './faults.ts';
import { plainHeaders } from './request-log.ts';

/** What the merchant answered to one notification; status 0 when it did not answer. */
export type Delivery = { status: number; answer: string; isAcknowledged: boolean };

/** One message as it goes over the wire. */
export type OutgoingMessage = {
  url: string;
  headers: Record<string, string>;
  body: string;
  outTradeNo: string;
  /** What the log says of our signature. */
  signature: string;
  fault: Taken<NotifyFault> | undefined;
};

/** Characters of an answer that are of interest. */
const ANSWER_KEPT = 4_096;
const COPIES = 2;

/**
 * One attempt, of which some faults make several messages or none.
 * @param send sends one message, spoilt as the fault says
 * @param url where it would go, for the log of a lost one
 */
export async function deliverBy(
  deps: Pick<CoreDeps, 'clock' | 'log'>,
  attempt: {
    url: string;
    outTradeNo: string;
    copies: number;
    fault: Taken<NotifyFault> | undefined;
    send(fault: Taken<NotifyFault> | undefined): Promise<Delivery>;
  },
): Promise<Delivery[]> {
  const { fault, send } = attempt;
  switch (fault?.fault) {
    case 'lost':
      return [logLost(deps, attempt)];
    case 'duplicate':
      return inTurn(send, fault.copies ?? COPIES);
    case 'duplicate-parallel': {
      const copies = Array.from({ length: fault.copies ?? COPIES });
      return Promise.all(copies.map(() => send(fault)));
    }
    case 'signature-probe': {
      const probe = await send(fault);
      // Whatever the merchant made of the probe, a correct notification follows.
      return [{ ...probe, isAcknowledged: false }, await send(undefined)];
    }
    case undefined:
      return inTurn(send, attempt.copies);
    default:
      return [await send(fault)];
  }
}

/** Posts a message and logs the exchange. `isAcknowledged` judges status and answer. */
export async function postMessage(
  deps: Pick<CoreDeps, 'clock' | 'log' | 'answerTimeoutMs'>,
  message: OutgoingMessage,
  isAcknowledged: (status: number, answer: string) => boolean,
): Promise<Delivery> {
  const { url, headers, body, outTradeNo, signature, fault } = message;
  const startedAt = Date.now();
  const answer = await post(url, headers, body, deps.answerTimeoutMs);
  deps.log.add({
    at: deps.clock.now(),
    direction: 'out',
    method: 'POST',
    path: url,
    status: answer.status,
    outTradeNo,
    signature,
    fault: fault?.fault ?? null,
    durationMs: Date.now() - startedAt,
    requestHeaders: headers,
    requestBody: body,
    responseHeaders: answer.headers,
    responseBody: answer.text,
  });
  const { status, text } = answer;
  return { status, answer: text, isAcknowledged: isAcknowledged(status, text) };
}

async function inTurn(
  send: (fault: undefined) => Promise<Delivery>,
  copies: number,
): Promise<Delivery[]> {
  const sent: Delivery[] = [];
  for (let copy = 0; copy < copies; copy += 1) sent.push(await send(undefined));
  return sent;
}

async function post(url: string, headers: Record<string, string>, body: string, timeMs: number) {
  try {
    const signal = AbortSignal.timeout(timeMs);
    const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    const text = (await answer.text()).slice(0, ANSWER_KEPT);
    const answered = plainHeaders(Object.fromEntries(answer.headers));
    return { status: answer.status, headers: answered, text };
  } catch (error) {
    // The merchant is down, slow or cut the line: for the schedule that is all the same.
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { status: 0, headers: {}, text: reason };
  }
}

function logLost(
  deps: Pick<CoreDeps, 'clock' | 'log'>,
  { url, outTradeNo }: { url: string; outTradeNo: string },
): Delivery {
  deps.log.add({
    at: deps.clock.now(),
    direction: 'out',
    method: 'POST',
    path: url,
    status: 0,
    outTradeNo,
    signature: '',
    fault: 'lost',
    durationMs: 0,
    requestHeaders: {},
    requestBody: '',
    responseHeaders: {},
    responseBody: '',
  });
  return { status: 0, answer: '', isAcknowledged: false };
}
