import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { Problem } from '../../../platform/errors.ts';
import type { Credentials, KeyMode, PlatformKey } from '../channel.ts';

const minModulusBits = 2048;

/** What is wrong with the secrets of an account, in words for the person who pasted them. */
export function checkCredentials(credentials: Credentials, mode: KeyMode): readonly Problem[] {
  const problems: Problem[] = [];
  const { merchantSerial, privateKeyPem, apiV3Key, appSecret, publicKeyId, publicKeyPem } =
    credentials;
  if (!/^[0-9A-F]{8,64}$/i.test(merchantSerial ?? '')) {
    problems.push({ field: 'credentials.merchantSerial', reason: '商户证书序列号应为十六进制' });
  }
  if (!isRsa(() => createPrivateKey(privateKeyPem ?? ''))) {
    const reason =
      '不是有效的商户 API 私钥，请粘贴 apiclient_key.pem 的全部内容（RSA 2048 位以上）';
    problems.push({ field: 'credentials.privateKeyPem', reason });
  }
  if (Buffer.byteLength(apiV3Key ?? '') !== 32) {
    problems.push({ field: 'credentials.apiV3Key', reason: 'APIv3 密钥必须正好是 32 个字节' });
  }
  if (!appSecret) {
    problems.push({ field: 'credentials.appSecret', reason: '请填写公众号的 AppSecret' });
  }
  if (mode === 'public-key' && !/^PUB_KEY_ID_[0-9A-Za-z]{4,64}$/.test(publicKeyId ?? '')) {
    const reason = '公钥模式需要填写微信支付公钥 ID，以 PUB_KEY_ID_ 开头';
    problems.push({ field: 'credentials.publicKeyId', reason });
  }
  if (mode === 'public-key' && !publicKeyPem) {
    const reason = '公钥模式需要粘贴微信支付公钥 pub_key.pem 的全部内容';
    problems.push({ field: 'credentials.publicKeyPem', reason });
  }
  if (publicKeyPem && !isRsa(() => createPublicKey(publicKeyPem))) {
    const reason = '不是有效的微信支付公钥，请粘贴 pub_key.pem 的全部内容';
    problems.push({ field: 'credentials.publicKeyPem', reason });
  }
  return problems;
}

/** The WeChat Pay public key, under its id. */
export function trustedKeys({ publicKeyId, publicKeyPem }: Credentials): readonly PlatformKey[] {
  if (!publicKeyId || !publicKeyPem) return [];
  const key = { serial: publicKeyId, pem: publicKeyPem, validFrom: null, validTo: null };
  return [{ ...key, kind: 'public-key' }];
}

function isRsa(read: () => KeyObject): boolean {
  try {
    const key = read();
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    return key.asymmetricKeyType === 'rsa' && bits >= minModulusBits;
  } catch (error) {
    // What OpenSSL cannot read is not a key; its message may quote the secret.
    return !(error instanceof Error);
  }
}
