import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { Problem } from '../../../platform/errors.ts';
import type { Credentials, KeyMode } from '../channel.ts';
import { type Certificate, readCertificates, rootCertSn } from './certificate.ts';
import { readable } from './keys.ts';

const minModulusBits = 2048;
/** Fields of certificates, and what each file is called in the provider's console. */
const certificateFields = {
  appCertificatePem: '应用公钥证书 appCertPublicKey_*.crt',
  alipayCertificatePem: '支付宝公钥证书 alipayCertPublicKey_RSA2.crt',
  alipayRootCertificatePem: '支付宝根证书 alipayRootCert.crt',
} as const;

/**
 * The provider's tool gives keys as bare base64 in one line: they are kept as PEM. What cannot be
 * read stays as it is.
 */
export function tidyCredentials(credentials: Credentials): Credentials {
  const tidied: Record<string, string> = { ...credentials };
  const { privateKeyPem, alipayPublicKeyPem } = credentials;
  if (privateKeyPem) {
    tidied.privateKeyPem = asPem(privateKeyPem, ['PRIVATE KEY', 'RSA PRIVATE KEY'], (pem) =>
      createPrivateKey(pem),
    );
  }
  if (alipayPublicKeyPem) {
    tidied.alipayPublicKeyPem = asPem(alipayPublicKeyPem, ['PUBLIC KEY'], (pem) =>
      createPublicKey(pem),
    );
  }
  return tidied;
}

function asPem(text: string, labels: readonly string[], read: (pem: string) => KeyObject): string {
  if (text.includes('-----BEGIN')) return text.trim();
  const lines = text.replace(/\s/g, '').match(/.{1,64}/g) ?? [];
  const pems = labels.map((label) =>
    [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n'),
  );
  return pems.find((pem) => readable(() => read(pem)) !== undefined) ?? text;
}

/** What is wrong with the secrets of an account, in words for the person who pasted them. */
export function checkCredentials(credentials: Credentials, mode: KeyMode): readonly Problem[] {
  const privateKey = readable(() => createPrivateKey(credentials.privateKeyPem ?? ''));
  const problems: Problem[] = [];
  if (!isStrongRsa(privateKey)) {
    const reason = '不是有效的应用私钥：请粘贴密钥工具生成的应用私钥全文（RSA2，2048 位）';
    problems.push({ field: 'credentials.privateKeyPem', reason });
  }
  const { aesKey } = credentials;
  if (aesKey && ![16, 24, 32].includes(Buffer.from(aesKey, 'base64').length)) {
    const reason = '接口内容加密密钥应为 Base64，解码后 16 字节；没有启用内容加密请留空';
    problems.push({ field: 'credentials.aesKey', reason });
  }
  return [
    ...problems,
    ...(mode === 'certificate'
      ? certificateProblems(credentials, privateKey)
      : publicKeyProblems(credentials, privateKey)),
  ];
}

/** When pasted certificates end. */
export function expiriesOf(credentials: Credentials): readonly { field: string; at: Date }[] {
  return (['appCertificatePem', 'alipayCertificatePem'] as const).flatMap((field) => {
    const [certificate] = certificatesOf(credentials, field) ?? [];
    return certificate ? [{ field, at: certificate.validTo }] : [];
  });
}

function publicKeyProblems(credentials: Credentials, privateKey: KeyObject | undefined): Problem[] {
  const field = 'credentials.alipayPublicKeyPem';
  const key = readable(() => createPublicKey(credentials.alipayPublicKeyPem ?? ''));
  if (!isStrongRsa(key)) {
    return [{ field, reason: '不是有效的支付宝公钥：请从“接口加签方式”页复制“支付宝公钥”' }];
  }
  // The commonest mistake: both keys stand on the same page.
  if (privateKey && key.equals(createPublicKey(privateKey))) {
    return [{ field, reason: '这是“应用公钥”，请改为粘贴同一页上的“支付宝公钥”' }];
  }
  return [];
}

function certificateProblems(
  credentials: Credentials,
  privateKey: KeyObject | undefined,
): Problem[] {
  const read = (field: keyof typeof certificateFields) => certificatesOf(credentials, field) ?? [];
  const unreadable = (Object.keys(certificateFields) as (keyof typeof certificateFields)[])
    .filter((field) => read(field).length === 0)
    .map((field) => problem(field, `不是有效的证书：请粘贴${certificateFields[field]} 的全部内容`));
  if (unreadable.length > 0) return unreadable;
  const [app] = read('appCertificatePem');
  const [alipay] = read('alipayCertificatePem');
  const roots = read('alipayRootCertificatePem');
  const problems: Problem[] = [];
  if (app && privateKey && !app.x509.checkPrivateKey(privateKey)) {
    problems.push(problem('appCertificatePem', '应用公钥证书与应用私钥不是同一对，请重新下载'));
  }
  if (app && alipay && alipay.sn === app.sn) {
    const reason = '这是应用公钥证书，请粘贴支付宝公钥证书 alipayCertPublicKey_RSA2.crt';
    problems.push(problem('alipayCertificatePem', reason));
  }
  if (rootCertSn(roots) === '') {
    const reason = '其中没有 RSA 根证书，请粘贴 alipayRootCert.crt 的全部内容';
    problems.push(problem('alipayRootCertificatePem', reason));
  }
  return problems;
}

function certificatesOf(
  credentials: Credentials,
  field: keyof typeof certificateFields,
): readonly Certificate[] | undefined {
  return readable(() => readCertificates(credentials[field] ?? ''));
}

function problem(field: string, reason: string): Problem {
  return { field: `credentials.${field}`, reason };
}

function isStrongRsa(key: KeyObject | undefined): key is KeyObject {
  const bits = key?.asymmetricKeyDetails?.modulusLength ?? 0;
  return key?.asymmetricKeyType === 'rsa' && bits >= minModulusBits;
}
