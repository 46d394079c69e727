import { expect, test } from 'vitest';
import { firstPossibleDay, startableAt } from './calendar.ts';

const timeZone = 'Asia/Shanghai';
const notice = { noticeMs: 86_400_000, hours: { from: 10, to: 20 }, timeZone };
const at = (text: string) => new Date(`${text}:00+08:00`);

test.each([
  ['2027-01-30T09:00', 2, '2027-02-01'],
  ['2027-01-30T09:00', 1, '2027-01-31'],
  ['2027-01-30T18:00', 1, '2027-01-31'],
  ['2027-01-30T18:01', 1, '2027-02-01'],
  ['2028-02-28T23:59', 1, '2028-03-01'],
  ['2027-01-31T00:00', 1, '2027-02-01'],
])('a notice of %s, %i days ahead, is in time for %s', (now, noticeDays, day) => {
  expect(firstPossibleDay(at(now), { ...notice, noticeDays })).toBe(day);
});

test.each([
  ['in the morning', ['2027-01-30T09:00', '2027-01-30T09:05'], '2027-02-01T10:00'],
  ['a day after the later notice', ['2027-01-31T12:30', '2027-01-31T09:00'], '2027-02-01T12:30'],
  ['not at all after the hours', ['2027-01-31T20:00', '2027-01-31T09:00'], undefined],
])('a debit of February 1 starts %s', (_, told, start) => {
  const startAt = startableAt('2027-02-01', told.map(at), notice);
  expect(startAt).toEqual(start === undefined ? undefined : at(start));
});
