import { afterEach, expect, test, vi } from 'vitest';
import { addressOf, call } from './client.ts';

afterEach(() => vi.unstubAllGlobals());

test.each([
  ['/api/units/:unitId', { unitId: 'a/b' }, {}, '/api/units/a%2Fb'],
  [
    '/api/bills',
    {},
    { search: '1栋 2', state: undefined, month: '' },
    '/api/bills?search=1%E6%A0%8B+2',
  ],
  ['/api/bills', {}, { latest: true, limit: 20 }, '/api/bills?latest=true&limit=20'],
  ['/api/bills', {}, { after: null }, '/api/bills'],
  ['/api/bills', {}, { kind: ['home', 'shop'] }, '/api/bills?kind=home&kind=shop'],
])('the address of %s holds its parameters and only the filters that are set', (...row) => {
  const [template, params, query, address] = row;
  expect(addressOf(template, params, query)).toBe(address);
});

test('a body is sent as JSON to our own server, with its cookie', async () => {
  const fetch = vi.fn(async (_url: string, _init: RequestInit) => new Response('{"ok":true}'));
  vi.stubGlobal('fetch', fetch);
  await call('POST /api/session', { body: { loginName: 'admin', password: 'x' } });
  const [url, init] = fetch.mock.calls[0]!;
  expect(url).toBe('/api/session');
  expect(init).toMatchObject({
    method: 'POST',
    credentials: 'same-origin',
    body: '{"loginName":"admin","password":"x"}',
  });
});

test('a refusal is thrown with its code', async () => {
  const text = JSON.stringify({ error: { code: 'SIGN_IN_REQUIRED', message: '请先登录' } });
  vi.stubGlobal('fetch', async () => new Response(text, { status: 401 }));
  await expect(call('GET /api/session', {})).rejects.toMatchObject({
    status: 401,
    code: 'SIGN_IN_REQUIRED',
    message: '请先登录',
  });
});

test('a lost network is told apart from a refusal', async () => {
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('Failed to fetch');
  });
  await expect(call('GET /api/session', {})).rejects.toMatchObject({
    code: 'NETWORK',
    retry: true,
  });
});
