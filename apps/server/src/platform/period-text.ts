/** "2026年11月", or both ends of a longer period; "Nov 2026" in English. */
export function periodText(start: string, end: string, language: 'zh' | 'en'): string {
  const [from, to] = [monthText(start, language), monthText(end, language)];
  return from === to ? from : `${from} – ${to}`;
}

/** @param month "01" to "12" */
export function monthName(month: string): string {
  return englishMonths[Number(month) - 1] ?? month;
}

function monthText(day: string, language: 'zh' | 'en'): string {
  const [year = '', month = '1'] = day.split('-');
  if (language === 'zh') return `${year}年${Number(month)}月`;
  return `${monthName(month)} ${year}`;
}

const englishMonths = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
