import { expect, test } from 'vitest';
import { nextPage } from './next-page.ts';

test('after signing in one is where one wanted to go', () => {
  expect(nextPage('/bills?state=overdue', '/')).toBe('/bills?state=overdue');
  expect(nextPage(null, '/')).toBe('/');
});

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', ''])(
  'an address that leads elsewhere (%s) leads to the first page',
  (wanted) => {
    expect(nextPage(wanted, '/')).toBe('/');
  },
);
