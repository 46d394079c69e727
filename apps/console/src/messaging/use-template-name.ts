import { useTranslation } from 'react-i18next';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';

export const purposes = ['reminder', 'autopay', 'feedback', 'binding', 'receipt', 'code'] as const;

/** What a template is called; its key until the names are there. */
export function useTemplateName(): (key: string) => string {
  const [language] = useLanguage();
  const { data } = useRead('GET /api/message-templates', {});
  const names = new Map(data?.items.map(({ key, label }) => [key, label[language]]));
  return (key) => names.get(key) ?? key;
}

export function usePurposeName(): (purpose: string) => string {
  const { t } = useTranslation('messaging');
  return (purpose) => {
    const known = purposes.find((one) => one === purpose);
    return known ? t(`purpose.${known}`) : purpose;
  };
}
