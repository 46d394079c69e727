import { Temporal } from 'temporal-polyfill';

/** When the office works, in the company's time zone. */
export interface OfficeCalendar {
  readonly timeZone: string;
  readonly opensAtMinute: number;
  readonly closesAtMinute: number;
  /** 1 is Monday. */
  readonly weekdays: readonly number[];
  /** Days off besides, and weekend days that are worked. */
  readonly holidays: readonly string[];
  readonly workdays: readonly string[];
}

const minuteMs = 60_000;
/** Past this the calendar is wrong, not the clock: one day a week, 60 days of minutes. */
const maxDays = 2000;

/** The instant at which so many minutes of office time have passed since `from`. */
export function addOfficeMinutes(calendar: OfficeCalendar, from: Date, minutes: number): Date {
  let left = minutes * minuteMs;
  let day = localDay(calendar, from);
  let at = from.getTime();
  for (let days = 0; days < maxDays; days += 1) {
    const hours = hoursOf(calendar, day);
    if (hours) {
      const start = Math.max(at, hours.opensMs);
      const open = hours.closesMs - start;
      if (open > 0 && left <= open) return new Date(start + left);
      left -= Math.max(0, open);
      at = Math.max(at, hours.closesMs);
    }
    day = day.add({ days: 1 });
  }
  return new Date(at);
}

/** Whole minutes of office time between two instants; 0 when the first is not before the second. */
export function officeMinutesBetween(calendar: OfficeCalendar, from: Date, to: Date): number {
  let sum = 0;
  let day = localDay(calendar, from);
  const last = localDay(calendar, to);
  for (let days = 0; days < maxDays && Temporal.PlainDate.compare(day, last) <= 0; days += 1) {
    const hours = hoursOf(calendar, day);
    if (hours) {
      const start = Math.max(from.getTime(), hours.opensMs);
      const end = Math.min(to.getTime(), hours.closesMs);
      sum += Math.max(0, end - start);
    }
    day = day.add({ days: 1 });
  }
  return Math.floor(sum / minuteMs);
}

function localDay({ timeZone }: OfficeCalendar, at: Date): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
}

function hoursOf(calendar: OfficeCalendar, day: Temporal.PlainDate) {
  const name = day.toString();
  const isWorked =
    calendar.workdays.includes(name) ||
    (calendar.weekdays.includes(day.dayOfWeek) && !calendar.holidays.includes(name));
  if (!isWorked) return undefined;
  return {
    opensMs: instantMs(calendar, day, calendar.opensAtMinute),
    closesMs: instantMs(calendar, day, calendar.closesAtMinute),
  };
}

function instantMs({ timeZone }: OfficeCalendar, day: Temporal.PlainDate, minute: number): number {
  // 1440 is the end of the day, which is the start of the next.
  const [date, rest] = minute >= 1440 ? [day.add({ days: 1 }), 0] : [day, minute];
  const time = Temporal.PlainTime.from({ hour: Math.floor(rest / 60), minute: rest % 60 });
  return date.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds;
}
