import { randomUUID } from 'node:crypto';
import { type Delivery, deliverBy, postMessage } from '../delivery.ts';
import type { NotifyFault, Taken } from '../faults.ts';
import { createNotifier, type Notifier } from '../notifier.ts';
import { type Fields, orderFields, refundFields, seconds } from './fields.ts';
import { type Deps, keyOf, type Notice, type Order, type PayDeps, type Refund } from './records.ts';
import { bankKeyOf, sealed } from './signature.ts';

/** After each failed attempt; five attempts in all. */
const RETRY_GAPS_MS = [15, 60, 300, 1800].map((gap) => gap * 1000);
const HUGE_BYTES = 2 * 1024 * 1024;

export function createEcnyNotifier(deps: Deps): Notifier<Notice> {
  return createNotifier<Notice>(deps, {
    channel: 'e-cny',
    table: deps.records.notices,
    gapsMs: RETRY_GAPS_MS,
    deliver: (notice, fault) => deliver(deps, notice, fault),
  });
}

/** Records that an order is paid and tells the merchant; resolves after the first attempt. */
export function announcePayment(
  deps: PayDeps,
  order: Order,
  how: { isWithheld: boolean; copies: number },
): Promise<void> {
  return deps.notifier.announce(newNotice(deps, order, null, how));
}

/** Tells how a refund ended, where its request asked for that. */
export async function announceRefund(deps: PayDeps, refund: Refund): Promise<void> {
  if (refund.notifyUrl === null) return;
  const how = { isWithheld: false, copies: 1 };
  const key = keyOf(refund.mchid, refund.outRefundNo);
  await deps.notifier.announce(newNotice(deps, refund, key, how));
}

/** The notice of a paid order for extra copies of it. */
export function noticeOf(deps: Deps, order: Order): Notice {
  const key = keyOf(order.mchid, order.outTradeNo);
  const isOfOrder = (one: Notice) => one.orderKey === key && one.refundKey === null;
  const how = { isWithheld: true, copies: 1 };
  return deps.records.notices.find(isOfOrder) ?? newNotice(deps, order, null, how);
}

function newNotice(
  deps: Deps,
  { mchid, outTradeNo }: { mchid: string; outTradeNo: string },
  refundKey: string | null,
  { isWithheld, copies }: { isWithheld: boolean; copies: number },
): Notice {
  return {
    id: randomUUID(),
    orderKey: keyOf(mchid, outTradeNo),
    refundKey,
    outTradeNo,
    createdAt: deps.clock.now(),
    attempts: 0,
    dueAt: isWithheld ? null : deps.clock.scheduleNow(),
    outcome: isWithheld ? 'withheld' : 'pending',
    copies,
  };
}

async function deliver(
  deps: Deps,
  notice: Notice,
  fault: Taken<NotifyFault> | undefined,
): Promise<Delivery[]> {
  const order = deps.records.orders.get(notice.orderKey);
  const refund = deps.records.refunds.get(notice.refundKey ?? '');
  const url = refund ? refund.notifyUrl : order?.notifyUrl;
  if (order === undefined || !url) return [];
  const { outTradeNo, copies } = notice;
  const bankKey = await bankKeyOf(deps.records);
  const send = (kind: Taken<NotifyFault> | undefined) => {
    const data = changedFields(refund ? refundFields(refund) : orderFields(order), kind);
    const type = refund ? 'REFUND' : 'PAYMENT';
    const content = { id: notice.id, type, time: seconds(notice.createdAt), data };
    const huge = kind?.fault === 'huge-body' ? { padding: 'x'.repeat(HUGE_BYTES) } : {};
    const body = JSON.stringify({ ...content, ...huge });
    const { pathname: path } = new URL(url);
    const atMs = deps.clock.now();
    const named = { kind: 'NOTICE', path, merchant: String(data.merchantId), atMs } as const;
    const message = sealed(bankKey, { ...named, nonce: randomUUID(), body }, kind?.fault);
    const signature = kind?.fault ?? bankKey.id;
    return postMessage(
      deps,
      { ...message, url, outTradeNo, signature, fault: kind },
      isAcknowledged,
    );
  };
  return deliverBy(deps, { url, outTradeNo, copies, fault, send });
}

/** Received is what is answered 200 with `{"code":"SUCCESS"}`. */
function isAcknowledged(status: number, answer: string): boolean {
  return status === 200 && /^\s*\{\s*"code"\s*:\s*"SUCCESS"\s*\}\s*$/.test(answer);
}

/** What a fault changes before the message is signed. */
function changedFields(fields: Fields, fault: Taken<NotifyFault> | undefined): Fields {
  switch (fault?.fault) {
    case 'wrong-amount':
      return { ...fields, amount: fault.totalFen ?? Number(fields.amount) + 1 };
    case 'wrong-merchant':
    case 'wrong-appid': // There are no apps here: the merchant is all there is.
      return { ...fields, merchantId: 'DC00000000' };
    default:
      return fields;
  }
}
