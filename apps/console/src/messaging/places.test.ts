import { expect, test } from 'vitest';
import { placesOf, placesText } from './places.ts';

test.each([
  ['thing1=unit\namount2 = amount', 'thing1=unit\namount2=amount'],
  ['\nunit\n\n', 'unit=unit'],
  ['thing1＝unit', 'thing1=unit'],
  ['', ''],
])('%j is read as %j', (typed, shown) => {
  expect(placesText(placesOf(typed))).toBe(shown);
});
