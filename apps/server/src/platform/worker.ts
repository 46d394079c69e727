import { setMaxListeners } from 'node:events';
import type { Deps } from './deps.ts';
import { dispatchDue, type Listener } from './outbox/index.ts';
import { type PeriodicTask, runIfDue } from './periodic.ts';

export interface Work {
  readonly tasks: readonly PeriodicTask[];
  /** Who listens to which topic; a topic may have several listeners. */
  readonly listeners: readonly (readonly [topic: string, listener: Listener])[];
}

export interface Worker {
  /** Finishes what is under way and takes nothing new. */
  stop(): Promise<void>;
}

/** Facts wait at most this long when no hint arrives. */
const pollMs = 500;
/** A database that is away is asked again this much later. */
const afterFailureMs = 2000;

/** Runs due tasks and delivers events until it is stopped. Several workers share the work. */
export function startWorker(deps: Pick<Deps, 'jobsDb' | 'clock' | 'log'>, work: Work): Worker {
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal); // One pause a task waits on it; each takes itself away.
  const listeners = new Map<string, Listener[]>();
  for (const [topic, listener] of work.listeners) {
    listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
  }
  const { jobsDb: db, clock, log } = deps;

  async function events(): Promise<void> {
    const handled = await dispatchDue({ db, clock, log, listeners });
    if (handled === 0) await pause(pollMs, stopping.signal);
  }
  async function task(of: PeriodicTask): Promise<void> {
    await runIfDue({ db, clock, log }, of);
    await pause(Math.min(of.everyMs, 60_000) / 2, stopping.signal);
  }
  async function repeat(step: () => Promise<void>): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await step();
      } catch (error) {
        log.warn({ err: error }, 'the worker could not reach the database; it tries again');
        await pause(afterFailureMs, stopping.signal);
      }
    }
  }

  const loops = [repeat(events), ...work.tasks.map((each) => repeat(() => task(each)))];
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}
