import type { Clock } from '../clock.ts';
import { sql, type Tx } from '../database/index.ts';
import { newId } from '../id.ts';

export interface OutboxEvent {
  /** Module and fact in the past: "payment.paid". */
  readonly topic: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly dueAt?: Date;
}

/** Puts an event beside the fact it tells of, in the same transaction. */
export async function publish(tx: Tx, clock: Clock, event: OutboxEvent): Promise<void> {
  const at = clock.now();
  await tx.run(sql`
    insert into platform.outbox (company_id, id, topic, payload, created_at, due_at)
    values (${tx.companyId}, ${newId(at)}, ${event.topic}, ${JSON.stringify(event.payload)},
      ${at}, ${event.dueAt ?? at})`);
}

/** Many at once, in their order. */
export async function publishAll(
  tx: Tx,
  clock: Clock,
  events: readonly OutboxEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const at = clock.now();
  await tx.run(sql`
    insert into platform.outbox (company_id, id, topic, payload, created_at, due_at)
    select company.id, given.id, given.topic, given.payload, ${at}, given.due_at
    from identity.company
    cross join unnest(${events.map(() => newId(at))}::uuid[],
      ${events.map(({ topic }) => topic)}::text[],
      ${events.map(({ payload }) => JSON.stringify(payload))}::jsonb[],
      ${events.map(({ dueAt }) => dueAt ?? at)}::timestamptz[])
      as given (id, topic, payload, due_at)
    where company.id = ${tx.companyId}`);
}
