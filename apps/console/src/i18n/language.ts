export type Language = 'zh' | 'en';

const yearSeconds = 365 * 24 * 3600;

/** The language that the reader chose, Chinese until then. The server reads the same cookie. */
export function languageIn(cookies: string): Language {
  const chosen = /(?:^|;\s*)lang=(\w+)/.exec(cookies)?.[1];
  return chosen === 'en' ? 'en' : 'zh';
}

export function languageCookie(language: Language): string {
  return `lang=${language}; path=/; max-age=${yearSeconds}; samesite=lax`;
}

/** The value of the `lang` attribute. */
export function localeOf(language: Language): 'zh-CN' | 'en' {
  return language === 'zh' ? 'zh-CN' : 'en';
}
