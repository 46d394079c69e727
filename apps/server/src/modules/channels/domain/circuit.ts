import { bucketEndsMs, type Counts, plus, slowOf, totalOf } from './health.ts';

export type CircuitState = 'closed' | 'open' | 'half-open';

export interface Circuit {
  readonly state: CircuitState;
  /** When it came into this state. */
  readonly since: Date;
  /** Why, for people and for the log. */
  readonly reason: string;
  /** How often it opened without closing in between. */
  readonly openings: number;
  /** When an open one is probed. */
  readonly retryAt: Date | null;
  /** When a half-open one last let a new attempt through. */
  readonly trialAt: Date | null;
}

/** Calls of the last minutes are what is judged. */
export const windowMs = 5 * 60_000;
/** Fewer calls prove nothing. */
const leastPrepays = 5;
const leastCalls = 10;
/** Shares of the calls, of one. */
const sickShare = 0.5;
const slowShare = 0.8;
/** Between two probes of an open circuit; doubled each time it opens again, up to the most. */
const retryMs = 30_000;
const mostRetryMs = 5 * 60_000;
/** A half-open circuit lets one attempt through in this time. */
export const trialMs = 30_000;

/** What was counted since the circuit came into its state, in the window. */
export interface Seen {
  readonly prepay: Counts;
  readonly query: Counts;
}

/**
 * What the circuit of an account becomes.
 * @param fresh  calls since it was last judged: they decide on a half-open one
 * @returns undefined when it stays as it is
 */
export function judged(
  circuit: Circuit | undefined,
  seen: Seen,
  fresh: Seen,
  now: Date,
): Circuit | undefined {
  if (circuit?.state === 'open') return undefined;
  if (circuit?.state === 'half-open') return afterTrial(circuit, fresh.prepay, now);
  const reason = sickness(seen);
  return reason === undefined ? undefined : opened(circuit, reason, now);
}

/** A probe tells that the channel answers us again, or that it does not. */
export function probed(circuit: Circuit, isAnswered: boolean, code: string, now: Date): Circuit {
  if (!isAnswered) {
    return { ...circuit, retryAt: retryAfter(circuit.openings + 1, now), trialAt: null };
  }
  const reason = `probe: ${code}`;
  return { ...circuit, state: 'half-open', since: now, reason, retryAt: null, trialAt: null };
}

function afterTrial(circuit: Circuit, { good, refused, sick }: Counts, now: Date) {
  if (sick > 0) return opened(circuit, 'trial: no clear answer', now);
  if (good + refused === 0) return undefined;
  return closed(now);
}

function closed(now: Date): Circuit {
  const reason = 'trial: answered';
  return { state: 'closed', since: now, reason, openings: 0, retryAt: null, trialAt: null };
}

function opened(circuit: Circuit | undefined, reason: string, now: Date): Circuit {
  const openings = (circuit?.openings ?? 0) + 1;
  const retryAt = retryAfter(openings, now);
  return { state: 'open', since: now, reason, openings, retryAt, trialAt: null };
}

function retryAfter(openings: number, now: Date): Date {
  const waitMs = Math.min(retryMs * 2 ** Math.min(openings - 1, 10), mostRetryMs);
  return new Date(now.getTime() + waitMs);
}

function sickness({ prepay, query }: Seen): string | undefined {
  const all = plus(prepay, query);
  if (totalOf(prepay) >= leastPrepays && prepay.sick >= totalOf(prepay) * sickShare) {
    return `orders: ${prepay.sick} of ${totalOf(prepay)} without a clear answer`;
  }
  if (totalOf(all) < leastCalls) return undefined;
  if (all.sick >= totalOf(all) * sickShare) {
    return `calls: ${all.sick} of ${totalOf(all)} without a clear answer`;
  }
  if (slowOf(all) >= totalOf(all) * slowShare) {
    return `calls: ${slowOf(all)} of ${totalOf(all)} took more than ${bucketEndsMs.at(-1)} ms`;
  }
  return undefined;
}
