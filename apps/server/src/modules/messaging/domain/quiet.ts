const minuteMs = 60_000;
const dayMinutes = 24 * 60;
/** Marketing may not leave outside these hours, whatever the company has set. */
const marketing = { from: '22:00', to: '08:00' } as const;

export interface QuietHours {
  /** "21:00" and "08:00", in the company's time; equal: none. */
  readonly from: string;
  readonly to: string;
}

/** When the quiet hours that `now` lies in are over; undefined outside of them. */
export function quietUntil(
  now: Date,
  timeZone: string,
  hours: QuietHours,
  isMarketing = false,
): Date | undefined {
  const ends = [hours, ...(isMarketing ? [marketing] : [])].flatMap(
    (each) => endOf(now, timeZone, each) ?? [],
  );
  return ends.sort((a, b) => b.getTime() - a.getTime())[0];
}

function endOf(now: Date, timeZone: string, { from, to }: QuietHours): Date | undefined {
  if (from === to) return undefined;
  const minute = minuteOfDay(now, timeZone);
  const start = minutesOf(from);
  const end = minutesOf(to);
  const isQuiet = start < end ? minute >= start && minute < end : minute >= start || minute < end;
  if (!isQuiet) return undefined;
  const left = (end - minute + dayMinutes) % dayMinutes;
  const whole = Math.floor(now.getTime() / minuteMs) * minuteMs;
  return new Date(whole + left * minuteMs);
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

const formats = new Map<string, Intl.DateTimeFormat>();

function minuteOfDay(at: Date, timeZone: string): number {
  const known = formats.get(timeZone);
  const format =
    known ??
    new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    });
  formats.set(timeZone, format);
  return minutesOf(format.format(at));
}
