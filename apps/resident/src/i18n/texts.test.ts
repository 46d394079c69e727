import { expect, test } from 'vitest';
import { type Texts, translator } from './define.ts';

const folders = import.meta.glob<Readonly<Record<string, unknown>>>('../**/texts.ts', {
  eager: true,
});
const tables = Object.entries(folders).flatMap(([path, module]) =>
  Object.values(module).map((texts) => [path, texts as Texts<Record<string, string>>] as const),
);
const placeholders = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

test('every folder of texts is looked at', () => {
  expect(tables.length).toBeGreaterThan(3);
});

test.each(tables)('English of %s says what Chinese says, with the same figures', (_path, texts) => {
  for (const [key, text] of Object.entries(texts.zh)) {
    expect(texts.en[key], key).toBeTruthy();
    expect(placeholders(texts.en[key]!), key).toEqual(placeholders(text));
    expect(texts.en[key], key).not.toMatch(/\p{Script=Han}/u);
  }
});

test('a count chooses the singular in English, and is said in Chinese', () => {
  const texts = {
    zh: { bills_other: '{{count}} 笔账单' },
    en: { bills_other: '{{count}} bills', bills_one: '{{count}} bill' },
  };
  expect(translator(texts, 'en')('bills', { count: 1 })).toBe('1 bill');
  expect(translator(texts, 'en')('bills', { count: 2 })).toBe('2 bills');
  expect(translator(texts, 'zh')('bills', { count: 1 })).toBe('1 笔账单');
});
