import { randomUUID } from 'node:crypto';
import type { Clock } from './clock.ts';
import { type Database, sql } from './database/index.ts';
import type { Log } from './log.ts';

/** Work that is found again from the database, so a lost run costs only time. */
export interface PeriodicTask {
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<void>;
}

export interface PeriodicDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
}

const leaseMs = 120_000;
/** Clocks of two machines may differ by this much without one running what the other just ran. */
const skewMs = 60_000;

/** Runs a task if it is due and no other process runs it. @returns whether it ran here */
export async function runIfDue(deps: PeriodicDeps, task: PeriodicTask): Promise<boolean> {
  const token = randomUUID();
  if (!(await claim(deps, task, token))) return false;
  let failure: string | null = null;
  try {
    await task.run();
  } catch (error) {
    failure = String(error).slice(0, 500);
    deps.log.error({ err: error, task: task.name }, 'a periodic task failed');
  }
  const now = deps.clock.now();
  await deps.db.global.run(sql`
    update platform.periodic_task set claim_token = null, claimed_until = null,
      due_at = ${new Date(now.getTime() + task.everyMs)}, last_error = ${failure},
      last_done_at = case when ${failure}::text is null then ${now} else last_done_at end
    where name = ${task.name} and claim_token = ${token}`);
  return true;
}

async function claim(deps: PeriodicDeps, task: PeriodicTask, token: string): Promise<boolean> {
  const now = deps.clock.now();
  // Nothing is due later than this unless the clock was set back; waiting would stop the work.
  const within = (ms: number) => new Date(now.getTime() + ms + skewMs);
  await deps.db.global.run(sql`
    insert into platform.periodic_task (name, due_at) values (${task.name}, ${now})
    on conflict (name) do nothing`);
  const claimed = await deps.db.global.run(sql`
    update platform.periodic_task set claim_token = ${token},
      claimed_until = ${new Date(now.getTime() + leaseMs)}
    where name = ${task.name} and (due_at <= ${now} or due_at > ${within(task.everyMs)})
      and (claimed_until is null or claimed_until <= ${now}
        or claimed_until > ${within(leaseMs)})`);
  return claimed === 1;
}
