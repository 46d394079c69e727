import type { SecretBox } from '../../platform/crypto/secret-box.ts';
import { plain, type StatementEntry } from './domain/entry.ts';

/** What of an entry is kept encrypted: the payer, as clear as the bank told. */
export interface EntrySecrets {
  readonly counterpartyName: string;
  readonly counterpartyAccount: string;
  readonly text: string;
}

const purposes = { entry: 'bank.entry', counterparty: 'bank.counterparty' };

export function sealEntry(
  secrets: SecretBox,
  companyId: string,
  { counterpartyName, counterpartyAccount, text }: EntrySecrets,
): Buffer {
  const clear = JSON.stringify({ counterpartyName, counterpartyAccount, text });
  return secrets.seal(companyId, purposes.entry, clear);
}

export function openEntry(secrets: SecretBox, companyId: string, sealed: Buffer): EntrySecrets {
  return JSON.parse(secrets.open(companyId, purposes.entry, sealed)) as EntrySecrets;
}

/** Finds the same payer again: by account, or by name where the statement has no accounts. */
export function counterpartyIndex(
  secrets: SecretBox,
  companyId: string,
  entry: Pick<StatementEntry, 'counterpartyName' | 'counterpartyAccount'>,
): Buffer | null {
  const account = entry.counterpartyAccount.replace(/[\s-]/g, '');
  if (account !== '') {
    return secrets.blindIndex(companyId, purposes.counterparty, `account:${account}`);
  }
  return nameIndexOf(secrets, companyId, entry.counterpartyName);
}

export function nameIndexOf(secrets: SecretBox, companyId: string, name: string): Buffer | null {
  const spelt = plain(name);
  if (spelt === '') return null;
  return secrets.blindIndex(companyId, purposes.counterparty, `name:${spelt}`);
}
