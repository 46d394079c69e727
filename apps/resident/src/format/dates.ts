import type { Language } from '../platform/types.ts';

const englishMonths = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
/** Property companies, their days and their residents are in China. */
const chinaOffsetMs = 8 * 3_600_000;

/** "11月30日" and "30 Nov 2026" of a day "2026-11-30". */
export function dayText(day: string, language: Language): string {
  const [year = '', month = '1', date = '1'] = day.split('-');
  if (language === 'zh') return `${Number(month)}月${Number(date)}日`;
  return `${Number(date)} ${englishMonths[Number(month) - 1]} ${year}`;
}

/** The same with the year in both languages. */
export function fullDayText(day: string, language: Language): string {
  return language === 'zh'
    ? `${day.slice(0, 4)}年${dayText(day, language)}`
    : dayText(day, language);
}

/** "2026年11月" and "Nov 2026" of any day of it. */
export function monthText(day: string, language: Language): string {
  const [year = '', month = '1'] = day.split('-');
  if (language === 'zh') return `${year}年${Number(month)}月`;
  return `${englishMonths[Number(month) - 1]} ${year}`;
}

/** A month, or both ends of a longer period. */
export function periodText(start: string, end: string, language: Language): string {
  const [from, to] = [monthText(start, language), monthText(end, language)];
  return from === to ? from : `${from} – ${to}`;
}

/** "2026年11月24日 09:05" of an instant, as clocks in China show it. */
export function instantText(instant: string | number, language: Language): string {
  const iso = new Date(new Date(instant).getTime() + chinaOffsetMs).toISOString();
  return `${fullDayText(iso.slice(0, 10), language)} ${iso.slice(11, 16)}`;
}

/** "2026年11月24日" of an instant. */
export function instantDayText(instant: string, language: Language): string {
  return instantText(instant, language).replace(/ \d\d:\d\d$/, '');
}

/** "刚刚", "5 分钟前", "3 小时前", else the instant. */
export function ageText(atMs: number, nowMs: number, language: Language): string {
  const minutes = Math.floor((nowMs - atMs) / 60_000);
  if (minutes < 1) return language === 'zh' ? '刚刚' : 'just now';
  if (minutes < 60) return language === 'zh' ? `${minutes} 分钟前` : `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return language === 'zh' ? `${hours} 小时前` : `${hours} h ago`;
  return instantText(atMs, language);
}
