import type { Tx } from '../../../platform/database/index.ts';
import type { AccountCode } from '../domain/account.ts';

/**
 * Accounts that are known to be committed, so that the hot path need not create them again. It
 * feeds no amount: a wrong entry makes the foreign key refuse, and is then forgotten.
 */
const known = new Map<string, Set<AccountCode>>();
/** Created by a transaction that may still roll back: not to be remembered by it. */
const createdBy = new WeakMap<Tx, Set<AccountCode>>();
/** About 100 bytes each; beyond it the memory starts anew. */
const maxKnown = 50_000;
let size = 0;

export function unknownAccounts(tx: Tx, codes: readonly AccountCode[]): AccountCode[] {
  const ofCompany = known.get(tx.companyId);
  const ofTx = createdBy.get(tx);
  return codes.filter((code) => !ofCompany?.has(code) && !ofTx?.has(code));
}

/** @param created those that this transaction inserted; the others were there and committed */
export function rememberAccounts(
  tx: Tx,
  asked: readonly AccountCode[],
  created: readonly AccountCode[],
): void {
  const ofTx = createdBy.get(tx) ?? new Set();
  createdBy.set(tx, ofTx);
  for (const code of created) ofTx.add(code);
  for (const code of asked) if (!ofTx.has(code)) remember(tx.companyId, code);
}

export function forgetAccounts(companyId: string): void {
  size -= known.get(companyId)?.size ?? 0;
  known.delete(companyId);
}

function remember(companyId: string, code: AccountCode): void {
  if (size >= maxKnown) {
    known.clear();
    size = 0;
  }
  const codes = known.get(companyId) ?? new Set();
  known.set(companyId, codes);
  if (!codes.has(code)) size += 1;
  codes.add(code);
}
