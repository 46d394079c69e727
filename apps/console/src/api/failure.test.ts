import { expect, test } from 'vitest';
import { failureOf, isSignedOut, problemsByField } from './failure.ts';

const body = (error: unknown) => JSON.stringify({ error });

test('a refusal keeps the words of the server, its problems and its number', () => {
  const failure = failureOf(
    409,
    body({
      code: 'COMMUNITY_EXISTS',
      message: '已有同名小区',
      retry: false,
      problems: [
        { field: 'name', reason: '请换一个名称' },
        { row: 12, column: 'G', reason: '不是数字' },
      ],
      requestId: 'r-1',
    }),
  );
  expect(failure).toMatchObject({
    status: 409,
    code: 'COMMUNITY_EXISTS',
    message: '已有同名小区',
    retry: false,
    requestId: 'r-1',
  });
  expect(failure.problems).toEqual([
    { field: 'name', reason: '请换一个名称' },
    { row: 12, column: 'G', reason: '不是数字' },
  ]);
});

test.each([
  ['a page of a proxy', '<html>502 Bad Gateway</html>'],
  ['nothing', ''],
  ['JSON of somebody else', '{"message":"no"}'],
  ['a list', '[]'],
])('%s instead of an answer is not shown to people, and may be tried again', (_what, text) => {
  expect(failureOf(502, text)).toMatchObject({ code: 'UNREADABLE', message: '', retry: true });
});

test('an unreadable refusal below 500 is not tried again', () => {
  expect(failureOf(404, 'nothing here').retry).toBe(false);
});

test('only 401 leads to sign-in', () => {
  expect(isSignedOut(failureOf(401, body({ code: 'SIGN_IN_REQUIRED' })))).toBe(true);
  expect(isSignedOut(failureOf(403, body({ code: 'FORBIDDEN' })))).toBe(false);
  expect(isSignedOut(new Error('401'))).toBe(false);
});

test('problems appear at their fields, the others above the form', () => {
  const { fields, rest } = problemsByField(
    [
      { field: 'name', reason: '已经存在' },
      { field: 'name', reason: '太长' },
      { field: 'credentials.apiV3Key', reason: '应为 32 个字符' },
      { field: 'areas.0.builtM2', reason: '不是数字' },
      { field: 'unknown', reason: '多余' },
      { reason: '请求有误' },
    ],
    ['name', 'credentials', 'credentials.apiV3Key', 'areas'],
  );
  expect([...fields]).toEqual([
    ['name', ['已经存在', '太长']],
    ['credentials.apiV3Key', ['应为 32 个字符']],
    ['areas', ['不是数字']],
  ]);
  expect(rest).toEqual(['unknown: 多余', '请求有误']);
});
