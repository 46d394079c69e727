import type { ChannelName } from './channel-part.ts';
import type { Delivery } from './delivery.ts';
import type { CoreDeps } from './deps.ts';
import type { NotifyFault, Taken } from './faults.ts';
import type { Table } from './store.ts';

/** One event of a merchant's; sent until it is acknowledged or the schedule is used up. */
export type NotificationEvent = {
  id: string;
  outTradeNo: string;
  /** ms since 1970 */
  createdAt: number;
  /** Attempts made by the schedule. */
  attempts: number;
  /** ms since 1970 on the schedule's clock; null when nothing is to be sent any more. */
  dueAt: number | null;
  outcome: 'pending' | 'acknowledged' | 'given-up' | 'withheld';
  copies: number;
};

/** How a channel sends its events again and again. */
export type NotifierChannel<Event extends NotificationEvent> = {
  channel: ChannelName;
  table: Table<Event>;
  /** ms to wait after each failed attempt; after the last one the event is given up. */
  gapsMs: readonly number[];
  /** One attempt; see `deliverBy`. */
  deliver(event: Event, fault: Taken<NotifyFault> | undefined): Promise<Delivery[]>;
};

export type Notifier<Event extends NotificationEvent> = {
  /** Records an event and sends it unless withheld; resolves when the first attempt is over. */
  announce(event: Event): Promise<void>;
  /** Sends all that is due; resolves when every attempt under way is over. */
  sendDue(): Promise<void>;
  /** ms since 1970 on the schedule's clock; null: nothing waits. */
  nextDueAt(): number | null;
  /** Sends extra copies at once, outside the schedule. */
  sendNow(event: Event, how: ExtraCopies): Promise<Delivery[]>;
  /** Forgets what is under way, for a reset. */
  forget(): void;
};

export type ExtraCopies = {
  times: number;
  parallel: boolean;
  fault?: Taken<NotifyFault> | undefined;
};

/** An attempt that ended this soon after its due time was on time: twice the time to answer. */
const PUNCTUAL_MS = 10_000;
const LATE_MS = 60_000;
const REORDER_AT_MOST_MS = 5_000;

type NotifierDeps = Pick<CoreDeps, 'clock' | 'faults'>;

export function createNotifier<Event extends NotificationEvent>(
  deps: NotifierDeps,
  channel: NotifierChannel<Event>,
): Notifier<Event> {
  const { table } = channel;
  const isWaiting = (one: Event) => one.dueAt !== null;
  const waiting = new Set(
    table
      .values()
      .filter(isWaiting)
      .map((one) => one.id),
  );
  const queue: Queue<Event> = { deps, channel, waiting, underWay: new Map(), heldBack: new Set() };
  return {
    announce: async (event) => {
      save(queue, event);
      if (event.dueAt !== null) await start(queue, event.id);
    },
    sendDue: async () => {
      const now = deps.clock.scheduleNow();
      for (const id of waiting) {
        if ((table.get(id)?.dueAt ?? now) <= now) void start(queue, id);
      }
      await Promise.all(queue.underWay.values());
    },
    nextDueAt: () => {
      const times = [...waiting].map((id) => table.get(id)?.dueAt ?? Infinity);
      return times.length === 0 ? null : Math.min(...times);
    },
    sendNow: (event, how) => sendCopies(channel, event, how),
    forget: () => {
      waiting.clear();
      queue.heldBack.clear();
    },
  };
}

type Queue<Event extends NotificationEvent> = {
  deps: NotifierDeps;
  channel: NotifierChannel<Event>;
  /** Ids of events that are still to be sent. */
  waiting: Set<string>;
  underWay: Map<string, Promise<void>>;
  /** Ids of events that let another one pass first. */
  heldBack: Set<string>;
};

function save<Event extends NotificationEvent>(queue: Queue<Event>, event: Event): void {
  if (event.dueAt === null) queue.waiting.delete(event.id);
  else queue.waiting.add(event.id);
  queue.channel.table.set(event.id, event);
}

/** Starts an attempt unless one is under way. */
function start<Event extends NotificationEvent>(queue: Queue<Event>, id: string): Promise<void> {
  const { underWay } = queue;
  const running = underWay.get(id) ?? attempt(queue, id).finally(() => underWay.delete(id));
  underWay.set(id, running);
  return running;
}

async function attempt<Event extends NotificationEvent>(
  queue: Queue<Event>,
  id: string,
): Promise<void> {
  const { deps, channel, waiting, heldBack } = queue;
  const event = channel.table.get(id);
  if (event === undefined) return;
  const fault = deps.faults.takeForNotification(event.outTradeNo, channel.channel);
  if (fault?.fault === 'late' || fault?.fault === 'reorder') {
    const byDefaultMs = fault.fault === 'late' ? LATE_MS : REORDER_AT_MOST_MS;
    if (fault.fault === 'reorder') heldBack.add(id);
    const dueAt = deps.clock.scheduleNow() + (fault.delayMs ?? byDefaultMs);
    return save(queue, { ...event, dueAt });
  }
  heldBack.delete(id);
  const sent = await channel.deliver(event, fault);
  if (!waiting.has(id)) return; // A reset came in between.
  const isAcknowledged = sent.some((one) => one.isAcknowledged);
  save(queue, afterAttempt(queue, event, isAcknowledged));
  releaseHeldBack(queue);
}

/** One delivery is over: those that had to wait for it go now. */
function releaseHeldBack<Event extends NotificationEvent>(queue: Queue<Event>): void {
  for (const id of queue.heldBack) {
    const held = queue.channel.table.get(id);
    if (held?.dueAt != null) save(queue, { ...held, dueAt: queue.deps.clock.scheduleNow() });
  }
}

function afterAttempt<Event extends NotificationEvent>(
  { deps, channel }: Queue<Event>,
  event: Event,
  isAcknowledged: boolean,
): Event {
  const attempts = event.attempts + 1;
  const gapMs = channel.gapsMs[attempts - 1];
  if (isAcknowledged) return { ...event, attempts, dueAt: null, outcome: 'acknowledged' };
  if (gapMs === undefined) return { ...event, attempts, dueAt: null, outcome: 'given-up' };
  // From due time to due time, so that a moved clock meets every retry exactly.
  const now = deps.clock.scheduleNow();
  const wasDueAt = event.dueAt ?? now;
  const from = now - wasDueAt <= PUNCTUAL_MS ? wasDueAt : now;
  return { ...event, attempts, copies: 1, dueAt: from + gapMs };
}

async function sendCopies<Event extends NotificationEvent>(
  { deliver }: NotifierChannel<Event>,
  event: Event,
  how: ExtraCopies,
): Promise<Delivery[]> {
  const numbers = Array.from({ length: how.times }, (_, index) => index);
  if (how.parallel) {
    return (await Promise.all(numbers.map(() => deliver(event, how.fault)))).flat();
  }
  const sent: Delivery[] = [];
  for (const _ of numbers) sent.push(...(await deliver(event, how.fault)));
  return sent;
}
