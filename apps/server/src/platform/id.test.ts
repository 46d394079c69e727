import { expect, test } from 'vitest';
import { dayOf, monthOf, startOfDay } from './clock.ts';
import { derivedId, newId, orderNoOf, shortCodeOf } from './id.ts';

test('ids sort by the time they were made', () => {
  const earlier = newId(new Date('2026-11-24T00:00:00Z'));
  const later = newId(new Date('2026-11-24T00:00:00.001Z'));
  expect(earlier < later).toBe(true);
  expect(earlier).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('ids of one millisecond sort as they were made', () => {
  const at = new Date('2026-11-24T00:00:00Z');
  const ids = Array.from({ length: 20_000 }, () => newId(at));
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test('a derived id is the same for the same key, and keeps the parts of a key apart', () => {
  expect(derivedId('a', 'bc')).toBe(derivedId('a', 'bc'));
  expect(derivedId('a', 'bc')).not.toBe(derivedId('ab', 'c'));
});

test('an order number carries the company and is one that every channel takes', () => {
  const orderNo = orderNoOf('sunhome', newId(new Date()));
  expect(orderNo).toMatch(/^[0-9a-z]{32}$/);
  expect(shortCodeOf(orderNo)).toBe('sunhome');
  expect(shortCodeOf(orderNoOf('ab', newId(new Date())))).toBe('ab');
  expect(shortCodeOf('PF20260101000001')).toBeUndefined();
});

test('a day is that of the company, to the last millisecond', () => {
  const zone = 'Asia/Shanghai';
  expect(dayOf(new Date('2026-11-24T15:59:59.999Z'), zone)).toBe('2026-11-24');
  expect(dayOf(new Date('2026-11-24T16:00:00.000Z'), zone)).toBe('2026-11-25');
  expect(startOfDay('2026-11-25', zone).toISOString()).toBe('2026-11-24T16:00:00.000Z');
  expect(dayOf(new Date('2028-02-29T12:00:00Z'), zone)).toBe('2028-02-29');
  expect(monthOf('2026-11-24')).toBe('2026-11-01');
});
