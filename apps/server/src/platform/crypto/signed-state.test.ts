import { expect, test } from 'vitest';
import { createSecretBox } from './secret-box.ts';
import { packSignedState, payloadOf, readSignedState } from './signed-state.ts';

const box = createSecretBox(new Map([[1, Buffer.alloc(32, 1)]]));
const signature = {
  sign: (text: string) => box.sign('test', text),
  isSigned: (text: string, given: string) => box.hasSigned('test', text, given),
};
const issuedAt = new Date('2026-11-24T02:00:00Z');
const state = { nonce: '0123456789abcdef', issuedAt, payload: '0001demo' };
const packed = packSignedState(state, 'browser-a', signature);
const read = (text: string, browser = 'browser-a', now = issuedAt) =>
  readSignedState(text, browser, { now, signature });

test('a state comes back as it was packed, in letters and digits that every wallet carries', () => {
  expect(read(packed)).toEqual(state);
  expect(packed).toMatch(/^[0-9a-z]{1,128}$/);
  expect(payloadOf(packed)).toBe('0001demo');
});

test('another browser, another payload and another time are refused', () => {
  expect(read(packed, 'browser-b')).toBeUndefined();
  expect(read(packed.replace('0001demo', '0002demo'))).toBeUndefined();
  expect(read(packed, 'browser-a', new Date('2026-11-24T02:10:01Z'))).toBeUndefined();
  expect(read(packed, 'browser-a', new Date('2026-11-24T01:58:00Z'))).toBeUndefined();
  expect(read('')).toBeUndefined();
});
