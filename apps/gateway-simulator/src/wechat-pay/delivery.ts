import { type Delivery, deliverBy, postMessage } from '../delivery.ts';
import type { NotifyFault, Taken } from '../faults.ts';
import type { Deps } from './deps.ts';
import { paymentTidings, refundTidings, type Tidings, writeNotification } from './notification.ts';
import { actingMerchant, type Notification, orderKey } from './records.ts';
import type { Subject } from './subject.ts';
import { v2Subject } from './v2/notification.ts';

/** One attempt. Some faults make several messages of it, or none. */
export async function deliver(
  deps: Deps,
  notification: Notification,
  fault: Taken<NotifyFault> | undefined,
): Promise<Delivery[]> {
  const subject = subjectOf(deps, notification);
  if (subject === undefined) return [];
  const { url, write, isAcknowledged } = subject;
  const { outTradeNo } = notification;
  return deliverBy(deps, {
    url,
    outTradeNo,
    copies: notification.copies,
    fault,
    send: (spoiling) => {
      const written = write(spoiling);
      const signature = written.headers['wechatpay-serial'] ?? '';
      const message = { ...written, url, outTradeNo, signature, fault: spoiling };
      return postMessage(deps, message, isAcknowledged);
    },
  });
}

function subjectOf(deps: Deps, notification: Notification): Subject | undefined {
  const { records } = deps;
  const order = records.orders.get(orderKey(notification.mchid, notification.outTradeNo));
  if (notification.kind?.startsWith('v2-')) return v2Subject(deps, notification);
  if (order === undefined) return undefined;
  if (notification.kind !== 'refund') {
    return v3Subject(deps, notification, order.notifyUrl, paymentTidings(order));
  }
  const refund = records.refunds.get(orderKey(order.mchid, notification.outRefundNo ?? ''));
  if (refund?.notifyUrl == null) return undefined;
  return v3Subject(deps, notification, refund.notifyUrl, refundTidings(order, refund));
}

function v3Subject(
  deps: Deps,
  notification: Notification,
  url: string,
  tidings: Tidings,
): Subject | undefined {
  const order = deps.records.orders.get(orderKey(notification.mchid, notification.outTradeNo));
  const acting = order && actingMerchant(deps.records, order);
  if (acting === undefined) return undefined;
  return {
    url,
    // Read anew for every message: the share of keys counts them.
    write: (fault) => {
      const merchant = deps.records.merchants.get(acting.mchid) ?? acting;
      return writeNotification(deps, { merchant, notification, tidings }, fault);
    },
    isAcknowledged: (status) => status === 200 || status === 204,
  };
}
