import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { afterEach, expect, test } from 'vitest';
import {
  countText,
  dayText,
  decimalText,
  instantText,
  monthText,
  preciseText,
  showTimesOf,
} from './format.ts';

afterEach(() => showTimesOf('Asia/Shanghai'));

test('months and days read as people say them', () => {
  expect(monthText('2026-11-01', 'zh')).toBe('2026年11月');
  expect(dayText('2026-11-30', 'zh')).toBe('2026年11月30日');
  dayjs.locale('en');
  expect(monthText('2026-11-01', 'en')).toBe('Nov 2026');
  expect(dayText('2026-11-30', 'en')).toBe('30 Nov 2026');
});

test('an instant is shown in the time of the company, wherever the reader sits', () => {
  expect(instantText('2026-11-24T16:30:05Z', 'zh')).toBe('2026年11月25日 00:30');
  expect(preciseText('2026-11-24T16:30:05Z', 'zh')).toBe('2026年11月25日 00:30:05');
  showTimesOf('Asia/Urumqi');
  expect(instantText('2026-11-24T16:30:05Z', 'zh')).toBe('2026年11月24日 22:30');
});

test.each([
  ['89.3700', 2, '89.37'],
  ['89.0000', 2, '89.00'],
  ['2.850000', 2, '2.85'],
  ['2.8555', 2, '2.8555'],
  ['120', 0, '120'],
  ['120.5000', 0, '120.5'],
])('%s with at least %i decimals reads %s', (value, digits, text) => {
  expect(decimalText(value, digits)).toBe(text);
});

test('counts have their thousands apart', () => {
  expect([0, 999, 1486, 1_000_000].map(countText)).toEqual(['0', '999', '1,486', '1,000,000']);
});
