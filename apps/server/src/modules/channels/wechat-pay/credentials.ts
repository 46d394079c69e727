import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { Problem } from '../../../platform/errors.ts';
import type { ChannelContext, Credentials, KeyMode, PlatformKey } from '../channel.ts';

const minModulusBits = 2048;

/** Serial numbers and keys are pasted with blanks around; the certificate tells its own serial. */
export function tidyCredentials(credentials: Credentials): Credentials {
  const trimmed = Object.fromEntries(
    Object.entries(credentials).map(([name, value]) => [name, value.trim()]),
  );
  const { merchantSerial, merchantCertificatePem } = trimmed;
  const own = certificateOf(merchantCertificatePem ?? '')?.serialNumber;
  return merchantSerial || !own ? trimmed : { ...trimmed, merchantSerial: own };
}

/** What is wrong with the secrets of an account, in words for the person who pasted them. */
export function checkCredentials(credentials: Credentials, mode: KeyMode): readonly Problem[] {
  const { apiV3Key, apiV2Key, appSecret, planId } = credentials;
  const checks: readonly (readonly [boolean, string, string])[] = [
    [Buffer.byteLength(apiV3Key ?? '') === 32, 'apiV3Key', 'APIv3 密钥必须正好是 32 个字节'],
    [!!appSecret, 'appSecret', '请填写付款所用公众号（或小程序）的 AppSecret'],
    [!apiV2Key || /^[0-9A-Za-z]{32}$/.test(apiV2Key), 'apiV2Key', 'APIv2 密钥为 32 位字母数字'],
    [!planId || /^\d{1,28}$/.test(planId), 'planId', '代扣模板编号应为数字'],
    [!planId || !!apiV2Key, 'apiV2Key', '委托代扣需要 APIv2 密钥'],
  ];
  const failed = checks.filter(([isGood]) => !isGood);
  return [
    ...merchantProblems(credentials),
    ...failed.map(([, name, reason]) => ({ field: `credentials.${name}`, reason })),
    ...publicKeyProblems(credentials, mode),
  ];
}

function merchantProblems(credentials: Credentials): readonly Problem[] {
  const { merchantSerial = '', privateKeyPem = '', merchantCertificatePem } = credentials;
  const problems: Problem[] = [];
  if (!isSerial(merchantSerial)) {
    problems.push({ field: 'credentials.merchantSerial', reason: '商户证书序列号应为十六进制' });
  }
  const key = rsaOf(() => createPrivateKey(privateKeyPem));
  if (!key) {
    const reason =
      '不是有效的商户 API 私钥，请粘贴 apiclient_key.pem 的全部内容（RSA 2048 位以上）';
    problems.push({ field: 'credentials.privateKeyPem', reason });
  }
  if (merchantCertificatePem && key) {
    const reason = certificateProblem(merchantCertificatePem, { key, serial: merchantSerial });
    if (reason) problems.push({ field: 'credentials.merchantCertificatePem', reason });
  }
  return problems;
}

function certificateProblem(
  pem: string,
  own: { readonly key: KeyObject; readonly serial: string },
): string | undefined {
  const certificate = certificateOf(pem);
  if (!certificate) return '不是有效的商户 API 证书，请粘贴 apiclient_cert.pem 的全部内容';
  if (!certificate.checkPrivateKey(own.key)) return '商户 API 证书与商户 API 私钥不是同一套';
  const isSame = withoutZeros(certificate.serialNumber) === withoutZeros(own.serial);
  return isSame || !isSerial(own.serial)
    ? undefined
    : `商户证书序列号与证书不符，证书上是 ${certificate.serialNumber}`;
}

function publicKeyProblems(credentials: Credentials, mode: KeyMode): readonly Problem[] {
  const { publicKeyId, publicKeyPem } = credentials;
  const problems: Problem[] = [];
  if (mode === 'public-key' && !/^PUB_KEY_ID_[0-9A-Za-z]{4,64}$/.test(publicKeyId ?? '')) {
    const reason = '公钥模式需要填写微信支付公钥 ID，以 PUB_KEY_ID_ 开头';
    problems.push({ field: 'credentials.publicKeyId', reason });
  }
  if (mode === 'public-key' && !publicKeyPem) {
    const reason = '公钥模式需要粘贴微信支付公钥 pub_key.pem 的全部内容';
    problems.push({ field: 'credentials.publicKeyPem', reason });
  }
  if (publicKeyPem && !rsaOf(() => publicKeyOf(publicKeyPem))) {
    const reason = '不是有效的微信支付公钥，请粘贴 pub_key.pem 的全部内容';
    problems.push({ field: 'credentials.publicKeyPem', reason });
  }
  return problems;
}

/** OpenSSL reads a private key here as well, which would then lie unsealed among the public ones. */
function publicKeyOf(pem: string): KeyObject {
  if (/PRIVATE KEY/.test(pem)) throw new RangeError('a private key');
  return createPublicKey(pem);
}

/** The WeChat Pay public key, under its id. */
export function trustedKeys({ publicKeyId, publicKeyPem }: Credentials): readonly PlatformKey[] {
  if (!publicKeyId || !publicKeyPem) return [];
  const key = { serial: publicKeyId, pem: publicKeyPem, validFrom: null, validTo: null };
  return [{ ...key, kind: 'public-key' }];
}

/** The merchant's certificate says until when; the keys themselves do not end. */
export function expiriesOf({ merchantCertificatePem }: Credentials) {
  const certificate = certificateOf(merchantCertificatePem ?? '');
  return certificate
    ? [{ field: 'merchantCertificatePem', at: new Date(certificate.validTo) }]
    : [];
}

/** A secret of ours, and what it was before its last rotation: both may still be in use. */
export function secretsOf(
  { credentials, previousCredentials }: ChannelContext,
  name: string,
): readonly string[] {
  const both = [credentials[name], previousCredentials?.[name]];
  return [...new Set(both.filter((secret) => secret !== undefined && secret !== ''))] as string[];
}

function isSerial(text: string): boolean {
  return /^[0-9A-F]{8,64}$/i.test(text);
}

/** Certificates write a serial number with or without leading zeros. */
export function withoutZeros(serial: string): string {
  return serial.toUpperCase().replace(/^0+/, '');
}

function certificateOf(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function rsaOf(read: () => KeyObject): KeyObject | undefined {
  try {
    const key = read();
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    return key.asymmetricKeyType === 'rsa' && bits >= minModulusBits ? key : undefined;
  } catch (error) {
    // What OpenSSL cannot read is not a key; its message may quote the secret.
    if (error instanceof Error) return undefined;
    throw error;
  }
}
