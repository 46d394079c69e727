import { createCipheriv, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { saveMerchantAccount } from '../src/modules/channels/index.ts';
import type { TestSystem } from './harness.ts';

const rsa = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

/** One pair each a process: making them takes a tenth of a second. */
const merchantKeys = rsa();
const platformKeys = rsa();
const apiV3Key = '0123456789abcdefABCDEF0123456789';
const appSecret = 'app-secret-of-the-test';
const merchantSerial = '5B1C7D2A9E3F4C60718293A4B5C6D7E8F9010203';
/** Of the older protocol: payment codes and debits. */
const apiV2Key = 'v2key0123456789ABCDEFv2key012345';
/** The plan of debits that the channel approved for every merchant of the tests. */
const planId = '132164';

export interface GivenMerchantAccount {
  readonly merchantAccountId: string;
  readonly number: number;
  readonly mchId: string;
  readonly appId: string;
  readonly apiV3Key: string;
  readonly apiV2Key: string;
  /** Set when a partner (服务商) trades for the company. */
  readonly subMchId: string | null;
  readonly subAppId: string | null;
  /** The channel's own key, of which the account holds the public half. */
  readonly platform: { readonly serial: string; readonly privateKeyPem: string };
}

export interface MerchantAccountOptions {
  readonly mchId?: string;
  readonly appId?: string;
  /** Where the channel listens; nobody does by default. */
  readonly baseUrl?: string;
  readonly mode?: 'certificate' | 'public-key';
  /** Makes a running simulator know the merchant, and the account its public key. */
  readonly simulatorUrl?: string;
  readonly companyId?: string;
  /** Where a browser logs in; the simulator itself by default. */
  readonly authorizeUrl?: string;
  /** Host that the login may come back to, besides localhost. */
  readonly redirectHost?: string;
  /** A partner's account; `with-app` where payers pay in the sub-merchant's own app. */
  readonly partner?: 'plain' | 'with-app';
}

let accountsMade = 0;

export async function givenMerchantAccount(
  system: TestSystem,
  options: MerchantAccountOptions = {},
): Promise<GivenMerchantAccount> {
  accountsMade += 1;
  const mchId = options.mchId ?? String(1_900_000_000 + accountsMade);
  const appId = options.appId ?? `wxtest${String(accountsMade).padStart(10, '0')}`;
  const mode = options.mode ?? 'public-key';
  const { simulatorUrl, partner } = options;
  const subMchId = partner ? `16${mchId.slice(2)}` : null;
  const subAppId = partner === 'with-app' ? `wxsub${appId.slice(-11)}` : null;
  const merchant = { mchId, appId, mode, subMchId, subAppId };
  const publicKey = simulatorUrl
    ? await register(simulatorUrl, merchant, options.redirectHost)
    : { id: `PUB_KEY_ID_${mchId}`, pem: platformKeys.publicKey };
  const baseUrl = options.baseUrl ?? simulatorUrl ?? 'http://127.0.0.1:9';
  const saved = await saveMerchantAccount(system.deps, {
    actor: { ...system.staff, companyId: options.companyId ?? system.companyId },
    account: {
      channel: 'wechat-pay',
      name: '微信支付（测试）',
      mchId,
      appId,
      mode,
      ...(subMchId !== null && { subMchId }),
      ...(subAppId !== null && { subAppId }),
      credentials: wechatCredentials(publicKey),
      endpoints: {
        base: baseUrl,
        login: baseUrl,
        authorize: options.authorizeUrl ?? `${baseUrl}/connect/oauth2/authorize`,
        papay: `${baseUrl}/papay`,
      },
    },
  });
  return {
    ...saved,
    mchId,
    appId,
    apiV3Key,
    apiV2Key,
    subMchId,
    subAppId,
    platform: { serial: publicKey.id, privateKeyPem: platformKeys.privateKey },
  };
}

/** Secrets of a WeChat account that pass every check. */
export function wechatCredentials(
  publicKey: { readonly id: string; readonly pem: string } = {
    id: 'PUB_KEY_ID_0000000001',
    pem: platformKeys.publicKey,
  },
): Record<string, string> {
  return {
    merchantSerial,
    privateKeyPem: merchantKeys.privateKey,
    apiV3Key,
    apiV2Key,
    planId,
    appSecret,
    publicKeyId: publicKey.id,
    publicKeyPem: publicKey.pem,
  };
}

async function register(
  simulatorUrl: string,
  merchant: {
    readonly mchId: string;
    readonly appId: string;
    readonly mode: string;
    readonly subMchId: string | null;
    readonly subAppId: string | null;
  },
  redirectHost = 'localhost',
): Promise<{ id: string; pem: string }> {
  const response = await fetch(`${simulatorUrl}/control/wechat-pay/merchants`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      mchid: merchant.mchId,
      appid: merchant.appId,
      appSecret,
      apiV3Key,
      apiV2Key,
      planIds: [planId],
      ...(merchant.subMchId !== null && { subMerchants: [subMerchantOf(merchant)] }),
      merchantSerialNo: merchantSerial,
      merchantPublicKeyPem: merchantKeys.publicKey,
      name: '测试物业',
      mode: merchant.mode,
      redirectHosts: ['localhost:8080', 'localhost', redirectHost],
    }),
  });
  if (!response.ok) throw new Error(`the simulator refused the merchant: ${response.status}`);
  const answer = (await response.json()) as { publicKeyId: string; publicKeyPem: string };
  return { id: answer.publicKeyId, pem: answer.publicKeyPem };
}

function subMerchantOf({
  subMchId,
  subAppId,
}: {
  subMchId: string | null;
  subAppId: string | null;
}) {
  const app = subAppId === null ? {} : { appid: subAppId, appSecret };
  return { mchid: subMchId, name: '测试物业（特约商户）', ...app };
}

export interface GivenNotice {
  readonly headers: Readonly<Record<string, string>>;
  readonly rawBody: Buffer;
}

/** A transaction object as the channel writes it. */
export function transactionOf(
  account: GivenMerchantAccount,
  trade: { readonly orderNo: string; readonly amountFen: number; readonly tradeNo?: string },
  changes: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    mchid: account.mchId,
    appid: account.appId,
    out_trade_no: trade.orderNo,
    transaction_id: trade.tradeNo ?? `42000000${randomBytes(10).readBigUInt64BE().toString()}`,
    trade_type: 'JSAPI',
    trade_state: 'SUCCESS',
    trade_state_desc: '支付成功',
    bank_type: 'OTHERS',
    success_time: '2026-11-24T10:00:00+08:00',
    payer: { openid: 'oTestPayer0001' },
    amount: {
      total: trade.amountFen,
      payer_total: trade.amountFen,
      currency: 'CNY',
      payer_currency: 'CNY',
    },
    ...changes,
  };
}

/** A notification of a transaction, sealed and signed as the channel does it. */
export function noticeOf(
  account: GivenMerchantAccount,
  at: Date,
  transaction: Readonly<Record<string, unknown>>,
  eventType = 'TRANSACTION.SUCCESS',
): GivenNotice {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', account.apiV3Key, nonce);
  cipher.setAAD(Buffer.from('transaction'));
  const body = [cipher.update(JSON.stringify(transaction), 'utf8'), cipher.final()];
  const ciphertext = Buffer.concat([...body, cipher.getAuthTag()]).toString('base64');
  const event = {
    id: `EV-${randomBytes(8).toString('hex')}`,
    create_time: at.toISOString(),
    event_type: eventType,
    resource_type: 'encrypt-resource',
    summary: '支付成功',
    resource: {
      algorithm: 'AEAD_AES_256_GCM',
      original_type: 'transaction',
      associated_data: 'transaction',
      nonce,
      ciphertext,
    },
  };
  return signedAs(account, at, Buffer.from(JSON.stringify(event)));
}

/** Any bytes, signed with the channel's key. */
export function signedAs(account: GivenMerchantAccount, at: Date, rawBody: Buffer): GivenNotice {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const nonce = randomBytes(16).toString('hex');
  const message = Buffer.concat([
    Buffer.from(`${timestamp}\n${nonce}\n`),
    rawBody,
    Buffer.from('\n'),
  ]);
  const signature = sign('RSA-SHA256', message, account.platform.privateKeyPem);
  return {
    headers: {
      'content-type': 'application/json',
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-serial': account.platform.serial,
      'wechatpay-signature': signature.toString('base64'),
      'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
    },
    rawBody,
  };
}
