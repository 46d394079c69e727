import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { givenMerchantAccount } from '../../../test/channels-builders.ts';
import { givenSystem } from '../../../test/harness.ts';
import { sql } from '../../platform/database/index.ts';
import { createApp } from '../../platform/http/index.ts';
import { addChannelsRoutes } from './routes.ts';

const system = await givenSystem();
let app: FastifyInstance;
let actor = system.staff;

beforeAll(async () => {
  app = await createApp({ publicUrl: system.deps.publicUrl, authenticate: async () => actor });
  addChannelsRoutes(app, system.deps);
});
afterAll(async () => {
  await app.close();
  await system.close();
});

type Answer = Record<string, unknown> & { items: Record<string, unknown>[] };

async function call(method: 'GET' | 'POST' | 'PATCH', url: string, body?: object) {
  const answer = await app.inject({ method, url, ...(body && { payload: body }) });
  return { status: answer.statusCode, json: answer.json<Answer>(), text: answer.body };
}

test('an administrator registers a merchant account, and no secret comes back', async () => {
  const given = await givenMerchantAccount(system);
  const { status, json, text } = await call('GET', '/api/merchant-accounts');
  expect(status).toBe(200);
  expect(json.items).toContainEqual(
    expect.objectContaining({
      id: given.merchantAccountId,
      mchId: given.mchId,
      notifyUrl: `http://localhost:8080/notify/wechat-pay/test/${given.number}`,
      platformKeys: [
        { serial: given.platform.serial, kind: 'public-key', validFrom: null, validTo: null },
      ],
    }),
  );
  expect(text).not.toMatch(/PRIVATE KEY|0123456789abcdefABCDEF|app-secret/);
});

test('secrets lie encrypted in the database', async () => {
  const rows = await system.deps.db.read(system.companyId, (tx) =>
    tx.many(sql<{ text: string }>`
      select encode(credentials_cipher, 'escape') as text from channels.merchant_account`),
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { text } of rows) expect(text).not.toMatch(/PRIVATE|app-secret|0123456789abcdef/);
});

test('a new name is taken at once and keeps the secrets that were not typed again', async () => {
  const given = await givenMerchantAccount(system);
  const url = `/api/merchant-accounts/${given.merchantAccountId}`;
  const changed = await call('PATCH', url, { name: '新名字' });
  expect(changed).toMatchObject({ status: 200, json: { state: 'applied', changeId: null } });
  expect((await call('GET', url)).json).toMatchObject({ name: '新名字', state: 'active' });
  // Nobody listens there; what matters is that the request could be signed.
  const tested = await call('POST', `${url}/test`);
  expect(tested).toMatchObject({ status: 200, json: { ok: false, code: 'NO_CLEAR_ANSWER' } });
});

test('everybody who is signed in learns the channels, with the addresses to register', async () => {
  actor = { ...system.staff, permissions: new Set() };
  const { status, json } = await call('GET', '/api/channels');
  actor = system.staff;
  expect(status).toBe(200);
  const names = json.items.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['wechat-pay', 'alipay', 'union-pay']));
  const registrations = json.items.flatMap(
    (channel) => channel.registrations as { value: string | null }[],
  );
  const values = registrations.flatMap(({ value }) => value ?? []);
  expect(values).toContain('http://localhost:8080/cb/alipay');
  expect(values.filter((value) => /[{}]/.test(value))).toEqual([]);
});

test('each wrong field is named, in Chinese', async () => {
  const body = {
    channel: 'wechat-pay',
    name: '微信支付',
    mchId: '1900009999',
    appId: 'wx00000000009999',
    mode: 'public-key',
    credentials: {
      merchantSerial: '5B1C7D2A9E3F4C60718293A4B5C6D7E8F9010203',
      privateKeyPem: `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(100)}\n-----END PRIVATE KEY-----`,
      apiV3Key: '密'.repeat(32),
      appSecret: 'secret',
    },
    endpoints: {
      base: 'http://10.0.0.8',
      login: 'https://api.weixin.qq.com',
      authorize: 'https://open.weixin.qq.com/connect/oauth2/authorize',
    },
  };
  const { status, json } = await call('POST', '/api/merchant-accounts', body);
  expect(status).toBe(400);
  const { problems } = json.error as { problems: { field: string; reason: string }[] };
  expect(problems.map(({ field }) => field)).toEqual([
    'credentials.privateKeyPem',
    'credentials.apiV3Key',
    'credentials.publicKeyId',
    'credentials.publicKeyPem',
    'endpoints.base',
  ]);
  for (const { reason } of problems) expect(reason).toMatch(/\p{Script=Han}/u);
});

test('a channel that does not exist is named as the wrong field', async () => {
  const body = {
    channel: 'no-such',
    name: '新渠道',
    mchId: '190000',
    appId: '',
    mode: 'certificate',
  };
  const { status, json } = await call('POST', '/api/merchant-accounts', {
    ...body,
    credentials: {},
  });
  expect(status).toBe(400);
  expect(json.error).toMatchObject({ problems: [{ field: 'channel' }] });
});

test('the same merchant number and app are registered once', async () => {
  const given = await givenMerchantAccount(system);
  const again = givenMerchantAccount(system, { mchId: given.mchId, appId: given.appId });
  await expect(again).rejects.toThrow('MERCHANT_ACCOUNT_EXISTS');
});

test('another company neither sees nor changes an account', async () => {
  const given = await givenMerchantAccount(system);
  const companyId = await system.addCompany('other');
  actor = { ...system.staff, companyId };
  expect((await call('GET', '/api/merchant-accounts')).json.items).toEqual([]);
  const url = `/api/merchant-accounts/${given.merchantAccountId}`;
  expect((await call('PATCH', url, { name: '偷改' })).status).toBe(404);
  expect((await call('POST', `${url}/test`)).status).toBe(404);
  actor = system.staff;
});

test('without the permission nothing is shown or changed', async () => {
  actor = { ...system.staff, permissions: new Set(['channels.read']) };
  expect((await call('GET', '/api/merchant-accounts')).status).toBe(200);
  const given = await givenMerchantAccount(system);
  const url = `/api/merchant-accounts/${given.merchantAccountId}`;
  expect((await call('PATCH', url, { name: '无权' })).status).toBe(403);
  actor = system.staff;
});
