import { expect, test } from 'vitest';
import { changeOf, fieldsIn, newAccountOf, ruleOf } from './account-values.ts';

const before = { name: '翠湖收款', mode: 'public-key', endpoints: { base: 'https://a' } } as const;
const values = { channel: 'some-channel', name: '翠湖收款', mode: 'public-key' } as const;

test('a change says only what was changed; a secret left empty stays', () => {
  const untouched = { ...values, credentials: { key: ' ', pem: '' }, endpoints: before.endpoints };
  expect(changeOf(untouched, before)).toEqual({});
  const renamed = { ...values, name: ' 翠湖雅苑收款 ', credentials: { key: ' k ' } };
  expect(changeOf(renamed, before)).toEqual({ name: '翠湖雅苑收款', credentials: { key: 'k' } });
});

test('a partner’s numbers are sent only when there are some', () => {
  const account = newAccountOf({ ...values, mchId: ' 1900000001 ', subMchId: '', subAppId: 'wx1' });
  expect(account).toEqual({
    channel: 'some-channel',
    name: '翠湖收款',
    mode: 'public-key',
    mchId: '1900000001',
    appId: '',
    subAppId: 'wx1',
    credentials: {},
  });
});

test('a field of another mode is not asked for', () => {
  const field = (name: string, modes: ('certificate' | 'public-key')[] | null) => ({
    name,
    modes,
    label: { zh: name, en: name },
    hint: null,
    pattern: null,
    isOptional: false,
    kind: 'text' as const,
  });
  const fields = [field('both', null), field('cert', ['certificate'])];
  expect(fieldsIn(fields, 'public-key').map(({ name }) => name)).toEqual(['both']);
  expect(fieldsIn(fields, 'certificate').map(({ name }) => name)).toEqual(['both', 'cert']);
});

test('a pattern holds over the whole text', () => {
  expect(ruleOf('[0-9]{4}|x', '四位数字')?.pattern.test('12345')).toBe(false);
  expect(ruleOf('[0-9]{4}|x', '四位数字')?.pattern.test('1234')).toBe(true);
});
