import { sql } from './database/index.ts';
import type { PeriodicDeps, PeriodicTask } from './periodic.ts';

const dayMs = 86_400_000;
/** Years that must lie ready after the current one. */
const yearsAhead = 2;

/**
 * Makes the yearly partitions of all append-only tables ahead of time, and raises an alarm while
 * fewer than two remain. There is no default partition: a row without a home is refused.
 */
export function partitionTask(deps: PeriodicDeps): PeriodicTask {
  return {
    name: 'platform.partitions',
    everyMs: dayMs,
    run: async () => {
      const year = deps.clock.now().getUTCFullYear();
      const tables = await deps.db.global.many(sql<{ name: string }>`
        select kind.name from platform.table_kind as kind
        join pg_class as parent on parent.oid = kind.name::regclass and parent.relkind = 'p'
        order by kind.name`);
      for (const { name } of tables) {
        for (let ahead = 0; ahead <= yearsAhead; ahead += 1) {
          await deps.db.global.one(sql`
            select platform.create_year(${name}::regclass, ${year + ahead}::integer)`);
        }
      }
    },
  };
}
