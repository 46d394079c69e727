import type { Deps } from '../deps.ts';
import type { NotifyFault, Taken } from '../faults.ts';
import { plainHeaders } from '../request-log.ts';
import { writeNotification } from './notification.ts';
import { type Merchant, type Notification, type Order, orderKey } from './records.ts';

/** What the merchant answered to one notification; status 0 when it did not answer. */
export type Delivery = { status: number; answer: string; isAcknowledged: boolean };

type Subject = { merchant: Merchant; order: Order; notification: Notification };

/** Characters of an answer that are of interest. */
const ANSWER_KEPT = 4_096;
const COPIES = 2;

/** One attempt. Some faults make several messages of it, or none. */
export async function deliver(
  deps: Deps,
  notification: Notification,
  fault: Taken<NotifyFault> | undefined,
): Promise<Delivery[]> {
  const merchant = deps.records.merchants.get(notification.mchid);
  const order = deps.records.orders.get(orderKey(notification.mchid, notification.outTradeNo));
  if (merchant === undefined || order === undefined) return [];
  const subject = { merchant, order, notification };
  switch (fault?.fault) {
    case 'lost':
      return [logLost(deps, subject)];
    case 'duplicate':
      return inTurn(deps, subject, fault.copies ?? COPIES);
    case 'duplicate-parallel': {
      const copies = Array.from({ length: fault.copies ?? COPIES });
      return Promise.all(copies.map(() => send(deps, subject, fault)));
    }
    case 'signature-probe': {
      const probe = await send(deps, subject, fault);
      // Whatever the merchant made of the probe, a correct notification follows.
      return [{ ...probe, isAcknowledged: false }, await send(deps, subject, undefined)];
    }
    case undefined:
      return inTurn(deps, subject, notification.copies);
    default:
      return [await send(deps, subject, fault)];
  }
}

async function inTurn(deps: Deps, subject: Subject, copies: number): Promise<Delivery[]> {
  const sent: Delivery[] = [];
  for (let copy = 0; copy < copies; copy += 1) sent.push(await send(deps, subject, undefined));
  return sent;
}

async function send(
  deps: Deps,
  subject: Subject,
  fault: Taken<NotifyFault> | undefined,
): Promise<Delivery> {
  const { headers, body } = writeNotification(deps, subject, fault);
  const startedAt = Date.now();
  const answer = await post(subject.order.notifyUrl, headers, body, deps.answerTimeoutMs);
  deps.log.add({
    at: deps.clock.now(),
    direction: 'out',
    method: 'POST',
    path: subject.order.notifyUrl,
    status: answer.status,
    outTradeNo: subject.order.outTradeNo,
    signature: headers['wechatpay-serial'] ?? '',
    fault: fault?.fault ?? null,
    durationMs: Date.now() - startedAt,
    requestHeaders: headers,
    requestBody: body,
    responseHeaders: answer.headers,
    responseBody: answer.text,
  });
  const isAcknowledged = answer.status === 200 || answer.status === 204;
  return { status: answer.status, answer: answer.text, isAcknowledged };
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

function logLost(deps: Deps, { order }: Subject): Delivery {
  deps.log.add({
    at: deps.clock.now(),
    direction: 'out',
    method: 'POST',
    path: order.notifyUrl,
    status: 0,
    outTradeNo: order.outTradeNo,
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
