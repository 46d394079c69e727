import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { Problem } from '../../../platform/errors.ts';
import type { Credentials, KeyMode } from '../channel.ts';
import { certificateOf } from './certificate.ts';
import { openPfx } from './pfx.ts';

const minModulusBits = 2048;

/** A .pfx that opens becomes PEM and is forgotten with its password; newer files replace older. */
export function tidyCredentials(credentials: Credentials): Credentials {
  const { pfx, pfxPassword, ...others } = credentials;
  if (!pfx) return pfxPassword === undefined ? credentials : others;
  const opened = openPfx(pfx, pfxPassword ?? '');
  return opened ? { ...others, ...opened } : credentials;
}

/** What is wrong with the secrets of an account, in words for the person who pasted them. */
export function checkCredentials(credentials: Credentials, mode: KeyMode): readonly Problem[] {
  if (mode === 'secret-key') return checkSecureKey(credentials);
  const problems: Problem[] = [];
  if (credentials.pfx) {
    problems.push({
      field: 'credentials.pfx',
      reason: '无法打开 .pfx 证书文件：请检查证书密码，以及上传的是不是银联下发的签名证书',
    });
  } else {
    problems.push(...checkKeyPair(credentials));
  }
  const { middlePem, rootPem } = credentials;
  const middle = certificateOf(middlePem ?? '');
  const root = certificateOf(rootPem ?? '');
  if (!middle) {
    problems.push({
      field: 'credentials.middlePem',
      reason: '不是有效的证书，请粘贴 acp_prod_middle.cer 的全部内容',
    });
  }
  if (!root) {
    problems.push({
      field: 'credentials.rootPem',
      reason: '不是有效的证书，请粘贴 acp_prod_root.cer 的全部内容',
    });
  }
  if (middle && root && !(middle.checkIssued(root) && middle.verify(root.publicKey))) {
    problems.push({
      field: 'credentials.middlePem',
      reason: '中级证书不是由这张根证书签发的，请使用同一个开发包里的两个文件',
    });
  }
  return problems;
}

function checkSecureKey({ secureKey }: Credentials): readonly Problem[] {
  if (secureKey && secureKey.length >= 16) return [];
  return [{ field: 'credentials.secureKey', reason: '请填写银联下发的密钥（至少 16 个字符）' }];
}

function checkKeyPair({ privateKeyPem, certificatePem }: Credentials): readonly Problem[] {
  if (!privateKeyPem && !certificatePem) {
    return [{ field: 'credentials.pfx', reason: '请上传签名证书（.pfx）并填写证书密码' }];
  }
  const key = rsaKeyOf(privateKeyPem ?? '');
  const certificate = certificateOf(certificatePem ?? '');
  const problems: Problem[] = [];
  if (!key) {
    const reason = '不是有效的签名私钥，请粘贴 PEM 格式的 RSA 私钥（2048 位以上）';
    problems.push({ field: 'credentials.privateKeyPem', reason });
  }
  if (!certificate) {
    const reason = '不是有效的签名证书，请粘贴 PEM 格式的证书';
    problems.push({ field: 'credentials.certificatePem', reason });
  }
  if (key && certificate && !certificate.checkPrivateKey(key)) {
    const reason = '签名证书与签名私钥不是一对，请使用同一个 .pfx 里的两部分';
    problems.push({ field: 'credentials.certificatePem', reason });
  }
  return problems;
}

function rsaKeyOf(pem: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(pem);
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    return key.asymmetricKeyType === 'rsa' && bits >= minModulusBits ? key : undefined;
  } catch (error) {
    // What OpenSSL cannot read is not a key; its message may quote the secret.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

const certificateFields = ['certificatePem', 'middlePem', 'rootPem'] as const;

/** When our certificate, and those that UnionPay's are checked against, stop being good. */
export function expiriesOf(
  credentials: Credentials,
): readonly { readonly field: string; readonly at: Date }[] {
  return certificateFields.flatMap((field) => {
    const certificate = certificateOf(credentials[field] ?? '');
    return certificate ? [{ field, at: new Date(certificate.validTo) }] : [];
  });
}
