import type { SecretBox } from '../../platform/crypto/secret-box.ts';
import { maskAccount } from './domain/mask.ts';

const purpose = 'bank.account';

/** An account number as the database keeps it. Blanks and hyphens are spelling. */
export function sealNumber(secrets: SecretBox, companyId: string, number: string) {
  const digits = number.replace(/[\s-]/g, '');
  return {
    numberCipher: secrets.seal(companyId, purpose, digits),
    numberIndex: secrets.blindIndex(companyId, purpose, digits),
    numberMasked: maskAccount(digits),
  };
}

export function openNumber(secrets: SecretBox, companyId: string, cipher: Buffer): string {
  return secrets.open(companyId, purpose, cipher);
}
