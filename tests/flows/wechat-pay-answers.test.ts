import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPaymentRoutes } from '../../apps/server/src/modules/payment/index.ts';
import { createApp } from '../../apps/server/src/platform/http/index.ts';
import {
  type GivenMerchantAccount,
  givenMerchantAccount,
} from '../../apps/server/test/channels-builders.ts';
import { givenSystem, type TestSystem } from '../../apps/server/test/harness.ts';

let system: TestSystem;
let account: GivenMerchantAccount;
let app: Awaited<ReturnType<typeof createApp>>;
beforeAll(async () => {
  system = await givenSystem();
  account = await givenMerchantAccount(system);
  app = await createApp({ authenticate: async () => undefined, publicUrl: 'http://x' });
  const { companyId } = system;
  addPaymentRoutes(app, system.deps, { companyByShortCode: async () => ({ companyId }) });
});
afterAll(async () => {
  await app.close();
  await system.close();
});

/** Signed here by the rule of the documents: sorted, joined, the key last, MD5 in upper case. */
function contractNotice(key: string): string {
  const fields: Record<string, string> = {
    change_type: 'ADD',
    contract_code: 'test0001',
    contract_id: '20260000000000000000000000000001',
    mch_id: account.mchId,
    operate_time: '2026-11-24 10:00:00',
    result_code: 'SUCCESS',
    return_code: 'SUCCESS',
  };
  const text = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  const digest = createHash('md5')
    .update([...text, `key=${key}`].join('&'))
    .digest('hex');
  const all = { ...fields, sign: digest.toUpperCase() };
  const elements = Object.entries(all).map(([name, value]) => `<${name}>${value}</${name}>`);
  return `<xml>${elements.join('')}</xml>`;
}

async function post(payload: string, contentType: string) {
  const url = `/notify/wechat-pay/${system.shortCode}/${account.number}`;
  const headers = { 'content-type': contentType };
  const answer = await app.inject({ method: 'POST', url, headers, payload });
  const type = String(answer.headers['content-type']);
  return { status: answer.statusCode, type, body: answer.body };
}

test('a notice of the older protocol is answered in XML, or it comes for days', async () => {
  const good = await post(contractNotice(account.apiV2Key), 'text/xml');
  expect(good).toMatchObject({ status: 200, type: expect.stringContaining('text/xml') });
  expect(good.body).toContain('<return_code><![CDATA[SUCCESS]]></return_code>');
  const forged = await post(contractNotice('x'.repeat(32)), 'text/xml');
  expect(forged.status).toBe(401);
  expect(forged.body).toContain('<return_code><![CDATA[FAIL]]></return_code>');
});

test('one of the newer protocol is answered in JSON, whatever it says it is', async () => {
  const forged = await post('{"id":"EV-1"}', 'text/xml');
  expect(forged).toMatchObject({ status: 401, type: expect.stringContaining('json') });
  expect(JSON.parse(forged.body)).toMatchObject({ code: 'FAIL' });
});
