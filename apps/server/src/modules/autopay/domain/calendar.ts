import { Temporal } from 'temporal-polyfill';
import { addDays, later } from './rule.ts';

/** Whole hours of a day in a company's time zone. */
export interface Hours {
  readonly from: number;
  readonly to: number;
}

export function instantOf(day: string, hour: number, timeZone: string): Date {
  const at = Temporal.PlainDate.from(day).toZonedDateTime({
    timeZone,
    plainTime: Temporal.PlainTime.from({ hour }),
  });
  return new Date(at.epochMilliseconds);
}

function dayAt(at: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

export interface Notice {
  readonly noticeDays: number;
  readonly noticeMs: number;
  readonly hours: Hours;
  readonly timeZone: string;
}

/** Time for a notice to be taken, so that a day ahead of the end of the hours is still kept. */
const reserveMs = 2 * 3_600_000;

/** The first day that a notice which leaves now can be in time for. */
export function firstPossibleDay(now: Date, notice: Notice): string {
  const { noticeDays, noticeMs, hours, timeZone } = notice;
  const today = dayAt(now, timeZone);
  const latest = now.getTime() + noticeMs + reserveMs;
  const wished = addDays(today, noticeDays);
  for (let day = wished; ; day = addDays(day, 1)) {
    if (instantOf(day, hours.to, timeZone).getTime() >= latest) return later(day, wished);
  }
}

/**
 * When a debit may start: within the hours of its day, and a day after the later of both notices.
 * @returns undefined when the day cannot be kept any more
 */
export function startableAt(
  debitOn: string,
  noticedAt: readonly Date[],
  { noticeMs, hours, timeZone }: Omit<Notice, 'noticeDays'>,
): Date | undefined {
  const opens = instantOf(debitOn, hours.from, timeZone).getTime();
  const told = noticedAt.map((at) => at.getTime() + noticeMs);
  const at = Math.max(opens, ...told);
  return at < instantOf(debitOn, hours.to, timeZone).getTime() ? new Date(at) : undefined;
}
