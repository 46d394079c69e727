import { describe, expect, test } from 'vitest';
import { amountOf } from './amount.ts';
import { explain } from './explain.ts';
import { nextPeriod } from './period.ts';
import type { AmountInputs, Rounding } from './terms.ts';

function inputs(
  given: Partial<Omit<AmountInputs, 'rounding'>>,
  rounding: Partial<Rounding> = {},
): AmountInputs {
  return {
    areaM2: '89.3700',
    price: '2.850000',
    surcharge: '0.000000',
    months: 1,
    ...given,
    rounding: { mode: 'half-up', unit: 'fen', point: 'period', ...rounding },
  };
}

describe('what a home of 89.37 ㎡ at 2.85 yuan owes', () => {
  test.each([
    ['a month', {}, {}, 254_70],
    ['a year, rounded once', { months: 12 }, {}, 3056_45],
    ['a year, each month rounded', { months: 12 }, { point: 'month' }, 3056_40],
    ['a month in whole yuan', {}, { unit: 'yuan' }, 255_00],
    ['a month in whole jiao, the rest dropped', {}, { unit: 'jiao', mode: 'down' }, 254_70],
    ['a month, always up', {}, { mode: 'up' }, 254_71],
    ['half a year with 5 yuan a month on top', { months: 6, surcharge: '5' }, {}, 1558_23],
  ] as const)('%s', (_name, given, rounding, amountFen) => {
    expect(amountOf(inputs(given, rounding))).toBe(amountFen);
  });

  test('half a fen goes to the even fen when the tariff says so', () => {
    const halves = (areaM2: string) =>
      amountOf(inputs({ areaM2, price: '0.005' }, { mode: 'half-even' }));
    expect([halves('1'), halves('3'), halves('5')]).toEqual([0, 2, 2]);
  });

  test('a fixed amount does not look at the area', () => {
    expect(amountOf(inputs({ areaM2: null, price: '80', months: 3 }))).toBe(240_00);
  });
});

describe('a bill explains itself', () => {
  test('in Chinese and English', () => {
    expect(explain(inputs({}))).toEqual({
      zh: '89.37 ㎡ × 2.85 元/㎡·月 × 1 个月 = 254.70 元（四舍五入到分）',
      en: '89.37 m² × 2.85 × 1 month = 254.70, half up',
    });
  });
  test('with the surcharge in brackets', () => {
    expect(explain(inputs({ surcharge: '5', months: 3 }))).toEqual({
      zh: '（89.37 ㎡ × 2.85 元/㎡·月 + 附加费 5 元/月） × 3 个月 = 779.11 元（四舍五入到分）',
      en: '(89.37 m² × 2.85 + surcharge 5) × 3 months = 779.11, half up',
    });
  });
  test('with the rounding of each month', () => {
    expect(explain(inputs({ months: 12 }, { point: 'month' }))).toEqual({
      zh: '89.37 ㎡ × 2.85 元/㎡·月 = 254.70 元/月（每月四舍五入到分），254.70 元 × 12 个月 = 3056.40 元',
      en: '89.37 m² × 2.85 = 254.70 a month, each month half up; 254.70 × 12 months = 3056.40',
    });
  });
  test('without an area when the amount is fixed', () => {
    expect(explain(inputs({ areaM2: null, price: '80' })).zh).toBe(
      '80 元/月 × 1 个月 = 80.00 元（四舍五入到分）',
    );
  });
});

describe('periods begin in the anchor month and every so many months after', () => {
  test.each([
    [{ periodMonths: 1, anchorMonth: 1, dueDay: 25 }, '2026-11-01', '2026-11-01', '2026-11-30'],
    [{ periodMonths: 3, anchorMonth: 1, dueDay: 10 }, '2026-11-01', '2027-01-01', '2027-03-31'],
    [{ periodMonths: 6, anchorMonth: 9, dueDay: 1 }, '2026-11-01', '2027-03-01', '2027-08-31'],
    [{ periodMonths: 12, anchorMonth: 3, dueDay: 28 }, '2027-03-01', '2027-03-01', '2028-02-29'],
    [{ periodMonths: 1, anchorMonth: 7, dueDay: 25 }, '2028-02-01', '2028-02-01', '2028-02-29'],
  ])('%j from %s', (rule, month, start, end) => {
    expect(nextPeriod(rule, month)).toMatchObject({ start, end });
  });
});
