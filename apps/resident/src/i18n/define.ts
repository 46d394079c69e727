import type { Language } from '../platform/types.ts';

/** `bills_other` may have a singular `bills_one` in English; both are read by `t('bills', { count })`. */
type OneOf<Zh> = {
  readonly [Key in keyof Zh as Key extends `${infer Base}_other` ? `${Base}_one` : never]?: string;
};
type Same<Zh> = { readonly [Key in keyof Zh]: string };

export type KeyOf<Zh> = {
  [Key in keyof Zh & string]: Key extends `${infer Base}_other` ? Base : Key;
}[keyof Zh & string];

export type English<Zh> = Same<Zh> & OneOf<Zh>;

export interface Texts<Zh> {
  readonly zh: Zh;
  readonly en: English<Zh>;
}

export type Values = Readonly<Record<string, string | number>>;
export type Translate<Zh> = (key: KeyOf<Zh>, values?: Values) => string;

/** The texts of a folder: English has every key of Chinese, and may add singulars. */
export function defineTexts<Zh extends Readonly<Record<string, string>>>(
  zh: Zh,
  en: English<Zh>,
): Texts<Zh> {
  return { zh, en };
}

/** `t('bills', { count: 3 })` of a folder's texts in one language. */
export function translator<Zh>(texts: Texts<Zh>, language: Language): Translate<Zh> {
  const table = texts[language] as Readonly<Record<string, string>>;
  return (key, values = {}) => {
    const one = values['count'] === 1 ? table[`${key}_one`] : undefined;
    const text = one ?? table[key] ?? table[`${key}_other`] ?? key;
    return text.replace(/\{\{(\w+)\}\}/g, (_match, name: string) => String(values[name] ?? ''));
  };
}
