import { type Statement, sql } from './database/index.ts';
import type { PeriodicDeps, PeriodicTask } from './periodic.ts';

const dayMs = 86_400_000;
/** Delivered events are of use to nobody but whoever looks for a fault. */
const keepEventsMs = 30 * dayMs;
/** A client that repeats a request does so within minutes; a year leaves no doubt. */
const keepKeysMs = 400 * dayMs;
/** Rows of one company and statement, so that no lock is held for long. */
const batchSize = 5000;

/** Deletes delivered events and old idempotency keys once a day, in batches. */
export function tidyTask(deps: PeriodicDeps): PeriodicTask {
  return {
    name: 'platform.tidy',
    everyMs: dayMs,
    run: async () => {
      const now = deps.clock.now().getTime();
      const done = new Date(now - keepEventsMs);
      const old = new Date(now - keepKeysMs);
      const companies = await deps.db.global.many(sql<{ id: string }>`
        select id from identity.company`);
      for (const { id } of companies) {
        await inBatches(deps, id, (limit) => doneEvents(id, done, limit));
        await inBatches(deps, id, (limit) => oldKeys(id, old, limit));
      }
    },
  };
}

async function inBatches(
  deps: PeriodicDeps,
  companyId: string,
  statement: (limit: number) => Statement,
): Promise<void> {
  let deleted: number;
  do {
    deleted = await deps.db.transaction(companyId, (tx) => tx.run(statement(batchSize)));
  } while (deleted === batchSize);
}

function doneEvents(companyId: string, before: Date, limit: number): Statement {
  return sql`
    with old as materialized (
      select id from platform.outbox
      where company_id = ${companyId} and done_at < ${before} order by id limit ${limit})
    delete from platform.outbox as o using old where o.company_id = ${companyId} and o.id = old.id`;
}

function oldKeys(companyId: string, before: Date, limit: number): Statement {
  return sql`
    with old as materialized (
      select id from platform.idempotency
      where company_id = ${companyId} and created_at < ${before} order by id limit ${limit})
    delete from platform.idempotency as i using old
    where i.company_id = ${companyId} and i.id = old.id`;
}
