import { expect, test } from 'vitest';
import { columnsOf, headersOf, wordsOf } from './layout-values.ts';

const preview = {
  headerRow: 3,
  columns: ['A', 'B', 'C', 'D'].map((column) => ({ column, header: '', field: null })),
  rows: [
    { row: 3, cells: ['日期', '发生额 (元)', '', '余额'] },
    { row: 4, cells: ['', '收入', '支出', ''] },
  ],
};

test('headings of two rows are joined, the upper one spans', () => {
  expect(headersOf(preview, 1)).toEqual(['日期', '发生额', '', '余额']);
  expect(headersOf(preview, 2)).toEqual(['日期', '发生额/收入', '发生额/支出', '余额']);
});

test('a column without a heading of its own is named by its letter', () => {
  const chosen = ['bookedOn', 'credit', 'debit', null] as const;
  const letters = ['A', 'B', 'C', 'D'];
  expect(columnsOf(chosen, ['日期', '金额', '金额', '余额'], letters)).toEqual([
    { field: 'bookedOn', header: '日期' },
    { field: 'credit', header: '=B' },
    { field: 'debit', header: '=C' },
  ]);
});

test('words are parted by any comma or blank', () => {
  expect(wordsOf('贷，收入, C 、')).toEqual(['贷', '收入', 'C']);
});
