import Type from 'typebox';
import { expect, test } from 'vitest';
import { createApp } from './app.ts';

/** An app with one route whose body has a rule of each kind. */
async function givenApp() {
  const app = await createApp({
    authenticate: async () => undefined,
    publicUrl: 'http://localhost',
  });
  const body = Type.Object(
    {
      name: Type.String({ minLength: 2 }),
      area: Type.Optional(Type.Union([Type.String({ pattern: '^\\d+$' }), Type.Null()])),
      day: Type.Optional(Type.Integer({ minimum: 1, maximum: 28 })),
    },
    { additionalProperties: false },
  );
  app.post('/form', { config: { permission: 'public' }, schema: { body } }, async () => ({}));
  return app;
}

async function problemsIn(payload: object, cookie = '') {
  const app = await givenApp();
  const answer = await app.inject({ method: 'POST', url: '/form', payload, headers: { cookie } });
  await app.close();
  expect(answer.statusCode).toBe(400);
  return answer.json().error.problems;
}

test('each wrong field is named once, in the language of the reader', async () => {
  const payload = { name: '', area: 'abc', day: 40, extra: 1 };
  const byField = (problems: { field: string; reason: string }[]) =>
    Object.fromEntries(problems.map(({ field, reason }) => [field, reason]));
  expect(byField(await problemsIn(payload))).toEqual({
    name: '至少 2 个字符',
    area: '格式不对',
    day: '不能大于 28',
    extra: '没有这个字段',
  });
  expect(byField(await problemsIn(payload, 'lang=en'))).toMatchObject({
    name: 'needs at least 2 characters',
    area: 'has the wrong format',
  });
});

test('a field that is missing is asked for', async () => {
  expect(await problemsIn({})).toEqual([{ field: 'name', reason: '必须填写' }]);
});
