import { expect, test } from 'vitest';
import { fieldNames } from './field-names.ts';

test('nested fields are named as the server names them; days and lists are values', () => {
  const values = {
    name: 'x',
    credentials: { apiV3Key: undefined, appSecret: 'y' },
    roleIds: ['a'],
    day: new Date(0),
  };
  expect(fieldNames(values)).toEqual([
    'name',
    'credentials',
    'credentials.apiV3Key',
    'credentials.appSecret',
    'roleIds',
    'day',
  ]);
});
