import { expect, test } from 'vitest';
import { fenOfText, newIdempotencyKey } from './cash.ts';

test.each([
  ['300', 300_00],
  ['254.7', 254_70],
  ['254.70', 254_70],
  [' 0.05 ', 5],
  ['0', 0],
])('%s yuan in cash is %i fen', (text, amountFen) => {
  expect(fenOfText(text)).toBe(amountFen);
});

test.each(['', '254.705', '1,000', '-5', 'abc', '1e3', '.5'])(
  '"%s" is no amount, and no change is worked out from it',
  (text) => {
    expect(fenOfText(text)).toBeUndefined();
  },
);

test('each act has a key of its own, long enough for the server', () => {
  const keys = new Set(Array.from({ length: 100 }, newIdempotencyKey));
  expect(keys.size).toBe(100);
  expect([...keys].every((key) => /^[0-9a-f]{32}$/.test(key))).toBe(true);
});
