import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allocate,
  capitalYuan,
  decimal,
  decimalText,
  fen,
  fenFromYuan,
  multiply,
  roundYuan,
  spokenYuan,
  subtract,
  sum,
  yuanAmount,
  yuanText,
} from './index.ts';

describe('fen', () => {
  test.each([0.1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -(2 ** 53)])(
    'refuses %s',
    (value) => expect(() => fen(value)).toThrow(RangeError),
  );
  test('a sum that leaves the safe integers is refused, not approximated', () => {
    expect(() => sum([fen(Number.MAX_SAFE_INTEGER), fen(1)])).toThrow(RangeError);
  });
  test('what is left may be less than nothing, and is never minus zero', () => {
    expect(subtract(fen(100_00), fen(254_70))).toBe(-154_70);
    expect(Object.is(subtract(fen(0), fen(0)), 0)).toBe(true);
    expect(Object.is(fen(-0), 0)).toBe(true);
  });
});

describe('an amount is rounded once', () => {
  test.each([
    ['89.37', '2.85', '1', 'half-up', 254_70],
    ['89.37', '2.85', '12', 'half-up', 3056_45],
    ['1', '0.005', '1', 'half-up', 1],
    ['1', '0.005', '1', 'half-even', 0],
    ['1', '0.015', '1', 'half-even', 2],
    ['1', '0.014', '1', 'half-even', 1],
    ['1', '0.016', '1', 'half-even', 2],
    ['-1', '0.005', '1', 'half-up', -1],
    ['-1', '0.009', '1', 'down', 0],
    ['1', '2.00', '1', 'up', 200],
    ['1', '0.001', '1', 'up', 1],
    ['1', '0.009', '1', 'down', 0],
  ] as const)('%s m² × %s × %s, %s → %s fen', (area, price, months, mode, expected) => {
    const exact = multiply(decimal(area), decimal(price), decimal(months));
    expect(roundYuan(exact, mode)).toBe(expected);
  });
  test('to whole jiao and yuan', () => {
    expect(roundYuan(decimal('254.7045'), 'half-up', 'jiao')).toBe(254_70);
    expect(roundYuan(decimal('254.7045'), 'half-up', 'yuan')).toBe(255_00);
  });
});

describe('a split adds up', () => {
  test('five homes share 100.01 yuan', () => {
    expect(allocate(fen(100_01), [1, 1, 1, 1, 1])).toEqual([2001, 2000, 2000, 2000, 2000]);
  });
  test('whatever the weights', () => {
    const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.nat(1_000_000_000), weights, (amount, given) => {
        fc.pre(given.some((weight) => weight > 0));
        const parts = allocate(fen(amount), given);
        expect(sum(parts)).toBe(amount);
        parts.forEach((part, index) => {
          if (given[index] === 0) expect(part).toBe(0);
        });
      }),
    );
  });
  test.each([[[]], [[0, 0]], [[-1, 2]], [[0.5]]])('refuses weights %j', (weights) => {
    expect(() => allocate(fen(1), weights)).toThrow(RangeError);
  });
});

describe('capitals of receipts', () => {
  test.each([
    [0, '零元整'],
    [740_70, '柒佰肆拾元柒角整'],
    [1_00, '壹元整'],
    [10_05, '壹拾元零伍分'],
    [5, '伍分'],
    [30, '叁角整'],
    [1409_50, '壹仟肆佰零玖元伍角整'],
    [6007_14, '陆仟零柒元壹角肆分'],
    [107000_53, '壹拾万柒仟元伍角叁分'],
    [100_000_01, '壹拾万元零壹分'],
    [100_050_000_00, '壹亿零伍万元整'],
    [1_000_000_000_000_00, '壹万亿元整'],
    [-254_70, '负贰佰伍拾肆元柒角整'],
  ])('%i fen', (value, text) => {
    expect(capitalYuan(fen(value))).toBe(text);
  });
  test('read back, they are the same amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e14 }), (value) => {
        expect(readCapitals(capitalYuan(fen(value)))).toBe(value);
      }),
    );
  });
});

/** Reads as a person does, without the rules by which it was written. */
function readCapitals(text: string): number {
  const [, whole = '', jiao = '零', rest = '零'] =
    /^(?:(.+)元)?(?:零?(.)角)?(?:零?(.)分)?整?$/.exec(text) ?? [];
  const digit = (word: string) => '零壹贰叁肆伍陆柒捌玖'.indexOf(word);
  const integer = (words: string): number => {
    for (const [name, size] of [
      ['亿', 1e8],
      ['万', 1e4],
      ['仟', 1000],
      ['佰', 100],
      ['拾', 10],
    ] as const) {
      const at = words.lastIndexOf(name);
      if (at >= 0) return integer(words.slice(0, at)) * size + integer(words.slice(at + 1));
    }
    return Math.max(0, digit(words.replaceAll('零', '') || '零'));
  };
  return integer(whole) * 100 + digit(jiao) * 10 + digit(rest);
}

describe('text', () => {
  test.each([
    [254_70, '254.70', '¥254.70', '254 元 7 角'],
    [1_254_05, '1254.05', '¥1,254.05', '1254 元 零 5 分'],
    [-5, '-0.05', '-¥0.05', '负 5 分'],
    [0, '0.00', '¥0.00', '0 元'],
    [30, '0.30', '¥0.30', '3 角'],
    [123_456_789_01, '123456789.01', '¥123,456,789.01', '123456789 元 零 1 分'],
  ])('%i fen', (value, plain, screen, spoken) => {
    expect(yuanText(fen(value))).toBe(plain);
    expect(yuanAmount(fen(value))).toBe(screen);
    expect(spokenYuan(fen(value))).toBe(spoken);
  });
  test('what a person types comes back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (value) => {
        expect(fenFromYuan(yuanText(fen(value)))).toBe(value === 0 ? 0 : value);
      }),
    );
  });
  test.each(['', '1.005', '1e3', '1,000', '１２', '--1'])('typed "%s" is refused', (text) => {
    expect(() => fenFromYuan(text)).toThrow(RangeError);
  });
  test('trailing zeros of an area are not shown', () => {
    expect(decimalText(decimal('89.3700'))).toBe('89.37');
    expect(decimalText(decimal('-0.50'))).toBe('-0.5');
    expect(decimalText(decimal('100'))).toBe('100');
  });
});
