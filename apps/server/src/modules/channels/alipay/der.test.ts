import { expect, test } from 'vitest';
import { elementAt, elementsOf, identifierOf } from './der.ts';

test.each([
  [Buffer.alloc(0)],
  [Buffer.of(0x30)],
  [Buffer.of(0x30, 0x80)],
  [Buffer.of(0x30, 0x82, 0x01)],
  [Buffer.of(0x30, 0x02, 0x05)],
  [Buffer.of(0x30, 0x85, 1, 1, 1, 1, 1)],
])('%j is no element', (der) => {
  expect(() => elementAt(der, 0)).toThrow(RangeError);
});

test('elements and identifiers are read as they are nested', () => {
  const der = Buffer.of(0x30, 6, 0x06, 4, 0x88, 0x37, 0x83, 0x00);
  const [identifier] = elementsOf(der, elementAt(der, 0));
  expect(identifierOf(der, identifier!)).toBe('2.999.384');
});
