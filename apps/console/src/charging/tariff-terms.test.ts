import { expect, test } from 'vitest';
import { termsOf, usualTerms } from './tariff-terms.ts';

test('a tariff by area is worked out as soon as it has its area and a price', () => {
  expect(termsOf({ ...usualTerms, price: ' 2.85 ' })).toEqual({
    basis: 'area',
    areaBasis: 'built',
    price: '2.85',
    periodMonths: 1,
    anchorMonth: 1,
    roundingMode: 'half-up',
    roundingUnit: 'fen',
    roundingPoint: 'period',
    dueDay: 25,
  });
});

test('a fixed amount has no area', () => {
  expect(termsOf({ ...usualTerms, basis: 'fixed', price: '150' })?.areaBasis).toBeNull();
});

test.each([undefined, '', 'abc', '2,85', '-1', '2.8500001'])(
  'a price of %s is not sent to be worked out',
  (price) => {
    expect(termsOf({ ...usualTerms, ...(price !== undefined && { price }) })).toBeUndefined();
  },
);

test('an empty surcharge is none, a wrong one waits', () => {
  expect(termsOf({ ...usualTerms, price: '1', surcharge: ' ' })).not.toHaveProperty('surcharge');
  expect(termsOf({ ...usualTerms, price: '1', surcharge: 'x' })).toBeUndefined();
});
