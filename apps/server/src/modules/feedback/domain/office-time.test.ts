import { describe, expect, test } from 'vitest';
import { addOfficeMinutes, type OfficeCalendar, officeMinutesBetween } from './office-time.ts';

/** 08:30 to 18:00 from Monday to Saturday; National Day is off, the Sunday before it is worked. */
const calendar: OfficeCalendar = {
  timeZone: 'Asia/Shanghai',
  opensAtMinute: 8 * 60 + 30,
  closesAtMinute: 18 * 60,
  weekdays: [1, 2, 3, 4, 5, 6],
  holidays: ['2026-10-01', '2026-10-02', '2026-10-03'],
  workdays: ['2026-09-27'],
};
const at = (local: string) => new Date(`${local}:00+08:00`);

describe('the clock stands still while the office is closed', () => {
  test.each([
    ['within the day', '2026-11-24T09:00', 120, '2026-11-24T11:00'],
    ['to the very end of the day', '2026-11-24T16:00', 120, '2026-11-24T18:00'],
    ['over night', '2026-11-24T17:00', 120, '2026-11-25T09:30'],
    ['reported at midnight, counted from the morning', '2026-11-24T00:10', 60, '2026-11-24T09:30'],
    [
      'reported after hours, counted from the next morning',
      '2026-11-24T21:00',
      30,
      '2026-11-25T09:00',
    ],
    ['over Sunday', '2026-11-28T17:30', 60, '2026-11-30T09:00'],
    ['three nights', '2026-11-23T17:00', 2 * 570, '2026-11-25T17:00'],
    ['over the holiday and the Sunday after it', '2026-09-30T17:00', 120, '2026-10-05T09:30'],
    ['a Sunday that is worked counts', '2026-09-26T17:00', 120, '2026-09-27T09:30'],
    ['nothing at all', '2026-11-24T09:00', 0, '2026-11-24T09:00'],
  ])('%s', (_name, from, minutes, due) => {
    expect(addOfficeMinutes(calendar, at(from), minutes)).toEqual(at(due));
    if (minutes > 0) expect(officeMinutesBetween(calendar, at(from), at(due))).toBe(minutes);
  });

  test('what remained goes on after a pause, whatever the pause', () => {
    const due = addOfficeMinutes(calendar, at('2026-11-24T09:00'), 480);
    const left = officeMinutesBetween(calendar, at('2026-11-24T11:00'), due);
    expect(left).toBe(360);
    expect(addOfficeMinutes(calendar, at('2026-12-24T17:00'), left)).toEqual(
      at('2026-12-25T13:30'),
    );
  });

  test('a due instant that has passed leaves nothing', () => {
    expect(officeMinutesBetween(calendar, at('2026-11-25T09:00'), at('2026-11-24T09:00'))).toBe(0);
  });

  test('an office that never closes counts every minute', () => {
    const always = {
      ...calendar,
      opensAtMinute: 0,
      closesAtMinute: 1440,
      weekdays: [1, 2, 3, 4, 5, 6, 7],
    };
    expect(addOfficeMinutes(always, at('2026-11-28T23:30'), 60)).toEqual(at('2026-11-29T00:30'));
  });
});
