import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone';
import utc from 'dayjs/plugin/utc';

dayjs.extend(utc);
dayjs.extend(timezone);

const defaultTimeZone = 'Asia/Shanghai';
let companyTimeZone = defaultTimeZone;

/** Instants are shown in the time of the company, wherever the reader sits. */
export function showTimesOf(timeZone: string): void {
  companyTimeZone = timeZone;
}

export type DateLanguage = 'zh' | 'en';

/** '2026-11-01' → 2026年11月, Nov 2026. */
export function monthText(month: string, language: DateLanguage): string {
  return dayjs(month).format(language === 'zh' ? 'YYYY年M月' : 'MMM YYYY');
}

/** '2026-11-30' → 2026年11月30日, 30 Nov 2026. */
export function dayText(day: string, language: DateLanguage): string {
  return dayjs(day).format(language === 'zh' ? 'YYYY年M月D日' : 'D MMM YYYY');
}

/** An instant in the company's time, to the minute: 2026年11月24日 14:05. */
export function instantText(at: string, language: DateLanguage): string {
  return inCompanyTime(at).format(language === 'zh' ? 'YYYY年M月D日 HH:mm' : 'D MMM YYYY HH:mm');
}

/** An instant of a timeline, to the second. */
export function preciseText(at: string, language: DateLanguage): string {
  return inCompanyTime(at).format(
    language === 'zh' ? 'YYYY年M月D日 HH:mm:ss' : 'D MMM YYYY HH:mm:ss',
  );
}

/** The time of day of an instant: 14:05:09. */
export function timeText(at: string): string {
  return inCompanyTime(at).format('HH:mm:ss');
}

/** Today in the company's time zone, '2026-11-24'. */
export function todayOf(): string {
  return dayjs().tz(companyTimeZone).format('YYYY-MM-DD');
}

/** '89.3700' → '89.37': a decimal without the zeros that say nothing, at least `digits` of them. */
export function decimalText(value: string, digits = 0): string {
  const [whole = '0', fraction = ''] = value.split('.');
  const kept = fraction.replace(/0+$/, '').padEnd(digits, '0');
  return kept ? `${whole}.${kept}` : whole;
}

/** 12345 → 12,345. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

function inCompanyTime(at: string): dayjs.Dayjs {
  return dayjs(at).tz(companyTimeZone);
}
