/** People are told this long before: a new certificate may take a week and a holiday. */
export const warnDays = 30;
const dayMs = 24 * 3_600_000;

export type ExpiryLevel = 'good' | 'soon' | 'over';

/** Whole days left; 0 on the last one, negative afterwards. */
export function daysLeft(at: Date, now: Date): number {
  return Math.floor((at.getTime() - now.getTime()) / dayMs);
}

export function levelOf(at: Date, now: Date): ExpiryLevel {
  if (at.getTime() <= now.getTime()) return 'over';
  return daysLeft(at, now) < warnDays ? 'soon' : 'good';
}
