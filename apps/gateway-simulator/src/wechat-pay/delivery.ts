import { type Delivery, deliverBy, postMessage } from '../delivery.ts';
import type { NotifyFault, Taken } from '../faults.ts';
import type { Deps } from './deps.ts';
import { writeNotification } from './notification.ts';
import { type Notification, orderKey } from './records.ts';

/** One attempt. Some faults make several messages of it, or none. */
export async function deliver(
  deps: Deps,
  notification: Notification,
  fault: Taken<NotifyFault> | undefined,
): Promise<Delivery[]> {
  const merchant = deps.records.merchants.get(notification.mchid);
  const order = deps.records.orders.get(orderKey(notification.mchid, notification.outTradeNo));
  if (merchant === undefined || order === undefined) return [];
  const { notifyUrl: url, outTradeNo } = order;
  return deliverBy(deps, {
    url,
    outTradeNo,
    copies: notification.copies,
    fault,
    send: (spoiling) => {
      const written = writeNotification(deps, { merchant, order, notification }, spoiling);
      const signature = written.headers['wechatpay-serial'] ?? '';
      const message = { ...written, url, outTradeNo, signature, fault: spoiling };
      return postMessage(deps, message, (status) => status === 200 || status === 204);
    },
  });
}
