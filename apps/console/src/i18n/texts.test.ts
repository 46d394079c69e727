import { expect, test } from 'vitest';
import { languageCookie, languageIn } from './language.ts';
import { allTexts } from './resources.ts';

const placeholders = (text: string) =>
  [...text.matchAll(/\{\{(\w+)/g)].map(([, name]) => name).sort();

test('English says everything that Chinese says, with the same figures in it', () => {
  for (const [folder, zh] of Object.entries(allTexts.zh)) {
    const en = allTexts.en[folder] ?? {};
    for (const [key, text] of Object.entries(zh)) {
      expect(en[key], `${folder}:${key}`).toBeTruthy();
      expect(placeholders(en[key]!), `${folder}:${key}`).toEqual(placeholders(text));
    }
  }
});

test('no English text is left in Chinese', () => {
  const allowed = new Set(['shell:language', 'shell:languageLabel']);
  for (const [folder, texts] of Object.entries(allTexts.en)) {
    for (const [key, text] of Object.entries(texts)) {
      if (allowed.has(`${folder}:${key}`)) continue;
      expect(text, `${folder}:${key}`).not.toMatch(/\p{Script=Han}/u);
    }
  }
});

test('Chinese is the language until somebody chooses English', () => {
  expect(languageIn('')).toBe('zh');
  expect(languageIn('wuye_session=x; lang=fr')).toBe('zh');
  expect(languageIn(languageCookie('en'))).toBe('en');
  expect(languageIn('mylang=en')).toBe('zh');
});
