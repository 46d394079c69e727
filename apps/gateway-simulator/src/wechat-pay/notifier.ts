import { randomUUID } from 'node:crypto';
import type { Delivery } from '../delivery.ts';
import { createNotifier as createCoreNotifier, type ExtraCopies } from '../notifier.ts';
import { randomText } from './crypto.ts';
import { deliver } from './delivery.ts';
import type { Deps } from './deps.ts';
import { type Notification, type Order, orderKey } from './records.ts';

export type Notifier = {
  /** Records the event of a paid order and sends it; resolves when the first attempt is over. */
  announce(order: Order, how: { withheld: boolean; copies: number }): Promise<void>;
  sendDue(): Promise<void>;
  nextDueAt(): number | null;
  /** Sends extra copies at once, outside the schedule. */
  sendNow(order: Order, how: ExtraCopies): Promise<Delivery[]>;
  forget(): void;
};

/** Waiting times after each failed attempt, 24 h 4 min in all; then the event is given up. */
export const RETRY_GAPS_MS = [
  15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600,
].map((seconds) => seconds * 1000);

export function createNotifier(deps: Deps): Notifier {
  const core = createCoreNotifier<Notification>(deps, {
    channel: 'wechat-pay',
    table: deps.records.notifications,
    gapsMs: RETRY_GAPS_MS,
    deliver: (notification, fault) => deliver(deps, notification, fault),
  });
  return {
    announce: (order, { withheld, copies }) =>
      core.announce(newNotification(deps, order, withheld, copies)),
    sendDue: core.sendDue,
    nextDueAt: core.nextDueAt,
    sendNow: (order, how) => core.sendNow(notificationOf(deps, order), how),
    forget: core.forget,
  };
}

function notificationOf(deps: Deps, order: Order): Notification {
  const key = orderKey(order.mchid, order.outTradeNo);
  const found = deps.records.notifications.find(
    (one) => orderKey(one.mchid, one.outTradeNo) === key,
  );
  return found ?? newNotification(deps, order, true, 1);
}

function newNotification(
  deps: Pick<Deps, 'clock'>,
  order: Order,
  isWithheld: boolean,
  copies: number,
): Notification {
  return {
    id: randomUUID(),
    mchid: order.mchid,
    outTradeNo: order.outTradeNo,
    createdAt: deps.clock.now(),
    nonce: randomText(12),
    attempts: 0,
    dueAt: isWithheld ? null : deps.clock.scheduleNow(),
    outcome: isWithheld ? 'withheld' : 'pending',
    copies,
  };
}
