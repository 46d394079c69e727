import { type Fen, fen } from '@wuye-pay/money';
import { expect, test } from 'vitest';
import { fitBills } from './fit.ts';

const bills = (...amounts: number[]) => amounts.map((each) => ({ openFen: fen(each) }));
const fit = (amounts: number[], debit: number, month: number, most = 100) => {
  const limits = { limitDebitFen: fen(debit), monthLeftFen: fen(month) };
  const { taken, leftOut } = fitBills(bills(...amounts), limits, most);
  const sums = (list: readonly { openFen: Fen }[]) => list.map(({ openFen }) => openFen);
  return [sums(taken), leftOut.map(({ bill, reason }) => `${bill.openFen} ${reason}`)];
};

test.each<[string, Parameters<typeof fit>, unknown]>([
  ['all that fits is taken', [[100, 200], 300, 300], [[100, 200], []]],
  [
    'nothing is taken of a bill above the limit',
    [[301, 100], 300, 900],
    [[100], ['301 over-debit-limit']],
  ],
  ['what does not fit beside others waits for the next', [[200, 200], 300, 900], [[200], []]],
  ['a smaller one behind it still fits', [[200, 200, 100], 300, 900], [[200, 100], []]],
  ['the month is a limit too', [[200, 200], 300, 300], [[200], ['200 over-month-limit']]],
  ['a used-up month takes nothing', [[1], 300, 0], [[], ['1 over-month-limit']]],
  ['exactly the limit is within it', [[300], 300, 300], [[300], []]],
  ['no more bills than one payment settles', [[1, 1, 1], 300, 300, 2], [[1, 1], []]],
])('%s', (_, input, expected) => {
  expect(fit(...input)).toEqual(expected);
});
