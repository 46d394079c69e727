import { expect, test } from 'vitest';
import { fenOfText } from './cash.ts';

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
