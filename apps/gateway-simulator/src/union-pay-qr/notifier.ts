import { randomUUID } from 'node:crypto';
import { type Delivery, deliverBy, postMessage } from '../delivery.ts';
import type { NotifyFault, Taken } from '../faults.ts';
import { createNotifier, type Notifier } from '../notifier.ts';
import type { Deps, PayDeps } from './deps.ts';
import { keyOf, type Notification, type Order } from './records.ts';
import { signed } from './signed-message.ts';
import { paymentFields } from './trade-fields.ts';
import { type Fields, writeXml } from './xml.ts';

/** After each failed attempt; six attempts in all, as at the gateway. */
export const RETRY_GAPS_MS = [1, 2, 4, 5, 5].map((minutes) => minutes * 60_000);
const HUGE_BYTES = 2 * 1024 * 1024;
const XML_TYPE = { 'content-type': 'text/xml; charset=UTF-8' };

export function createQrNotifier(deps: Deps): Notifier<Notification> {
  return createNotifier<Notification>(deps, {
    channel: 'union-pay-qr',
    table: deps.records.notifications,
    gapsMs: RETRY_GAPS_MS,
    deliver: (event, fault) => deliver(deps, event, fault),
  });
}

/** Records that an order is paid and tells the merchant; resolves after the first attempt. */
export function announce(
  deps: PayDeps,
  order: Order,
  how: { withheld: boolean; copies: number },
): Promise<void> {
  return deps.notifier.announce(newEvent(deps, order, how));
}

/** The event of a paid order for extra copies of it. */
export function eventOf(deps: Deps, order: Order): Notification {
  const key = keyOf(order.mchid, order.outTradeNo);
  const found = deps.records.notifications.find((one) => one.orderKey === key);
  return found ?? newEvent(deps, order, { withheld: true, copies: 1 });
}

function newEvent(
  deps: Deps,
  order: Order,
  how: { withheld: boolean; copies: number },
): Notification {
  const isWithheld = how.withheld || order.notifyUrl === null;
  return {
    id: randomUUID(),
    orderKey: keyOf(order.mchid, order.outTradeNo),
    outTradeNo: order.outTradeNo,
    createdAt: deps.clock.now(),
    attempts: 0,
    dueAt: isWithheld ? null : deps.clock.scheduleNow(),
    outcome: isWithheld ? 'withheld' : 'pending',
    copies: how.copies,
  };
}

async function deliver(
  deps: Deps,
  event: Notification,
  fault: Taken<NotifyFault> | undefined,
): Promise<Delivery[]> {
  const order = deps.records.orders.get(event.orderKey);
  const merchant = deps.records.merchants.get(order?.mchid ?? '');
  const url = order?.notifyUrl ?? merchant?.lastNotifyUrl ?? null;
  if (order === undefined || merchant === undefined || url === null) return [];
  const { outTradeNo, copies } = event;
  return deliverBy(deps, {
    url,
    outTradeNo,
    copies,
    fault,
    send: (kind) => {
      const fields = changedFields({ ...paymentFields(order), ...SUCCESS }, kind);
      const body = writeXml(signed(fields, merchant.key, kind?.fault));
      const signature = kind?.fault ?? 'MD5';
      const message = { url, headers: XML_TYPE, body, outTradeNo, signature, fault: kind };
      return postMessage(deps, message, isAcknowledged);
    },
  });
}

const SUCCESS = { status: '0', result_code: '0', pay_result: '0' };

function isAcknowledged(status: number, answer: string): boolean {
  return status === 200 && answer.trim() === 'success';
}

/** What a fault changes before the message is signed. */
function changedFields(fields: Fields, fault: Taken<NotifyFault> | undefined): Fields {
  switch (fault?.fault) {
    case 'wrong-amount':
      return { ...fields, total_fee: `${fault.totalFen ?? Number(fields.total_fee) + 1}` };
    case 'wrong-merchant':
    case 'wrong-appid': // There are no apps here: the merchant is all there is.
      return { ...fields, mch_id: 'QRA000000000000' };
    case 'huge-body':
      return { ...fields, attach: 'x'.repeat(HUGE_BYTES) };
    default:
      return fields;
  }
}
