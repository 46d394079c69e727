import { expect, test } from 'vitest';
import { linesOf } from './match-lines.ts';

const bills = [
  { billId: 'a', openFen: 100 },
  { billId: 'b', openFen: 80 },
  { billId: 'c', openFen: 50 },
];

test('chosen bills are filled in their order, the last one with what is left', () => {
  expect(linesOf(bills, new Set(['a', 'c']), 120)).toEqual([
    { billId: 'a', amountFen: 100 },
    { billId: 'c', amountFen: 20 },
  ]);
});

test('a bill that nothing is left for is no line, and more money than bills stays', () => {
  expect(linesOf(bills, new Set(['a', 'b']), 100)).toEqual([{ billId: 'a', amountFen: 100 }]);
  expect(linesOf(bills, new Set(['b']), 500)).toEqual([{ billId: 'b', amountFen: 80 }]);
  expect(linesOf(bills, new Set(), 500)).toEqual([]);
});
