import type { BankLayoutContent } from '@wuye-pay/contract';

type DateFormat = BankLayoutContent['dateFormat'];

/** A day as banks write it, a time after it left out. @returns undefined for what is none */
export function readDay(text: string, format: DateFormat): string | undefined {
  const bare = text.trim();
  const compact = /^(\d{4})(\d{2})(\d{2})(?:\D.*|\d{6})?$/.exec(bare);
  if (compact) return dayOf(compact[1], compact[2], compact[3]);
  const yearFirst = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s].*)?$/.exec(
    bare,
  );
  if (yearFirst) return dayOf(yearFirst[1], yearFirst[2], yearFirst[3]);
  const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T\s].*)?$/.exec(bare);
  // 03/04/2026 is two days: only a layout that says which may read it.
  if (!yearLast || format === 'auto') return undefined;
  const [, first, second, year] = yearLast;
  return format === 'day-month-year' ? dayOf(year, second, first) : dayOf(year, first, second);
}

/** "2026-02-30" is no day. */
function dayOf(year = '', month = '', day = ''): string | undefined {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text) return undefined;
  return year >= '2000' && year < '2100' ? text : undefined;
}
