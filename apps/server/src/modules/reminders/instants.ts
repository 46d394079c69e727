import { Temporal } from 'temporal-polyfill';

/** The instant of a time of day in a company's time zone. */
export function instantOf(day: string, time: string, timeZone: string): Date {
  const local = Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timeZone);
  return new Date(local.epochMilliseconds);
}
