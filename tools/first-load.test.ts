import { expect, test } from 'vitest';
import { type PageName, pages } from '../apps/resident/src/pages.ts';
import { build } from './build.mjs';
import { firstLoadScripts } from './first-load.ts';

/** On slow 4G these are most of the wait for the first page. */
const budgetBytes = 140 * 1024;

test('whichever page of the app is opened first needs at most 140 KB of scripts', async () => {
  await build(['resident']);
  for (const name of Object.keys(pages) as PageName[]) {
    const scripts = firstLoadScripts(name);
    const bytes = scripts.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
    const kb = (size: number) => `${(size / 1024).toFixed(1)} KB`;
    const list = scripts.map(({ file, gzipBytes }) => `${file} ${kb(gzipBytes)}`).join(', ');
    expect(bytes, `${name} needs ${kb(bytes)} of 140 KB: ${list}`).toBeLessThanOrEqual(budgetBytes);
  }
});
