import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import i18next from 'i18next';
import { useCallback } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import { type Language, languageCookie, languageIn, localeOf } from './language.ts';
import { allTexts, namespaces } from './resources.ts';

/** Starts the texts in the language of the cookie. Everything is in the bundle: no waiting. */
export async function startTexts(): Promise<void> {
  const language = languageIn(document.cookie);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh',
    ns: namespaces,
    defaultNS: 'ui',
    resources: allTexts,
    keySeparator: false,
    interpolation: { escapeValue: false }, // React escapes.
  });
  applyLanguage(language);
}

export function useLanguage(): readonly [Language, (next: Language) => void] {
  const { i18n } = useTranslation();
  const language: Language = i18n.language === 'en' ? 'en' : 'zh';
  const change = useCallback(
    (next: Language) => {
      document.cookie = languageCookie(next);
      applyLanguage(next);
      void i18n.changeLanguage(next);
    },
    [i18n],
  );
  return [language, change];
}

function applyLanguage(language: Language): void {
  document.documentElement.lang = localeOf(language);
  dayjs.locale(language === 'zh' ? 'zh-cn' : 'en');
}
