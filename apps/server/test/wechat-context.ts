import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import type { ChannelContext, Credentials } from '../src/modules/channels/channel.ts';
import keys from './vectors/keys.json' with { type: 'json' };

/** The keys of the published vectors. */
export const wechatKeys = keys.wechat;

export const wechatCredentials: Credentials = {
  merchantSerial: wechatKeys.merchantSerialNo,
  privateKeyPem: wechatKeys.merchantPrivateKeyPkcs8,
  merchantCertificatePem: wechatKeys.merchantCertificate,
  apiV3Key: wechatKeys.apiv3Key,
  apiV2Key: wechatKeys.apiv2Key,
  appSecret: 'app-secret',
  publicKeyId: wechatKeys.publicKeyId,
  publicKeyPem: wechatKeys.publicKeySpki,
};

const platformKeys = new Map([
  [wechatKeys.platformSerialNo, new X509Certificate(wechatKeys.platformCertificate).publicKey],
  [wechatKeys.publicKeyId, createPublicKey(wechatKeys.publicKeySpki)],
]);

/** An opened account of the merchant of the vectors, at the instant of the vectors. */
export function wechatContext(changes: Partial<ChannelContext> = {}): ChannelContext {
  const now = new Date('2026-01-01T00:00:00Z');
  return {
    account: {
      companyId: '',
      id: '0190a000-0000-7000-8000-000000000001',
      number: 1,
      channel: 'wechat-pay',
      name: '',
      mchId: wechatKeys.mchid,
      appId: wechatKeys.appid,
      subMchId: null,
      subAppId: null,
      endpoints: {},
      mode: 'certificate',
      state: 'active',
    },
    notifyUrl: 'http://localhost:8080/notify/wechat-pay/test/1',
    credentials: wechatCredentials,
    previousCredentials: undefined,
    signingKey: createPrivateKey(wechatKeys.merchantPrivateKeyPkcs8),
    clock: { now: () => now },
    knownKey: (serial) => platformKeys.get(serial),
    findKey: async (serial) => platformKeys.get(serial),
    record: async () => undefined,
    ...changes,
  };
}
