import { expect, test } from 'vitest';
import { markForms, pageOf, readMark } from './list-page.ts';

const rows = [
  { day: '2026-11-01', no: 1 },
  { day: '2026-11-02', no: 2 },
  { day: '2026-11-03', no: 3 },
];
const forms = [markForms.day, markForms.number];
const pageOfTwo = (given: typeof rows) =>
  pageOf(
    given,
    2,
    ({ no }) => no,
    ({ day, no }) => [day, no],
  );

test('the row too many is not shown: it tells that there is another page', () => {
  const page = pageOfTwo(rows);
  expect(page.items).toEqual([1, 2]);
  expect(readMark(page.next ?? '', forms)).toEqual(['2026-11-02', '2']);
});

test('a last page, full or empty, has no mark', () => {
  expect(pageOfTwo(rows.slice(0, 2))).toEqual({ items: [1, 2], next: null });
  expect(pageOfTwo([])).toEqual({ items: [], next: null });
});

test.each([
  ['no mark at all', 'x'],
  ['of another list', Buffer.from('["2026-11-02"]').toString('base64url')],
  ['with a forged day', Buffer.from('["2026-13-02",2]').toString('base64url')],
  ['with an object in it', Buffer.from('["2026-11-02",{}]').toString('base64url')],
  ['no list', Buffer.from('{"length":2}').toString('base64url')],
])('a mark that is %s is refused by name', (_, mark) => {
  expect(() => readMark(mark, forms)).toThrow(
    expect.objectContaining({
      code: 'INPUT_INVALID',
      problems: [expect.objectContaining({ field: 'after' })],
    }),
  );
});
