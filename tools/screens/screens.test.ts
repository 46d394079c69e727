import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { entryOf } from '../../apps/resident/src/pages.ts';
import { knownParameters, pageNames } from './app-pages.ts';

const folder = join(import.meta.dirname, '../../docs/screens/resident');
const modes = ['zh-CN', 'en', 'elder'];
const mostBytes = 5 * 1024 * 1024;

test.each(pageNames)('the page %s can be opened for a picture', (name) => {
  for (const need of entryOf(name).needs ?? []) expect(knownParameters).toContain(need);
});

test('the kept pictures are small, and the index shows each of them', () => {
  const index = readFileSync(join(folder, 'README.md'), 'utf8');
  const shown = [...index.matchAll(/src="([^"]+)"/g)].map(([, path = '']) => path);
  const kept = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.webp'))
    .map((path) => path.replaceAll('\\', '/'));
  expect(shown.toSorted()).toEqual(kept.toSorted());
  const bytes = kept.reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
  expect(bytes).toBeLessThan(mostBytes);
});

test.each(pageNames)('the page %s has its pictures', (name) => {
  const missing = modes.filter((mode) => !existsSync(join(folder, mode, `${name}.webp`)));
  expect(missing, 'take them with `npx tsx tools/screens.ts`, and look at them').toEqual([]);
});
