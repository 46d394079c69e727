import { expect, test } from 'vitest';
import { newKey } from './new-key.ts';

test('each act has a key of its own, long enough for the server', () => {
  const keys = new Set(Array.from({ length: 100 }, newKey));
  expect(keys.size).toBe(100);
  expect([...keys].every((key) => /^[0-9a-f]{32}$/.test(key))).toBe(true);
});
