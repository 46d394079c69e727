import { expect, test } from 'vitest';
import { ageText, dayText, instantText, periodText, spokenAmount } from './index.ts';

test.each([
  [0, '零元'],
  [5, '五分'],
  [74070, '七百四十元七角'],
  [100_05, '一百元零五分'],
  [1_010_00, '一千零一十元'],
  [10_000_00, '一万元'],
  [10_500_00, '一万零五百元'],
  [120_300_00, '十二万零三百元'],
  [100_000_001_00, '一亿零一元'],
  [-12_50, '负十二元五角'],
])('%d fen is read as %s', (fen, words) => {
  expect(spokenAmount(fen, 'zh')).toBe(words);
});

test('English says yuan with two digits', () => {
  expect(spokenAmount(74070, 'en')).toBe('740.70 yuan');
  expect(spokenAmount(-5, 'en')).toBe('minus 0.05 yuan');
});

test('days and periods are written as on a bill', () => {
  expect(dayText('2026-11-30', 'zh')).toBe('11月30日');
  expect(dayText('2026-11-30', 'en')).toBe('30 Nov 2026');
  expect(periodText('2026-10-01', '2026-12-31', 'zh')).toBe('2026年10月 – 2026年12月');
  expect(periodText('2026-11-01', '2026-11-30', 'en')).toBe('Nov 2026');
});

test('an instant is shown as clocks in China show it', () => {
  expect(instantText('2026-11-24T16:05:00Z', 'zh')).toBe('2026年11月25日 00:05');
});

test('an age is told in words until a day has passed', () => {
  const at = Date.parse('2026-11-24T10:00:00Z');
  expect(ageText(at, at + 20_000, 'zh')).toBe('刚刚');
  expect(ageText(at, at + 5 * 60_000, 'zh')).toBe('5 分钟前');
  expect(ageText(at, at + 3 * 3_600_000, 'en')).toBe('3 h ago');
  expect(ageText(at, at + 50 * 3_600_000, 'zh')).toBe('2026年11月24日 18:00');
});
