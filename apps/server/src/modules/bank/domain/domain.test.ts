import { fen } from '@wuye-pay/money';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchAmount, onlyCombination } from './match-amount.ts';
import { makeReference, nearReferencesIn, printedReference, referencesIn } from './reference.ts';
import { readAmount } from './statement/amount-text.ts';
import { readDay } from './statement/day-text.ts';
import { doorsIn } from './suggest.ts';

const reference = fc.uint8Array({ minLength: 8, maxLength: 8 }).map(makeReference);

describe('a payment reference', () => {
  test('is read back however it is spelt, and has no letter that looks like another', () => {
    fc.assert(
      fc.property(reference, (made) => {
        expect(made).toMatch(/^[ACEFHJKMNPRTVWXY][0-9ACEFHJKMNPRTVWXY]{8}$/);
        expect(referencesIn(`物业费${printedReference(made).toLowerCase()}张三`)).toContain(made);
        expect(referencesIn(made.replaceAll('0', 'O').replaceAll('1', 'l'))).toContain(made);
      }),
    );
  });

  test('with any one wrong character is none, and is found as a near one', () => {
    fc.assert(
      fc.property(
        reference,
        fc.nat(8),
        fc.constantFrom(...'0123456789ACEFHJKMNPRTVWXY'),
        (made, at, character) => {
          fc.pre(made[at] !== character);
          const wrong = made.slice(0, at) + character + made.slice(at + 1);
          expect(referencesIn(wrong)).not.toContain(made);
          expect(referencesIn(wrong)).not.toContain(wrong);
          if (/\d/.test(wrong)) expect(nearReferencesIn(wrong)).toContain(made);
        },
      ),
    );
  });

  test('is never read out of digits alone: phones, accounts and amounts', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{5,30}$/), (digits) => {
        expect(referencesIn(digits)).toEqual([]);
      }),
    );
  });
});

describe('an amount', () => {
  const bills = (...amounts: number[]) =>
    amounts.map((amount, index) => ({ billId: `b${index}`, openFen: fen(amount) }));
  test.each([
    [[100, 80], 180, 'all', 'b0 b1', 0],
    [[100, 80], 100, 'oldest', 'b0', 0],
    [[100, 80, 30], 180, 'oldest', 'b0 b1', 0],
    [[100, 80], 80, 'one', 'b1', 0],
    [[100, 80, 80], 80, 'none', '', 80],
    [[100, 80, 30], 110, 'combination', 'b1 b2', 0],
    [[100, 60, 40, 30, 70], 100, 'oldest', 'b0', 0],
    [[90, 60, 40, 30, 70], 100, 'part', 'b0', 10],
    [[100, 80], 250, 'part', 'b0 b1', 70],
    [[100, 80], 99, 'none', '', 99],
    [[], 99, 'none', '', 99],
  ])('of bills %j, %i fits as %s', (amounts, amount, kind, ids, rest) => {
    const match = matchAmount(bills(...amounts), fen(amount));
    expect([match.kind, [...match.billIds].sort().join(' '), match.restFen]).toEqual([
      kind,
      ids,
      rest,
    ]);
  });

  test('never settles more than it is, and nothing is lost', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 500 }), { maxLength: 14 });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 3000 }), (list, amount) => {
        const open = bills(...list);
        const { billIds, restFen } = matchAmount(open, fen(amount));
        const settled = open
          .filter(({ billId }) => billIds.includes(billId))
          .reduce((all, { openFen }) => all + openFen, 0);
        expect(settled + restFen).toBe(amount);
        expect(new Set(billIds).size).toBe(billIds.length);
      }),
    );
  });

  test('has one combination only if trying all of them finds one', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 40 }), (list, amount) => {
        let count = 0;
        for (let set = 1; set < 2 ** list.length; set += 1) {
          const total = list.reduce((all, one, at) => all + ((set >> at) & 1 ? one : 0), 0);
          if (total === amount) count += 1;
        }
        const found = onlyCombination(bills(...list), fen(amount));
        expect(found !== undefined).toBe(count === 1);
      }),
    );
  });

  test('of a unit with two hundred equal bills is decided at once', () => {
    const many = bills(...Array.from({ length: 200 }, () => 1000));
    const started = performance.now();
    expect(matchAmount(many, fen(1500)).kind).toBe('part');
    expect(performance.now() - started).toBeLessThan(500);
  });
});

test.each([
  ['1,234.50', 1234_50],
  ['￥ 1234.5', 1234_50],
  ['(200.00)', -200_00],
  ['（200）', -200_00],
  ['200.00-', -200_00],
  ['+300', 300_00],
  ['0.10', 10],
  ['10.000', 10_00],
  ['1，234', 1234_00],
  ['', null],
  ['--', null],
  ['10.005', undefined],
  ['12,34', undefined],
  ['1.2E+5', undefined],
  ['-(5)', undefined],
  ['九百', undefined],
])('the amount %j reads %s', (text, wanted) => {
  expect(readAmount(text)).toBe(wanted);
});

test.each([
  ['2026-11-24', 'auto', '2026-11-24'],
  ['20261124', 'auto', '2026-11-24'],
  ['20261124101112', 'auto', '2026-11-24'],
  ['2026/1/4 09:08:07', 'auto', '2026-01-04'],
  ['2026年11月4日', 'auto', '2026-11-04'],
  ['04/11/2026', 'day-month-year', '2026-11-04'],
  ['04/11/2026', 'month-day-year', '2026-04-11'],
  ['04/11/2026', 'auto', undefined],
  ['2026-13-01', 'auto', undefined],
  ['合计', 'auto', undefined],
] as const)('the day %j as %s reads %s', (text, format, wanted) => {
  expect(readDay(text, format)).toBe(wanted);
});

test.each([
  ['3栋2单元301物业费', ['3栋2单元301']],
  ['5号楼801室', ['5栋801']],
  ['3-2-301', ['3栋2单元301']],
  ['2026-11-24', []],
])('the remark %j names the doors %j', (text, doors) => {
  expect(doorsIn(text)).toEqual(doors);
});
