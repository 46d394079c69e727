import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { Problem } from '../../../platform/errors.ts';
import type { Credentials, PlatformKey } from '../channel.ts';
import { description } from './description.ts';

/** What is wrong with the secrets of an account, in words for whoever pasted them. */
export function checkCredentials(credentials: Credentials): readonly Problem[] {
  const { privateKeyPem = '', bankPublicKeyPem = '' } = credentials;
  const wrong = description.secrets.filter(({ name }) => {
    if (name === 'privateKeyPem') return !isKey(() => createPrivateKey(privateKeyPem));
    if (name === 'bankPublicKeyPem') return !isKey(() => createPublicKey(bankPublicKeyPem));
    return !credentials[name];
  });
  const reason = '请填写；密钥须粘贴 PEM 全文，含首尾行';
  return wrong.map(({ name }) => ({ field: `credentials.${name}`, reason }));
}

/** The bank's keys are pasted: those of before stay trusted for messages under way. */
export function trustedKeys({ bankKeyId, bankPublicKeyPem }: Credentials): readonly PlatformKey[] {
  const key = { kind: 'public-key', validFrom: null, validTo: null } as const;
  return [{ ...key, serial: bankKeyId ?? '', pem: bankPublicKeyPem ?? '' }];
}

/** The message of OpenSSL may quote the secret, so it goes nowhere. */
function isKey(read: () => unknown): boolean {
  try {
    return read() !== undefined;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}
