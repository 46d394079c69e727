import type { Clock } from '../../platform/clock.ts';

/** Counts per key in a window. In this process only: n processes allow n times as much. */
export interface Limiter {
  /** @returns whether this one is within the limit */
  allows(key: string): boolean;
  /** Looks without counting. */
  isSpent(key: string): boolean;
}

/** Keys remembered; beyond, all are forgotten, which only helps whoever waits. */
const maxKeys = 50_000;

export function createLimiter(
  clock: Clock,
  { limit, windowMs }: { readonly limit: number; readonly windowMs: number },
): Limiter {
  const windows = new Map<string, { startedMs: number; count: number }>();
  const windowOf = (key: string) => {
    const nowMs = clock.now().getTime();
    const known = windows.get(key);
    if (known && nowMs - known.startedMs < windowMs) return known;
    if (windows.size >= maxKeys) windows.clear();
    const fresh = { startedMs: nowMs, count: 0 };
    windows.set(key, fresh);
    return fresh;
  };
  return {
    allows(key) {
      const window = windowOf(key);
      window.count += 1;
      return window.count <= limit;
    },
    isSpent: (key) => (windows.has(key) ? windowOf(key).count >= limit : false),
  };
}
