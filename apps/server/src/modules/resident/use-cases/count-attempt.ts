import type { Deps } from '../../../platform/deps.ts';
import { derivedId } from '../../../platform/id.ts';
import type { Limit } from '../domain/limits.ts';
import { countAttempts } from '../store/guard-store.ts';

export interface Counted {
  readonly limit: Limit;
  /** Whom it is counted for. */
  readonly key: string;
}

/**
 * Counts an attempt under each limit, in a transaction of its own: what comes after may fail, the
 * attempt counts.
 * @returns seconds to wait when one of them is exceeded
 */
export async function countAttempt(
  deps: Pick<Deps, 'db' | 'clock'>,
  companyId: string,
  counted: readonly Counted[],
): Promise<number | undefined> {
  const at = deps.clock.now();
  const attempts = counted.map(({ limit, key }) => ({
    id: derivedId(companyId, limit.kind, key),
    kind: limit.kind,
    windowEndsAt: new Date(at.getTime() + limit.windowMs),
    most: limit.most,
  }));
  const counts = await deps.db.transaction(companyId, (tx) => countAttempts(tx, attempts, at));
  const waits = counts.flatMap((count) => {
    const most = attempts.find(({ id }) => id === count.id)?.most ?? 0;
    return count.attempts > most ? [count.windowEndsAt.getTime() - at.getTime()] : [];
  });
  return waits.length === 0 ? undefined : Math.max(1, Math.ceil(Math.max(...waits) / 1000));
}

/** Whoever has an IPv6 address has 2⁶⁴ of them: its network counts. */
export function addressKey(ip: string): string {
  if (!ip.includes(':')) return ip;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped) return mapped;
  const [head = '', tail] = ip.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : 8 - front.length - back.length;
  const groups = [...front, ...Array.from({ length: Math.max(0, gap) }, () => '0'), ...back];
  return groups
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
}
