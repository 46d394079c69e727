import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { Problem } from '../../../platform/errors.ts';
import type { Credentials, KeyMode } from '../channel.ts';

const minModulusBits = 2048;

/** What is wrong with the secrets of an account, in words for the person who pasted them. */
export function checkCredentials(credentials: Credentials, mode: KeyMode): readonly Problem[] {
  const problems: Problem[] = [];
  const { merchantSerial, privateKeyPem, apiV3Key, appSecret, publicKeyId, publicKeyPem } =
    credentials;
  if (!/^[0-9A-F]{8,64}$/.test(merchantSerial ?? '')) {
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
  if (mode === 'public-key' && !publicKeyId) {
    problems.push({ field: 'publicKey', reason: '公钥模式需要填写微信支付公钥和公钥 ID' });
  }
  if (publicKeyPem !== undefined && !isRsa(() => createPublicKey(publicKeyPem))) {
    const reason = '不是有效的微信支付公钥，请粘贴 pub_key.pem 的全部内容';
    problems.push({ field: 'publicKey.pem', reason });
  }
  return problems;
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
