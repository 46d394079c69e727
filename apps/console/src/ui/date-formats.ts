import { useTranslation } from 'react-i18next';

const formats = {
  zh: { date: 'YYYY年M月D日', month: 'YYYY年M月' },
  en: { date: 'D MMM YYYY', month: 'MMM YYYY' },
} as const;
const typed = { date: ['YYYY-MM-DD', 'YYYYMMDD'], month: ['YYYY-MM', 'YYYYMM'] } as const;

/** How a field shows a day or month, and the short forms that may be typed into it. */
export function useDateFormats(picker: 'date' | 'month'): string[] {
  const { i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  return [formats[language][picker], ...typed[picker]];
}
