import { expect, test } from 'vitest';
import { readFilters, withFilters } from './url-state.ts';

const search = (text: string) => new URLSearchParams(text);

test('a sent address shows the same filters, and nothing that is not one', () => {
  const address = search('state=overdue&month=2026-11-01&search=&tab=bills');
  expect(readFilters(address, ['state', 'month', 'search'])).toEqual({
    state: 'overdue',
    month: '2026-11-01',
  });
});

test('another filter begins at the first page again', () => {
  const next = withFilters(search('state=open&after=key-20'), { state: 'settled' });
  expect(next.toString()).toBe('state=settled');
});

test('the next page keeps the filters', () => {
  const next = withFilters(search('state=open&after=key-20'), { after: 'key-40' });
  expect(next.toString()).toBe('state=open&after=key-40');
});

test('a filter that is taken away leaves no trace in the address', () => {
  expect(withFilters(search('state=open&search=3'), { search: '' }).toString()).toBe('state=open');
  expect(withFilters(search('state=open'), { state: undefined }).toString()).toBe('');
});

test('the address that was read is not changed', () => {
  const before = search('state=open');
  withFilters(before, { state: 'void' });
  expect(before.toString()).toBe('state=open');
});
