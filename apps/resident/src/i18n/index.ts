import { useCallback, useMemo } from 'react';
import { useSettings } from '../settings/index.ts';
import { type Texts, type Translate, translator } from './define.ts';

/** `const t = useTexts(texts)`, then `t('title')`, `t('bills', { count })`. */
export function useTexts<Zh>(texts: Texts<Zh>): Translate<Zh> {
  const { language } = useSettings();
  return useMemo(() => translator(texts, language), [texts, language]);
}

/** What the server says in both languages: `const words = useWords()`, then `words(bill.title)`. */
export function useWords(): (both: { readonly zh: string; readonly en: string }) => string {
  const { language } = useSettings();
  return useCallback((both) => both[language], [language]);
}
