import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  changeMerchantAccount,
  readNotification,
} from '../../../apps/server/src/modules/channels/index.ts';
import { tidyChannels } from '../../../apps/server/src/modules/channels/use-cases/refresh-platform-keys.ts';
import { createDatabase, sql } from '../../../apps/server/src/platform/database/index.ts';
import {
  givenMerchantAccount,
  noticeOf,
  transactionOf,
  wechatCredentials,
} from '../../../apps/server/test/channels-builders.ts';
import { startGateway } from './gateway-scene.ts';

/** F23: keys of both sides are replaced while payers pay; nothing valid is refused. */
let gateway: Awaited<ReturnType<typeof startGateway>>;
let company: Awaited<ReturnType<typeof gateway.company>>;
beforeAll(async () => {
  gateway = await startGateway();
  company = await gateway.company('certificate');
});
afterAll(() => gateway.close());

const payers = 4;
const rounds = 6;
const oldKey = wechatCredentials().apiV3Key ?? '';
const newKey = 'ROTATED0ROTATED1ROTATED2ROTATED3';

/** What the merchant holds, told to the channel; keys of before stay known to it. */
async function tellChannel(keys: { apiV3Key: string; serial?: string; publicKeyPem?: string }) {
  const { merchantSerial = '', appSecret = '', privateKeyPem = '' } = wechatCredentials();
  const own = createPublicKey(privateKeyPem).export({ type: 'spki', format: 'pem' }).toString();
  await gateway.control('POST', 'wechat-pay/merchants', {
    mchid: company.account.mchId,
    appid: company.account.appId,
    appSecret,
    apiV3Key: keys.apiV3Key,
    merchantSerialNo: keys.serial ?? merchantSerial,
    merchantPublicKeyPem: keys.publicKeyPem ?? own,
    name: '测试物业',
    mode: 'certificate',
    redirectHosts: ['localhost'],
  });
}

async function changeSecrets(credentials: Record<string, string>) {
  const { companyId, account } = company;
  await changeMerchantAccount(gateway.system.deps, {
    actor: { ...gateway.system.staff, companyId },
    id: account.merchantAccountId,
    change: { credentials },
  });
}

/** Payers who pay one bill after the other, and what became of each. */
async function payAll(): Promise<string[]> {
  const paid: string[] = [];
  await Promise.all(
    Array.from({ length: payers }, async () => {
      for (let round = 0; round < rounds; round += 1) {
        const { orderNo, paymentId } = await company.started();
        await company.pay(orderNo, { outcome: 'paid-no-notification' });
        await company.notify(orderNo);
        paid.push(paymentId);
      }
    }),
  );
  return paid;
}

async function expectPaid(payments: readonly string[]) {
  expect(await company.refusals()).toEqual([]);
  for (const id of payments) expect((await company.view(id))?.state).toBe('paid');
}

test('our own key, the API v3 key and the platform’s are replaced under load', async () => {
  const fresh = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const serial = 'AB'.repeat(20);
  await company.started(); // Downloads the platform's certificates for the first time.
  // Again once a minute at most, whoever forges serials.
  await gateway.advance(61);
  const running = payAll();
  // A new certificate is known to the channel first, then used here.
  await tellChannel({ apiV3Key: oldKey, serial, publicKeyPem: fresh.publicKey });
  await changeSecrets({ merchantSerial: serial, privateKeyPem: fresh.privateKey });
  // The channel signs half of what it says with a new certificate of its own.
  await gateway.control('POST', 'wechat-pay/rotate', { newShare: 50 });
  await expectPaid(await running);
  const later = payAll();
  // The API v3 key is entered here first; what is still sealed with the old one is read as well.
  await changeSecrets({ apiV3Key: newKey });
  await company.started();
  await tellChannel({ apiV3Key: newKey, serial, publicKeyPem: fresh.publicKey });
  await expectPaid(await later);
  await company.check(false);
});

test('a process that does not know the new secrets yet looks for them', async () => {
  const { system } = gateway;
  const other = { ...system.deps, db: createDatabase({ url: system.urls.app, poolSize: 2 }) };
  const { companyId } = company;
  const account = await givenMerchantAccount(system, { companyId });
  const read = (apiV3Key: string) => {
    const { headers, rawBody } = noticeOf(
      { ...account, apiV3Key },
      system.clock.now(),
      transactionOf(account, { orderNo: 'x'.repeat(32), amountFen: 100 }),
    );
    const source = { companyId, channel: 'wechat-pay', accountNumber: account.number };
    return readNotification(other, { ...source, headers, rawBody, remoteIp: '127.0.0.1' });
  };
  expect((await read(account.apiV3Key)).state).toBe('authentic');
  await changeMerchantAccount(system.deps, {
    actor: { ...system.staff, companyId },
    id: account.merchantAccountId,
    change: { credentials: { apiV3Key: newKey } },
  });
  system.clock.advance(2000);
  expect((await read(newKey)).state).toBe('authentic');
  // The old secret is honoured for three days, then dropped.
  expect((await read(account.apiV3Key)).state).toBe('authentic');
  system.clock.advance(72 * 3_600_000);
  expect(await read(account.apiV3Key)).toMatchObject({ reason: 'not-decryptable' });
  await tidyChannels(system.deps);
  const left = await system.deps.db.read(companyId, (tx) =>
    tx.many(sql`select id from channels.merchant_account
      where company_id = ${companyId} and id = ${account.merchantAccountId}
        and previous_cipher is not null`),
  );
  expect(left).toEqual([]);
  await other.db.close();
});
