import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { changeMerchantAccount, chooseMerchantAccount } from '../modules/channels/index.ts';
import { systemActor } from '../platform/actor.ts';
import type { Deps } from '../platform/deps.ts';
import type { DemoClient } from './client.ts';

const mchId = '1900008888';
const appId = 'wxdemo0000000001';

interface PlatformKeys {
  readonly publicKeyId: string;
  readonly publicKeyPem: string;
}

export type Endpoints = Readonly<Record<'base' | 'login' | 'authorize', string>>;

/** The simulator listens on another port after every start; browsers reach it through us. */
export function simulatorEndpoints(simulatorUrl: string, publicUrl: string): Endpoints {
  const authorize = `${publicUrl}/sim/connect/oauth2/authorize`;
  return { base: simulatorUrl, login: simulatorUrl, authorize };
}

/** Leads the demo's merchant account to the simulator of this start. */
export async function pointAtSimulator(
  deps: Deps,
  companyId: string,
  endpoints: Endpoints,
): Promise<void> {
  const account = await deps.db.read(companyId, (tx) =>
    chooseMerchantAccount(tx, { channel: 'wechat-pay' }),
  );
  if (!account || account.mchId !== mchId) return;
  const actor = systemActor(companyId, 'demo');
  await changeMerchantAccount(deps, { actor, id: account.id, change: { endpoints } });
}

interface SetUp {
  readonly simulatorUrl: string;
  readonly publicUrl: string;
  readonly endpoints: Endpoints;
}

/**
 * Makes the demo's merchant account with fresh keys, and makes the simulator know it: it remembers
 * its merchants.
 */
export async function ensureMerchantAccount(client: DemoClient, setUp: SetUp): Promise<void> {
  const { items } = await client.get<{ items: { mchId: string }[] }>('/api/merchant-accounts');
  if (!items.some((account) => account.mchId === mchId)) await create(client, setUp);
}

async function create(client: DemoClient, setUp: SetUp): Promise<void> {
  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const apiV3Key = randomBytes(16).toString('hex');
  const appSecret = randomBytes(16).toString('hex');
  const merchantSerial = randomBytes(20).toString('hex').toUpperCase();
  const platform = await register(setUp.simulatorUrl, {
    mchid: mchId,
    appid: appId,
    appSecret,
    apiV3Key,
    merchantSerialNo: merchantSerial,
    merchantPublicKeyPem: keys.publicKey,
    name: '阳光物业（演示）',
    mode: 'public-key',
    redirectHosts: [new URL(setUp.publicUrl).host],
  });
  await client.post('/api/merchant-accounts', {
    channel: 'wechat-pay',
    name: '微信支付（模拟）',
    mchId,
    appId,
    mode: 'public-key',
    credentials: {
      merchantSerial,
      privateKeyPem: keys.privateKey,
      apiV3Key,
      appSecret,
      publicKeyId: platform.publicKeyId,
      publicKeyPem: platform.publicKeyPem,
    },
    endpoints: setUp.endpoints,
  });
}

async function register(simulatorUrl: string, merchant: object): Promise<PlatformKeys> {
  const response = await fetch(`${simulatorUrl}/control/wechat-pay/merchants`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(merchant),
  });
  if (!response.ok) throw new Error(`the simulator refused the merchant: ${response.status}`);
  return (await response.json()) as PlatformKeys;
}
