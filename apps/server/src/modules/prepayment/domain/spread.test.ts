import { fen } from '@wuye-pay/money';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spread } from './spread.ts';

const bill = (billId: string, openFen: number, unitId = 'a') => ({
  billId,
  unitId,
  openFen: fen(openFen),
});

test.each([
  ['covers both', 300, 'part', [100, 200], [100, 200]],
  ['pays the older bill, and of the newer one what is left', 150, 'part', [100, 200], [100, 50]],
  ['waits with the newer bill until it is covered', 150, 'wait', [100, 200], [100]],
  ['does not let a small bill overtake one that waits', 60, 'wait', [100, 50], []],
  ['is used up to the last fen', 1, 'part', [100, 200], [1]],
  ['has nothing', 0, 'part', [100, 200], []],
] as const)('a balance that %s', (_case, free, shortBalance, open, expected) => {
  const bills = open.map((openFen, index) => bill(String(index), openFen));
  const lines = spread({ bills, freeFen: new Map([['a', free]]), shortBalance });
  expect(lines.map(({ amountFen }) => amountFen)).toEqual(expected);
});

test('no home pays for another', () => {
  const lines = spread({
    bills: [bill('mine', 100, 'a'), bill('theirs', 100, 'b')],
    freeFen: new Map([['a', 250]]),
    shortBalance: 'part',
  });
  expect(lines).toEqual([{ billId: 'mine', unitId: 'a', amountFen: 100 }]);
});

test('never more than a balance has or a bill is open, and the oldest first', () => {
  const amount = fc.integer({ min: 1, max: 1000 });
  const given = fc.record({
    bills: fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), amount), { maxLength: 12 }),
    free: fc.tuple(fc.nat(2000), fc.nat(2000), fc.nat(2000)),
    shortBalance: fc.constantFrom('part' as const, 'wait' as const),
  });
  fc.assert(
    fc.property(given, ({ bills, free, shortBalance }) => {
      const freeFen = new Map(['a', 'b', 'c'].map((unit, index) => [unit, free[index] ?? 0]));
      const all = bills.map(([unitId, open], index) => bill(String(index), open, unitId));
      const lines = spread({ bills: all, freeFen, shortBalance });
      for (const [unitId, has] of freeFen) {
        const own = all.filter((one) => one.unitId === unitId);
        const taken = own.map(({ billId, openFen }) => ({
          openFen,
          amountFen: lines.find((line) => line.billId === billId)?.amountFen ?? 0,
        }));
        const used = taken.reduce((sum, { amountFen }) => sum + amountFen, 0);
        const owed = own.reduce((sum, { openFen }) => sum + openFen, 0);
        expect(used).toBeLessThanOrEqual(has);
        if (shortBalance === 'part') expect(used).toBe(Math.min(has, owed));
        const short = taken.findIndex(({ amountFen, openFen }) => amountFen < openFen);
        const later = short < 0 ? [] : taken.slice(short + 1);
        expect(later.every(({ amountFen }) => amountFen === 0)).toBe(true);
        if (shortBalance === 'wait' && short >= 0) expect(taken[short]?.amountFen).toBe(0);
      }
    }),
  );
});
