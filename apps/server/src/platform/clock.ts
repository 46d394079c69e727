import { Temporal } from 'temporal-polyfill';

/** The only source of the present. Tests give one that they can move. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** The calendar day of an instant in a company's time zone, "2026-11-24". */
export function dayOf(at: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

/** The instant at which a day begins in a company's time zone. */
export function startOfDay(day: string, timeZone: string): Date {
  const start = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone });
  return new Date(start.epochMilliseconds);
}

/** The first day of the month of a day: "2026-11-24" → "2026-11-01". */
export function monthOf(day: string): string {
  return `${day.slice(0, 7)}-01`;
}
