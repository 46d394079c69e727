import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rejectChange } from '../../apps/server/src/modules/channels/use-cases/decide-change.ts';
import {
  type ChannelChange,
  proposeChange,
} from '../../apps/server/src/modules/channels/use-cases/propose-change.ts';
import { testChange } from '../../apps/server/src/modules/channels/use-cases/test-change.ts';
import { sql } from '../../apps/server/src/platform/database/index.ts';
import { newId } from '../../apps/server/src/platform/id.ts';
import { wechatCredentials } from '../../apps/server/test/channels-builders.ts';
import { startGateway } from './faults/gateway-scene.ts';

let gateway: Awaited<ReturnType<typeof startGateway>>;
let company: Awaited<ReturnType<typeof gateway.company>>;
beforeAll(async () => {
  gateway = await startGateway();
  company = await gateway.company('certificate');
});
afterAll(() => gateway.close());

/** Proposes a change, tries it, and takes it off the table again. */
async function tried(change: ChannelChange) {
  const { deps, staff } = gateway.system;
  const { companyId } = company;
  const actor = { ...staff, companyId };
  const { changeId } = await proposeChange(deps, { actor, change });
  const id = changeId ?? '';
  const outcome = await testChange(deps, { companyId, id, language: 'zh' });
  const other = { ...actor, id: newId(gateway.system.clock.now()) };
  await rejectChange(deps, { actor: other, id, reason: '只是试试' });
  return outcome;
}

const changed = (credentials: Record<string, string>): ChannelChange => ({
  kind: 'change-account',
  id: company.account.merchantAccountId,
  change: { credentials },
});

test('a checker finds a wrong key before it is used', async () => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  expect(await tried(changed({ privateKeyPem: privateKey }))).toMatchObject({
    ok: false,
    code: 'SIGN_ERROR',
  });
  expect(await tried(changed({ appSecret: 'a-new-secret' }))).toMatchObject({ ok: true });
});

test('a new account is tried before there is one, and leaves no keys behind', async () => {
  const { simulatorUrl, system } = gateway;
  const { apiV2Key: _v2, planId: _plan, ...credentials } = wechatCredentials();
  const account = {
    channel: 'wechat-pay',
    name: '第二个应用',
    mchId: company.account.mchId,
    appId: 'wxbrandnew000001',
    mode: 'certificate' as const,
    credentials,
    endpoints: { base: simulatorUrl, login: simulatorUrl, authorize: `${simulatorUrl}/authorize` },
  };
  const count = () =>
    system.deps.db.read(company.companyId, (tx) =>
      tx.one(sql<{ accounts: number; keys: number }>`
        select
          (select count(*) from channels.merchant_account
            where company_id = ${tx.companyId}) as accounts,
          (select count(*) from channels.platform_key where company_id = ${tx.companyId}) as keys`),
    );
  const before = await count();
  expect(await tried({ kind: 'create-account', account })).toMatchObject({ ok: true });
  expect(await count()).toEqual(before);
});
