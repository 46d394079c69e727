import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { DemoClient } from './client.ts';

const mchId = '1900008888';
const appId = 'wxdemo0000000001';

interface Account {
  readonly id: string;
  readonly mchId: string;
  readonly baseUrl: string;
  readonly authorizeUrl: string;
}

interface PlatformKeys {
  readonly publicKeyId: string;
  readonly publicKeyPem: string;
}

/**
 * Makes the demo's merchant account with fresh keys, and makes the simulator know it. The simulator
 * remembers its merchants, but listens on another port after every start.
 */
export async function ensureMerchantAccount(
  client: DemoClient,
  options: { readonly simulatorUrl: string; readonly publicUrl: string },
): Promise<void> {
  const endpoints = {
    baseUrl: options.simulatorUrl,
    loginUrl: options.simulatorUrl,
    authorizeUrl: `${options.publicUrl}/sim/connect/oauth2/authorize`,
  };
  const { items } = await client.get<{ items: Account[] }>('/api/merchant-accounts');
  const known = items.find((account) => account.mchId === mchId);
  if (!known) return await create(client, options, endpoints);
  if (known.baseUrl !== endpoints.baseUrl || known.authorizeUrl !== endpoints.authorizeUrl) {
    await client.patch(`/api/merchant-accounts/${known.id}`, { endpoints });
  }
}

async function create(
  client: DemoClient,
  options: { readonly simulatorUrl: string; readonly publicUrl: string },
  endpoints: object,
): Promise<void> {
  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const apiV3Key = randomBytes(16).toString('hex');
  const appSecret = randomBytes(16).toString('hex');
  const merchantSerial = randomBytes(20).toString('hex').toUpperCase();
  const platform = await register(options.simulatorUrl, {
    mchid: mchId,
    appid: appId,
    appSecret,
    apiV3Key,
    merchantSerialNo: merchantSerial,
    merchantPublicKeyPem: keys.publicKey,
    name: '阳光物业（演示）',
    mode: 'public-key',
    redirectHosts: [new URL(options.publicUrl).host],
  });
  await client.post('/api/merchant-accounts', {
    channel: 'wechat-pay',
    name: '微信支付（模拟）',
    mchId,
    appId,
    mode: 'public-key',
    credentials: { merchantSerial, privateKeyPem: keys.privateKey, apiV3Key, appSecret },
    publicKey: { id: platform.publicKeyId, pem: platform.publicKeyPem },
    endpoints,
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
