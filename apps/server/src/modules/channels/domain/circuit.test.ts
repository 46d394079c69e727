import { expect, test } from 'vitest';
import { type Circuit, judged, probed } from './circuit.ts';
import { type Counts, counted, noCalls, plus, quantileMs, successRateBp } from './health.ts';

const now = new Date('2026-11-24T02:00:00Z');
const later = (ms: number) => new Date(now.getTime() + ms);

function calls(
  good: number,
  sick: number,
  options: { refused?: number; ms?: number } = {},
): Counts {
  const { refused = 0, ms = 80 } = options;
  const all = [
    ...Array.from({ length: good }, () => counted('good', ms)),
    ...Array.from({ length: sick }, () => counted('sick', ms)),
    ...Array.from({ length: refused }, () => counted('refused', ms)),
  ];
  return all.reduce(plus, noCalls);
}

const seen = (prepay: Counts, query: Counts = noCalls) => ({ prepay, query });
const halfOpen: Circuit = {
  state: 'half-open',
  since: now,
  reason: 'probe: OK',
  openings: 2,
  retryAt: null,
  trialAt: null,
};

test.each([
  ['four orders in a row without an answer', seen(calls(0, 4)), false],
  ['five orders in a row without an answer', seen(calls(0, 5)), true],
  ['half of ten orders', seen(calls(5, 5)), true],
  ['four of ten orders', seen(calls(6, 4)), false],
  ['queries that get no answer', seen(noCalls, calls(4, 6)), true],
  ['a few queries that get no answer', seen(noCalls, calls(0, 9)), false],
  ['orders that are refused for a limit', seen(calls(0, 0, { refused: 50 })), false],
  ['refusals beside orders without an answer', seen(calls(0, 4, { refused: 5 })), false],
  ['answers that take six seconds', seen(calls(10, 0, { ms: 6000 })), true],
  ['answers that take four seconds', seen(calls(50, 0, { ms: 4000 })), false],
])('a circuit opens for what it should: %s', (_name, counts, isOpened) => {
  expect(judged(undefined, counts, counts, now)?.state === 'open').toBe(isOpened);
});

test('an open circuit is probed after half a minute, then ever less often', () => {
  const open = judged(undefined, seen(calls(0, 5)), seen(calls(0, 5)), now);
  expect(open).toMatchObject({ state: 'open', openings: 1, retryAt: later(30_000) });
  const again = judged(halfOpen, seen(noCalls), seen(calls(0, 1)), now);
  expect(again).toMatchObject({ state: 'open', openings: 3, retryAt: later(120_000) });
  const last = judged({ ...halfOpen, openings: 90 }, seen(noCalls), seen(calls(0, 1)), now);
  expect(last?.retryAt).toEqual(later(300_000));
});

test('an open circuit stays open whatever else is counted: only a probe opens it half', () => {
  const open = judged(undefined, seen(calls(0, 5)), seen(calls(0, 5)), now);
  expect(judged(open, seen(calls(90, 0)), seen(calls(90, 0)), now)).toBeUndefined();
  expect(open && probed(open, false, 'NO_CLEAR_ANSWER', now).state).toBe('open');
  expect(open && probed(open, true, 'OK', now)).toMatchObject({ state: 'half-open', since: now });
});

test('one answered attempt closes a half-open circuit; queries alone do not', () => {
  expect(judged(halfOpen, seen(noCalls), seen(noCalls, calls(5, 0)), now)).toBeUndefined();
  expect(judged(halfOpen, seen(noCalls), seen(calls(1, 0)), now)).toMatchObject({
    state: 'closed',
    openings: 0,
  });
  const refused = seen(calls(0, 0, { refused: 1 }));
  expect(judged(halfOpen, seen(noCalls), refused, now)?.state).toBe('closed');
});

test('rates and durations are told as counted', () => {
  const counts = plus(calls(18, 0), calls(0, 2, { ms: 9000 }));
  expect(successRateBp(counts)).toBe(9000);
  expect(quantileMs(counts, 0.5)).toBe(100);
  expect(quantileMs(counts, 0.95)).toBe(Number.POSITIVE_INFINITY);
  expect(successRateBp(noCalls)).toBeUndefined();
  expect(quantileMs(noCalls, 0.5)).toBeUndefined();
});
