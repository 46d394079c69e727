import { expect, test } from 'vitest';
import { defaultRule, retryDay, wishedDay } from './rule.ts';

const bill = { dueOn: '2027-01-31', publishedOn: '2027-01-29' };

test.each([
  ['due', 0, '2027-01-31'],
  ['due', -3, '2027-01-28'],
  ['due', 1, '2027-02-01'],
  ['published', 0, '2027-01-29'],
  ['published', 31, '2027-03-01'],
] as const)('%s and %i days is %s', (basis, days, day) => {
  expect(wishedDay(bill, { ...defaultRule, basis, days })).toBe(day);
});

test('tries follow after 1, 3 and 7 days, over the end of a month, and then none', () => {
  const days = [1, 2, 3, 4].map((tryNo) =>
    retryDay(defaultRule, { tryNo, failedOn: '2028-02-28' }),
  );
  expect(days).toEqual(['2028-02-29', '2028-03-02', '2028-03-06', undefined]);
});
