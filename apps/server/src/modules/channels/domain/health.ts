/** What one call at a channel says of its merchant account. */
export type Verdict =
  /** A clear answer, whatever it was. */
  | 'good'
  /** A refusal of this order alone: a limit, a balance, a wrong code. */
  | 'refused'
  /** No clear answer, or a refusal that every order would get. */
  | 'sick';

export type HealthVerb = 'prepay' | 'query';

/** Upper ends of the buckets in which durations are counted, in milliseconds; then one for more. */
export const bucketEndsMs = [100, 250, 500, 1000, 2500, 5000] as const;

/** How many calls there were, and how many of them took how long. */
export interface Counts {
  readonly good: number;
  readonly refused: number;
  readonly sick: number;
  /** One more than `bucketEndsMs`. */
  readonly buckets: readonly number[];
}

export const noCalls: Counts = {
  good: 0,
  refused: 0,
  sick: 0,
  buckets: [...bucketEndsMs, 0].map(() => 0),
};

export function totalOf({ good, refused, sick }: Counts): number {
  return good + refused + sick;
}

export function plus(one: Counts, other: Counts): Counts {
  return {
    good: one.good + other.good,
    refused: one.refused + other.refused,
    sick: one.sick + other.sick,
    buckets: one.buckets.map((count, index) => count + (other.buckets[index] ?? 0)),
  };
}

export function counted(verdict: Verdict, durationMs: number): Counts {
  const found = bucketEndsMs.findIndex((end) => durationMs <= end);
  const bucket = found < 0 ? bucketEndsMs.length : found;
  return {
    ...noCalls,
    [verdict]: 1,
    buckets: noCalls.buckets.map((_, index) => (index === bucket ? 1 : 0)),
  };
}

/** Share of calls that were answered, in basis points; undefined when there were none. */
export function successRateBp(counts: Counts): number | undefined {
  const total = totalOf(counts);
  if (total === 0) return undefined;
  return Math.floor(((total - counts.sick) * 10_000) / total);
}

/**
 * The end of the bucket in which a share of the durations lies.
 * @param share 0.5 for the median
 * @returns milliseconds; Infinity beyond the last bucket, undefined without calls
 */
export function quantileMs({ buckets }: Counts, share: number): number | undefined {
  const total = buckets.reduce((all, count) => all + count, 0);
  if (total === 0) return undefined;
  let seen = 0;
  for (const [index, count] of buckets.entries()) {
    seen += count;
    if (seen >= total * share) return bucketEndsMs[index] ?? Number.POSITIVE_INFINITY;
  }
  return Number.POSITIVE_INFINITY;
}

/** Calls that took longer than the last bucket's end. */
export function slowOf({ buckets }: Counts): number {
  return buckets[bucketEndsMs.length] ?? 0;
}
