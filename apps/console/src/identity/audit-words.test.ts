import { expect, test } from 'vitest';
import { actionWords, subjectWords } from './audit-words.ts';

const sources = import.meta.glob<string>(
  ['../../../server/src/modules/*/use-cases/*.ts', '!**/*.test.ts'],
  { query: '?raw', import: 'default', eager: true },
);
const found = (pattern: RegExp) => {
  const names = Object.values(sources)
    .flatMap((source) => [...source.matchAll(pattern)])
    .map(([, name = '']) => name);
  return [...new Set(names)];
};

/** Names of events, of checkpoints and of keys look like acts. */
const isNoAct = /\b(?:topic: |checkpoint\(|derivedId\()$/;
const acts = Object.values(sources).flatMap((source) =>
  [...source.matchAll(/'([a-z]+\.[a-z]+_[a-z_]+)'/g)]
    .filter(({ index }) => !isNoAct.test(source.slice(0, index)))
    .map(([, name = '']) => name),
);

test('the audit page has words for every act that the server records', () => {
  expect(new Set(Object.keys(actionWords))).toEqual(new Set(acts));
});

test('and for everything that an act can be about', () => {
  const subjects = found(/subjectKind: '([\w-]+)'/g);
  expect(subjects).toContain('unit');
  expect(Object.keys(subjectWords)).toEqual(expect.arrayContaining(subjects));
});
