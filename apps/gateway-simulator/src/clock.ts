import type { Store } from './store.ts';

/** What a move of the clock carries along. */
export type ClockScope = 'all' | 'schedule';

export type Clock = {
  /** Now in ms since 1970: timestamps of signatures, of orders and of answers. */
  now(): number;
  /** Now in ms since 1970 for what falls due: retries, expiry of orders and prepay ids. */
  scheduleNow(): number;
  /** Moves the schedule alone, or the whole clock with it. */
  advance(ms: number, scope: ClockScope): void;
  reset(): void;
};

type Offsets = { allMs: number; scheduleMs: number };

const KEY = 'offsets';

/**
 * Real time plus an offset that tests move and that survives a restart.
 * @param startAt ms since 1970 to begin at; without it real time, or where the last run stood
 */
export function createClock(store: Store, startAt?: number): Clock {
  const table = store.table<Offsets>('clock');
  const zero: Offsets = { allMs: 0, scheduleMs: 0 };
  if (startAt !== undefined) table.set(KEY, { allMs: startAt - Date.now(), scheduleMs: 0 });
  const offsets = () => table.get(KEY) ?? zero;
  return {
    now: () => Date.now() + offsets().allMs,
    scheduleNow: () => Date.now() + offsets().allMs + offsets().scheduleMs,
    advance: (ms, scope) => {
      const { allMs, scheduleMs } = offsets();
      if (scope === 'all') table.set(KEY, { allMs: allMs + ms, scheduleMs });
      else table.set(KEY, { allMs, scheduleMs: scheduleMs + ms });
    },
    reset: () => table.remove(KEY),
  };
}

/** An instant as WeChat Pay writes it: RFC 3339 in whole seconds at UTC+8. */
export function beijingTime(atMs: number): string {
  return `${beijing(atMs).slice(0, 19)}+08:00`;
}

/** `yyyyMMddHHmmss` in Beijing, as it stands inside prepay ids and transaction numbers. */
export function beijingDigits(atMs: number): string {
  return beijing(atMs).slice(0, 19).replace(/\D/g, '');
}

function beijing(atMs: number): string {
  return new Date(atMs + 8 * 3600_000).toISOString();
}
