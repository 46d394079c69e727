import { beijingDigits } from '../clock.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A clearing day ends at 23:00 in Beijing. */
const CUT_MS = HOUR_MS;

/** `yyyyMMddHHmmss` in Beijing as ms since 1970; undefined when there is no such time. */
export function readDigits(digits: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits)?.slice(1).map(Number);
  if (parts === undefined) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const atMs = Date.UTC(year, month - 1, day, hour, minute, second) - 8 * HOUR_MS;
  return beijingDigits(atMs) === digits ? atMs : undefined;
}

/** The clearing day of an instant as `yyyyMMdd`: it begins at 23:00 of the day before. */
export function clearingDay(atMs: number): string {
  return beijingDigits(atMs + CUT_MS).slice(0, 8);
}

/** ms since 1970 at which a clearing day, `yyyyMMdd`, is over. */
export function clearingDayEnd(day: string): number {
  return (readDigits(`${day}000000`) ?? NaN) + DAY_MS - CUT_MS;
}

/** The last day `MMdd` that is not after now's clearing day, as `yyyyMMdd`. */
export function lastDayLike(monthAndDay: string, nowMs: number): string | undefined {
  const today = clearingDay(nowMs);
  const years = [0, 1, 2, 3, 4].map((back) => `${Number(today.slice(0, 4)) - back}`);
  return years
    .map((year) => year + monthAndDay)
    .find((day) => day <= today && readDigits(`${day}000000`) !== undefined);
}
