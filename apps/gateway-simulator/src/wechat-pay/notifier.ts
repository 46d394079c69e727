import { randomUUID } from 'node:crypto';
import type { Delivery } from '../delivery.ts';
import { createNotifier as createCoreNotifier, type ExtraCopies } from '../notifier.ts';
import { randomText } from './crypto.ts';
import { deliver } from './delivery.ts';
import type { Deps } from './deps.ts';
import type { Contract } from './payer-records.ts';
import { type Notification, type Order, orderKey, type Refund } from './records.ts';

export type Notifier = {
  /** Records the event of a paid order and sends it; resolves when the first attempt is over. */
  announce(order: Order, how: { withheld: boolean; copies: number }): Promise<void>;
  announceRefund(refund: Refund): Promise<void>;
  announceContract(contract: Contract, change: 'ADD' | 'DELETE'): Promise<void>;
  sendDue(): Promise<void>;
  nextDueAt(): number | null;
  /** Sends extra copies at once, outside the schedule. */
  sendNow(order: Order, how: ExtraCopies): Promise<Delivery[]>;
  sendRefundNow(refund: Refund, how: ExtraCopies): Promise<Delivery[]>;
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
    announce: (order, how) => core.announce(newNotification(deps, paymentEvent(order), how)),
    announceRefund: (refund) => core.announce(newNotification(deps, refundEvent(refund), ONCE)),
    announceContract: (contract, change) =>
      core.announce(newNotification(deps, contractEvent(contract, change), ONCE)),
    sendDue: core.sendDue,
    nextDueAt: core.nextDueAt,
    sendNow: (order, how) => core.sendNow(notificationOf(deps, paymentEvent(order)), how),
    sendRefundNow: (refund, how) => core.sendNow(notificationOf(deps, refundEvent(refund)), how),
    forget: core.forget,
  };
}

type Event = Pick<
  Notification,
  'kind' | 'mchid' | 'outTradeNo' | 'outRefundNo' | 'contractId' | 'change'
>;

const ONCE = { withheld: false, copies: 1 };

function paymentEvent(order: Order): Event {
  const kind = order.tradeType === 'PAP' ? ('v2-payment' as const) : undefined;
  return { kind, mchid: order.mchid, outTradeNo: order.outTradeNo };
}

function refundEvent({ version, mchid, outTradeNo, outRefundNo }: Refund): Event {
  return { kind: version === 'v2' ? 'v2-refund' : 'refund', mchid, outTradeNo, outRefundNo };
}

/** A contract has no order number; its own number takes that place in faults and in the log. */
function contractEvent(contract: Contract, change: 'ADD' | 'DELETE'): Event {
  const { mchid, contractCode: outTradeNo, contractId } = contract;
  return { kind: 'v2-contract', mchid, outTradeNo, contractId, change };
}

function notificationOf(deps: Deps, event: Event): Notification {
  const found = deps.records.notifications.find(
    (one) =>
      orderKey(one.mchid, one.outTradeNo) === orderKey(event.mchid, event.outTradeNo) &&
      one.kind === event.kind &&
      one.outRefundNo === event.outRefundNo,
  );
  return found ?? newNotification(deps, event, { withheld: true, copies: 1 });
}

function newNotification(
  deps: Pick<Deps, 'clock'>,
  event: Event,
  { withheld, copies }: { withheld: boolean; copies: number },
): Notification {
  return {
    ...event,
    id: randomUUID(),
    createdAt: deps.clock.now(),
    nonce: randomText(12),
    attempts: 0,
    dueAt: withheld ? null : deps.clock.scheduleNow(),
    outcome: withheld ? 'withheld' : 'pending',
    copies,
  };
}
