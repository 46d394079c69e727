import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { type Database, sql } from '../database/index.ts';
import type { Log } from '../log.ts';

export interface DeliveredEvent {
  readonly companyId: string;
  readonly id: string;
  readonly topic: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly tries: number;
}

/** Must be repeatable: an event is delivered at least once. */
export type Listener = (event: DeliveredEvent) => Promise<void>;

export interface DispatchDeps {
  /** With the jobs role: it looks across companies. */
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly listeners: ReadonlyMap<string, readonly Listener[]>;
}

const batchSize = 100;
const leaseMs = 60_000;
/** Slow listeners: what they were told is marked this often. */
const markEveryMs = 1000;
/** About a day of tries; then the event is dead and an alert is due. */
const maxTries = 20;
const maxDelayMs = 2 * 3_600_000;

/**
 * Delivers due events of all companies once. A claim is fenced by its token: a worker that was
 * paused past its lease cannot mark an event that another took over.
 * @returns how many events were handled
 */
export async function dispatchDue(deps: DispatchDeps): Promise<number> {
  const now = deps.clock.now();
  const companies = await deps.db.global.many(sql<{ company_id: string }>`
    select company_id from platform.outbox
    where done_at is null and dead_at is null and due_at <= ${now}
      and (claimed_until is null or claimed_until <= ${now})
    group by company_id`);
  let handled = 0;
  for (const { company_id } of companies) {
    const token = randomUUID();
    handled += await deliverAll(deps, await claim(deps, company_id, token), token);
  }
  return handled;
}

async function claim(deps: DispatchDeps, companyId: string, token: string) {
  const now = deps.clock.now();
  const until = new Date(now.getTime() + leaseMs);
  return await deps.db.transaction(companyId, (tx) =>
    tx.many(sql<DeliveredEvent>`
      with due as materialized (
        select id from platform.outbox
        where company_id = ${companyId} and done_at is null and dead_at is null
          and due_at <= ${now} and (claimed_until is null or claimed_until <= ${now})
        order by id limit ${batchSize} for update skip locked)
      update platform.outbox as o set claim_token = ${token}, claimed_until = ${until},
        tries = o.tries + 1
      from due where o.company_id = ${companyId} and o.id = due.id
      returning o.company_id as "companyId", o.id, o.topic, o.payload, o.tries`),
  );
}

/** Marks what was delivered together; a crash before that delivers a second's events again. */
async function deliverAll(
  deps: DispatchDeps,
  events: readonly DeliveredEvent[],
  token: string,
): Promise<number> {
  let delivered: DeliveredEvent[] = [];
  let sinceMs = deps.clock.now().getTime();
  for (const event of events) {
    if (await deliver(deps, event, token)) delivered.push(event);
    if (deps.clock.now().getTime() - sinceMs < markEveryMs) continue;
    await markDone(deps, delivered, token);
    delivered = [];
    sinceMs = deps.clock.now().getTime();
  }
  await markDone(deps, delivered, token);
  return events.length;
}

/** @returns false when a listener failed: the event comes again later */
async function deliver(deps: DispatchDeps, event: DeliveredEvent, token: string): Promise<boolean> {
  try {
    for (const listener of deps.listeners.get(event.topic) ?? []) await listener(event);
    return true;
  } catch (error) {
    deps.log.error({ err: error, topic: event.topic, id: event.id }, 'an event was not delivered');
    const dead = event.tries >= maxTries;
    const delay = Math.min(1000 * 2 ** event.tries, maxDelayMs);
    const due = new Date(deps.clock.now().getTime() + delay);
    const change = dead ? sql`dead_at = ${deps.clock.now()}` : sql`due_at = ${due}`;
    await mark(deps, [event], token, sql`${change}, last_error = ${String(error).slice(0, 500)}`);
    return false;
  }
}

async function markDone(
  deps: DispatchDeps,
  events: readonly DeliveredEvent[],
  token: string,
): Promise<void> {
  await mark(deps, events, token, sql`done_at = ${deps.clock.now()}, last_error = null`);
}

/** Events of one company, claimed under the token; one that another worker claimed since stays. */
async function mark(
  deps: DispatchDeps,
  events: readonly DeliveredEvent[],
  token: string,
  change: ReturnType<typeof sql>,
): Promise<void> {
  const [first] = events;
  if (!first) return;
  const { companyId } = first;
  await deps.db.transaction(companyId, (tx) =>
    tx.run(sql`
      update platform.outbox set ${change}, claim_token = null, claimed_until = null
      where company_id = ${companyId} and id = any (${events.map(({ id }) => id)}::uuid[])
        and claim_token = ${token}`),
  );
}
