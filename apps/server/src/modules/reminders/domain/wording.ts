import { fen, yuanText } from '@wuye-pay/money';

type Language = 'zh' | 'en';

export interface Said {
  readonly communityName: string;
  readonly unitLabel: string;
  readonly months: readonly string[];
  readonly amountFen: number;
  readonly dueOn: string;
  readonly daysLate: number;
}

/** Which words fit: 'reminder.upcoming', '…due', '…overdue'. */
export function templateOf(days: number): string {
  if (days === 0) return 'reminder.due';
  return days < 0 ? 'reminder.upcoming' : 'reminder.overdue';
}

/** The variables of the template: the home and the sum, and no name of anybody. */
export function variablesOf(
  templateKey: string,
  said: Said,
  language: Language,
): Record<string, string> {
  const shared = {
    community: said.communityName,
    unit: said.unitLabel,
    months: monthsText(said.months, language),
    amount: yuanText(fen(said.amountFen)),
  };
  return templateKey === 'reminder.overdue'
    ? { ...shared, daysLate: String(said.daysLate) }
    : { ...shared, dueOn: dayText(said.dueOn, language) };
}

/** "2026年9月", "2026年9月至11月", "2025年12月至2026年2月" */
export function monthsText(months: readonly string[], language: Language): string {
  const [first, last] = [months[0] ?? '', months.at(-1) ?? ''];
  if (first === last) return monthText(first, language);
  if (language === 'en') return `${monthText(first, 'en')} to ${monthText(last, 'en')}`;
  const isSameYear = first.slice(0, 4) === last.slice(0, 4);
  const end = monthText(last, 'zh');
  return `${monthText(first, 'zh')}至${isSameYear ? end.slice(end.indexOf('年') + 1) : end}`;
}

const english = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function monthText(month: string, language: Language): string {
  const [year = '', number = ''] = month.split('-');
  return language === 'zh'
    ? `${year}年${Number(number)}月`
    : `${english[Number(number) - 1]} ${year}`;
}

export function dayText(day: string, language: Language): string {
  const number = Number(day.slice(8, 10));
  return language === 'zh'
    ? `${monthText(day, 'zh')}${number}日`
    : `${number} ${monthText(day, 'en')}`;
}
