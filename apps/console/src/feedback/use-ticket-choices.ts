import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';

export function useCategoryOptions() {
  const [language] = useLanguage();
  const { data } = useRead('GET /api/ticket-categories', {});
  const items = data?.items ?? [];
  const named = items.map(({ id, name, nameEn }) => ({
    value: id,
    label: language === 'zh' ? name : nameEn,
  }));
  const ordinary = new Set(items.filter((c) => !c.isDispute && c.isActive).map(({ id }) => id));
  return { all: named, ordinary: named.filter(({ value }) => ordinary.has(value)) };
}

export function useReceiverOptions() {
  const [language] = useLanguage();
  const { data } = useRead('GET /api/ticket-receivers', {});
  return {
    staff: (data?.staff ?? []).map(({ id, name }) => ({ value: id, label: name })),
    roles: (data?.roles ?? []).map(({ id, name }) => ({ value: id, label: name[language] })),
  };
}
