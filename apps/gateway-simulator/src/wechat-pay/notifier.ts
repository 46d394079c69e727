import { randomUUID } from 'node:crypto';
import type { Deps } from '../deps.ts';
import type { NotifyFault, Taken } from '../faults.ts';
import { randomText } from './crypto.ts';
import { type Delivery, deliver } from './delivery.ts';
import { type Notification, type Order, orderKey } from './records.ts';

export type Notifier = {
  /** Records the event of a paid order and sends it; resolves when the first attempt is over. */
  announce(order: Order, how: { withheld: boolean; copies: number }): Promise<void>;
  /** Sends all that is due; resolves when every attempt under way is over. */
  sendDue(): Promise<void>;
  /** ms since 1970 on the schedule's clock. */
  nextDueAt(): number | null;
  /** Sends extra copies at once, outside the schedule. */
  sendNow(order: Order, how: ExtraCopies): Promise<Delivery[]>;
  /** Forgets what is under way, for a reset. */
  forget(): void;
};

export type ExtraCopies = {
  times: number;
  parallel: boolean;
  fault?: Taken<NotifyFault> | undefined;
};

/** Waiting times after each failed attempt, 24 h 4 min in all; then the event is given up. */
export const RETRY_GAPS_MS = [
  15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600,
].map((seconds) => seconds * 1000);
/** An attempt that ended this soon after its due time was on time: twice the time to answer. */
const PUNCTUAL_MS = 10_000;
const LATE_MS = 60_000;
const REORDER_AT_MOST_MS = 5_000;

export function createNotifier(deps: Deps): Notifier {
  const { notifications } = deps.records;
  const isWaiting = (one: Notification) => one.dueAt !== null;
  const waiting = new Set(
    notifications
      .values()
      .filter(isWaiting)
      .map((one) => one.id),
  );
  const queue: Queue = { deps, waiting, underWay: new Map(), heldBack: new Set() };
  return {
    announce: async (order, { withheld, copies }) => {
      const notification = newNotification(deps, order, withheld, copies);
      save(queue, notification);
      if (!withheld) await start(queue, notification.id);
    },
    sendDue: async () => {
      const now = deps.clock.scheduleNow();
      for (const id of waiting) {
        if ((notifications.get(id)?.dueAt ?? now) <= now) void start(queue, id);
      }
      await Promise.all(queue.underWay.values());
    },
    nextDueAt: () => {
      const times = [...waiting].map((id) => notifications.get(id)?.dueAt ?? Infinity);
      return times.length === 0 ? null : Math.min(...times);
    },
    sendNow: (order, how) => sendCopies(deps, notificationOf(deps, order), how),
    forget: () => {
      waiting.clear();
      queue.heldBack.clear();
    },
  };
}

type Queue = {
  deps: Deps;
  /** Ids of events that are still to be sent. */
  waiting: Set<string>;
  underWay: Map<string, Promise<void>>;
  /** Ids of events that let another one pass first. */
  heldBack: Set<string>;
};

function save({ deps, waiting }: Queue, notification: Notification): void {
  if (notification.dueAt === null) waiting.delete(notification.id);
  else waiting.add(notification.id);
  deps.records.notifications.set(notification.id, notification);
}

/** Starts an attempt unless one is under way. */
function start(queue: Queue, id: string): Promise<void> {
  const { underWay } = queue;
  const running = underWay.get(id) ?? attempt(queue, id).finally(() => underWay.delete(id));
  underWay.set(id, running);
  return running;
}

async function attempt(queue: Queue, id: string): Promise<void> {
  const { deps, waiting, heldBack } = queue;
  const notification = deps.records.notifications.get(id);
  if (notification === undefined) return;
  const fault = deps.faults.takeForNotification(notification.outTradeNo);
  if (fault?.fault === 'late' || fault?.fault === 'reorder') {
    const byDefaultMs = fault.fault === 'late' ? LATE_MS : REORDER_AT_MOST_MS;
    if (fault.fault === 'reorder') heldBack.add(id);
    const dueAt = deps.clock.scheduleNow() + (fault.delayMs ?? byDefaultMs);
    return save(queue, { ...notification, dueAt });
  }
  heldBack.delete(id);
  const sent = await deliver(deps, notification, fault);
  if (!waiting.has(id)) return; // A reset came in between.
  const isAcknowledged = sent.some((one) => one.isAcknowledged);
  save(queue, afterAttempt(notification, isAcknowledged, deps));
  releaseHeldBack(queue);
}

/** One delivery is over: those that had to wait for it go now. */
function releaseHeldBack(queue: Queue): void {
  for (const id of queue.heldBack) {
    const held = queue.deps.records.notifications.get(id);
    if (held?.dueAt != null) save(queue, { ...held, dueAt: queue.deps.clock.scheduleNow() });
  }
}

function afterAttempt(
  notification: Notification,
  isAcknowledged: boolean,
  deps: Pick<Deps, 'clock'>,
): Notification {
  const attempts = notification.attempts + 1;
  const gapMs = RETRY_GAPS_MS[attempts - 1];
  if (isAcknowledged) return { ...notification, attempts, dueAt: null, outcome: 'acknowledged' };
  if (gapMs === undefined) return { ...notification, attempts, dueAt: null, outcome: 'given-up' };
  // From due time to due time, so that a moved clock meets every retry exactly.
  const now = deps.clock.scheduleNow();
  const wasDueAt = notification.dueAt ?? now;
  const from = now - wasDueAt <= PUNCTUAL_MS ? wasDueAt : now;
  return { ...notification, attempts, copies: 1, dueAt: from + gapMs };
}

async function sendCopies(deps: Deps, notification: Notification, how: ExtraCopies) {
  const numbers = Array.from({ length: how.times }, (_, index) => index);
  if (how.parallel) {
    return (await Promise.all(numbers.map(() => deliver(deps, notification, how.fault)))).flat();
  }
  const sent: Delivery[] = [];
  for (const _ of numbers) sent.push(...(await deliver(deps, notification, how.fault)));
  return sent;
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
