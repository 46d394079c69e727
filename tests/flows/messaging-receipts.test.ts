import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../../apps/server/src/compose.ts';
import {
  createAccount,
  editAtAccount,
  messageAccounts,
} from '../../apps/server/src/modules/messaging/index.ts';
import { sql } from '../../apps/server/src/platform/database/index.ts';
import { givenSystem, type TestSystem } from '../../apps/server/test/harness.ts';
import vectorKeys from '../../apps/server/test/vectors/alipay-keys.json' with { type: 'json' };
import { enqueue, givenProviders, reminder, standingOf, ways, work } from './messaging-scene.ts';

/** What providers tell afterwards, through the route that they call. */
let system: TestSystem;
let app: Awaited<ReturnType<typeof buildApp>>;
let scene: Awaited<ReturnType<typeof givenProviders>>;

beforeAll(async () => {
  system = await givenSystem({ at: '2026-11-24T02:00:00Z' });
  app = await buildApp(system.deps);
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  scene = await givenProviders(system, ['aliyun', 'tencent', 'jpush']);
  for (const { provider, receiptUrl } of await messageAccounts(system.deps, system.companyId)) {
    if (!provider.endsWith('sms') || receiptUrl === null) continue;
    const id = provider === 'aliyun-sms' ? 'LTAItest0001' : 'AKIDtest0001';
    await scene.control('POST', 'messages/customers', {
      ...{ provider, id, receiptUrl: origin + new URL(receiptUrl).pathname },
    });
  }
});
afterAll(async () => {
  await scene.simulator.close();
  await app.close();
  await system.close();
});

const way = (phone: string) => ({ via: 'sms', to: { kind: 'phone', phone } }) as const;

async function receiptUrlOf(provider: string): Promise<string> {
  const accounts = await messageAccounts(system.deps, system.companyId);
  const url = accounts.find((account) => account.provider === provider)?.receiptUrl ?? '';
  return new URL(url).pathname;
}

async function strays(): Promise<number> {
  return await system.deps.db.read(system.companyId, async (tx) => {
    const { count } = await tx.one(sql<{ count: number }>`
      select count(*) as count from messaging.stray_receipt
      where company_id = ${system.companyId}`);
    return count;
  });
}

test('a delivered SMS says so when its receipt comes', async () => {
  await enqueue(system, reminder(system, 'receipt-1', { routes: [way('13900000101')] }));
  await work(system);
  await scene.advance(2000);
  await expect.poll(async () => (await standingOf(system, 'receipt-1')).state).toBe('delivered');
});

test('an SMS that was not delivered goes on by the next route', async () => {
  await scene.fault({ provider: 'aliyun-sms', fault: 'receipt-failed' });
  const device = { ...ways.jpush, to: { ...ways.jpush.to, token: 'jpush-next' } };
  const routes = [way('13900000102'), device];
  await enqueue(system, reminder(system, 'receipt-2', { routes }));
  await work(system);
  await scene.advance(2000);
  await expect.poll(async () => (await standingOf(system, 'receipt-2')).state).toBe('queued');
  await work(system);
  expect(await standingOf(system, 'receipt-2')).toMatchObject({ state: 'accepted', via: 'push' });
  expect(await scene.received('jpush-next')).toHaveLength(1);
});

test('a receipt tells of an SMS whose answer was lost', async () => {
  await scene.fault({ provider: 'aliyun-sms', fault: 'connection-lost-after' });
  await enqueue(system, reminder(system, 'receipt-3', { routes: [way('13900000103')] }));
  await work(system);
  await scene.advance(2000);
  await expect
    .poll(async () => (await standingOf(system, 'receipt-3')).state)
    .toMatch(/delivered|accepted/);
  expect(await scene.received('13900000103')).toHaveLength(1);
});

test('without the secret of the address nothing is heard', async () => {
  const url = await receiptUrlOf('aliyun-sms');
  const forged = url.replace(/[^/]+$/, 'x'.repeat(24));
  const answer = await app.inject({ method: 'POST', url: forged, payload: '[]' });
  expect(answer.statusCode).toBe(404);
});

test('a receipt of a message that is not ours changes nothing and leaves little', async () => {
  const url = await receiptUrlOf('aliyun-sms');
  const payload = JSON.stringify([
    ...[{ phone_number: '13900000104', success: true, biz_id: 'nobody^0', out_id: '' }],
  ]);
  for (let times = 0; times < 230; times += 1) {
    const headers = { 'content-type': 'application/json' };
    const answer = await app.inject({ method: 'POST', url, payload, headers });
    expect(answer.json()).toEqual({ code: 0, msg: '成功' });
  }
  expect(await strays()).toBe(200);
});

test('who answers R gets no more reminders by SMS', async () => {
  const url = await receiptUrlOf('tencent-sms');
  const payload = { extend: '', mobile: '13900000105', nationcode: '86', sign: '春江', text: 'R' };
  expect((await app.inject({ method: 'POST', url, payload })).json()).toEqual({
    ...{ result: 0, errmsg: 'OK' },
  });
  await enqueue(system, reminder(system, 'refused', { routes: [way('13900000105')] }));
  await work(system);
  expect(await standingOf(system, 'refused')).toMatchObject({ reason: 'opted-out' });
});

test('an Alipay message arrives, signed by the app and believed by its key', async () => {
  const { appId, sellerId, appPrivateKeyPkcs8, appPublicKeySpki } = vectorKeys.alipay;
  const { alipayPublicKeyPem } = await scene.control<{ alipayPublicKeyPem: string }>(
    ...(['POST', 'alipay/merchants'] as const),
    {
      ...{ appId, sellerId, name: '春江物业', mode: 'key', appPublicKeyPem: appPublicKeySpki },
      redirectHosts: ['localhost:8080'],
    },
  );
  const card = JSON.stringify({ keyword1: '房号', keyword2: '金额' });
  await scene.control('POST', 'messages/customers', {
    ...{ provider: 'alipay', id: appId, templates: { 'tmpl-1': card } },
  });
  const actor = system.staff;
  const account = await createAccount(system.deps, {
    actor,
    account: {
      ...{ provider: 'alipay-mini', name: '支付宝', appId },
      credentials: { privateKeyPem: appPrivateKeyPkcs8, alipayPublicKeyPem },
      endpoints: { gateway: `${scene.simulator.url}/gateway.do` },
    },
  });
  await editAtAccount(system.deps, {
    ...{ actor, key: 'reminder.upcoming', accountId: account.id, language: 'zh' },
    ...{ providerTemplateId: 'tmpl-1' },
    places: [
      { place: 'keyword1', variable: 'unit' },
      { place: 'keyword2', variable: 'amount' },
    ],
  });
  const names = ['alipay-1', 'alipay-2', 'alipay-3', 'alipay-4'];
  const to = { kind: 'wallet', scope: `alipay/${appId}`, openId: '2088102146225135' } as const;
  const routes = [{ via: 'alipay-message', to }, way('13900000106')] as const;
  await enqueue(system, ...names.map((name) => reminder(system, name, { routes })));
  await work(system);
  // The gateway writes its answers in four styles; each is verified as it stands.
  for (const name of names) expect((await standingOf(system, name)).via).toBe('alipay-message');
  expect(await scene.received('2088102146225135')).toHaveLength(4);
});
