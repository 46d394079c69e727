import type { Product } from '@wuye-pay/contract';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** An order that the channel never accepted cannot appear any more this long after its time. */
export const graceMs = minute;

/** When the channel is asked about an order, counted from the request. */
const offsetsMs = [
  5 * second,
  15 * second,
  30 * second,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  30 * minute,
  hour,
];

/** A payer who stands at the desk: so often, until the order's time is over. */
const waitingGapMs = 5 * second;

export interface Times {
  readonly requestedAt: Date;
  /** When the order stops being payable; it is closed then, so that instant is on the schedule. */
  readonly expiresAt: Date;
  readonly product: Product;
}

/**
 * The next instant after `now` to ask: often at first, hourly for a day, then daily without end;
 * and when the order's time is over, and once more when it can no longer have been placed.
 */
export function nextCheckAt({ requestedAt, expiresAt, product }: Times, now: Date): Date {
  const start = requestedAt.getTime();
  // A clock that was set back must not bring a check forward to before the request.
  const elapsed = Math.max(0, now.getTime() - start);
  const expiry = expiresAt.getTime();
  const turns = [expiry, expiry + graceMs].filter((turn) => turn > now.getTime());
  if (product === 'code' && now.getTime() < expiry) turns.push(now.getTime() + waitingGapMs);
  return new Date(Math.min(start + nextOffset(elapsed), ...turns));
}

function nextOffset(elapsedMs: number): number {
  const early = offsetsMs.find((offset) => offset > elapsedMs);
  if (early !== undefined) return early;
  const step = elapsedMs < day ? hour : day;
  return (Math.floor(elapsedMs / step) + 1) * step;
}

/** When the channel is asked about a refund: it answers in seconds or in days, never at once. */
export function nextRefundCheckAt(requestedAt: Date, now: Date): Date {
  const start = requestedAt.getTime();
  return new Date(start + nextOffset(Math.max(0, now.getTime() - start)));
}
