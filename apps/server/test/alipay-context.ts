import { createPrivateKey } from 'node:crypto';
import type {
  ChannelContext,
  Credentials,
  KeyMode,
  Message,
} from '../src/modules/channels/channel.ts';
import keys from './vectors/alipay-keys.json' with { type: 'json' };

export const alipayKeys = keys.alipay;

export const alipayCredentials: Credentials = {
  privateKeyPem: alipayKeys.appPrivateKeyPkcs8,
  alipayPublicKeyPem: alipayKeys.alipayPublicKeySpki,
  appCertificatePem: alipayKeys.appCertificate,
  alipayCertificatePem: alipayKeys.alipayCertificate,
  alipayRootCertificatePem: alipayKeys.rootBundle,
};

/** An account with the keys of the published vectors, at their time. */
export function alipayContext(
  mode: KeyMode,
  changes: Partial<ChannelContext> = {},
): ChannelContext & { readonly messages: Message[] } {
  const messages: Message[] = [];
  const now = new Date('2026-12-01T00:00:00Z');
  return {
    account: {
      companyId: '',
      id: '0190a000-0000-7000-8000-000000000002',
      number: 1,
      channel: 'alipay',
      name: '',
      mchId: alipayKeys.sellerId,
      appId: alipayKeys.appId,
      subMchId: null,
      subAppId: null,
      endpoints: { gateway: 'http://127.0.0.1:9/gateway.do', page: 'http://127.0.0.1:9/page' },
      mode,
      state: 'active',
    },
    notifyUrl: 'https://pay.example.com/notify/alipay/test/1',
    credentials: alipayCredentials,
    previousCredentials: undefined,
    signingKey: createPrivateKey(alipayKeys.appPrivateKeyPkcs8),
    clock: { now: () => now },
    knownKey: () => undefined,
    findKey: async () => undefined,
    record: async (message) => {
      messages.push(message);
    },
    messages,
    ...changes,
  };
}
