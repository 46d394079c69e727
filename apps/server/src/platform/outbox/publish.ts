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
