import { expect, test } from 'vitest';
import { entryOf, home, isPageName, type PageName, pages, tabs } from './pages.ts';

const names = Object.keys(pages) as PageName[];
const folders = Object.keys(import.meta.glob('./pages/*/index.tsx')).map(
  (path) => path.split('/')[2],
);

test('every page has its folder, and every folder is a page', () => {
  expect([...folders].sort()).toEqual([...names].sort());
});

test('the tabs are pages that say so, and the app opens on one of them', () => {
  for (const tab of tabs) expect(entryOf(tab).tab).toBe(tab);
  expect(tabs).toContain(home);
  expect(isPageName('toString')).toBe(false);
});
