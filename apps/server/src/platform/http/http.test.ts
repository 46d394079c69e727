import Type from 'typebox';
import { beforeAll, describe, expect, test } from 'vitest';
import { addRoute, createApp } from './index.ts';

const contract = {
  'POST /api/things/:thingId': {
    params: Type.Object({ thingId: Type.Integer() }),
    query: Type.Object({ twice: Type.Optional(Type.Boolean()) }),
    body: Type.Object(
      { amountFen: Type.Integer({ minimum: 1 }), note: Type.Optional(Type.String()) },
      { additionalProperties: false },
    ),
    response: Type.Object({ thingId: Type.Integer(), amountFen: Type.Integer() }),
    status: 201,
  },
} as const;

let app: Awaited<ReturnType<typeof createApp>>;
beforeAll(async () => {
  app = await createApp({
    publicUrl: 'https://pay.example.com',
    authenticate: async (request) =>
      request.headers.authorization === 'clerk'
        ? { kind: 'staff', companyId: 'c', id: 's', name: '小何', permissions: new Set(['a.b']) }
        : undefined,
  });
  addRoute(app, contract, 'POST /api/things/:thingId', 'a.b', async ({ params, body }) => {
    if (body.note === 'break') throw new Error('secret detail of the database');
    return { ...params, amountFen: body.amountFen };
  });
  addRoute(
    app,
    { 'GET /api/secret': { response: Type.Object({}) } },
    'GET /api/secret',
    'c.d',
    () => Promise.resolve({}),
  );
});

function post(payload: object, headers: Record<string, string> = {}) {
  return app.inject({
    method: 'POST',
    url: '/api/things/7?twice=true',
    payload,
    headers: { authorization: 'clerk', ...headers },
  });
}

describe('what comes in must match to the letter', () => {
  test('a good request is answered with its status', async () => {
    const answer = await post({ amountFen: 5 });
    expect([answer.statusCode, answer.json()]).toEqual([201, { thingId: 7, amountFen: 5 }]);
  });
  test.each([
    [{ amountFen: '5' }, 'amountFen'],
    [{ amountFen: 0.5 }, 'amountFen'],
    [{ amountFen: 5, amount: 1 }, 'amount'],
    [{}, 'amountFen'],
  ])('%j is refused, and the field named', async (payload, field) => {
    const answer = await post(payload);
    expect(answer.statusCode).toBe(400);
    const { error } = answer.json();
    expect(error.code).toBe('INPUT_INVALID');
    expect(error.problems.map((problem: { field: string }) => problem.field)).toContain(field);
  });
  test('a body that is no JSON is refused', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/things/7',
      payload: '{"amountFen":',
      headers: { authorization: 'clerk', 'content-type': 'application/json' },
    });
    expect(answer.statusCode).toBe(400);
  });
});

describe('who may', () => {
  test('nobody without a session, nobody without the permission', async () => {
    const stranger = await app.inject('/api/secret');
    expect([stranger.statusCode, stranger.json().error.code]).toEqual([401, 'SIGN_IN_REQUIRED']);
    const clerk = await app.inject({ url: '/api/secret', headers: { authorization: 'clerk' } });
    expect([clerk.statusCode, clerk.json().error.code]).toEqual([403, 'FORBIDDEN']);
  });
  test('a route that declares no permission stops the start', async () => {
    const fresh = await createApp({
      publicUrl: 'https://pay.example.com',
      authenticate: async () => undefined,
    });
    expect(() => fresh.get('/open', async () => 'anything')).toThrow('declares no permission');
  });
  test.each([
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'null' },
  ])('another site cannot send for the clerk: %j', async (headers) => {
    const answer = await post({ amountFen: 5 }, headers as Record<string, string>);
    expect([answer.statusCode, answer.json().error.code]).toEqual([403, 'ORIGIN_REFUSED']);
  });
  test('our own pages can', async () => {
    expect((await post({ amountFen: 5 }, { origin: 'https://pay.example.com' })).statusCode).toBe(
      201,
    );
  });
});

describe('what goes wrong', () => {
  test('is told in our words, never in those of the database', async () => {
    const answer = await post({ amountFen: 5, note: 'break' });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('secret');
    expect(answer.json().error.message).toContain('您的数据没有改变');
  });
  test('is told in English to whoever reads English', async () => {
    const answer = await post({}, { 'accept-language': 'en-GB,en;q=0.9' });
    expect(answer.json().error.message).toContain('correct the fields');
  });
  test('an address that does not exist answers like everything else', async () => {
    const answer = await app.inject('/api/nothing');
    expect([answer.statusCode, answer.json().error.code]).toEqual([404, 'NOT_FOUND']);
  });
});

test('who mistypes an address reads a sentence; a program gets the code', async () => {
  const accept = 'text/html,application/xhtml+xml,*/*;q=0.8';
  const person = await app.inject({ url: '/q/a/b', headers: { accept } });
  expect([person.statusCode, person.headers['content-type']]).toEqual([
    404,
    'text/html; charset=utf-8',
  ]);
  expect(person.body).toContain('缴费请重新扫描二维码');
  const program = await app.inject({ url: '/q/a/b', headers: { accept: '*/*' } });
  expect(program.json().error.code).toBe('NOT_FOUND');
});
