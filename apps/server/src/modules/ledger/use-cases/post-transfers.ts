import { type Tx, violatedConstraint } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { accountsOf, checkPosting, type NewPosting } from '../domain/posting.ts';
import { forgetAccounts, rememberAccounts, unknownAccounts } from '../store/known-accounts.ts';
import { createAccounts, insertPosting, insertTransfers } from '../store/posting-store.ts';

/**
 * Books a business fact once: the posting's key decides. One trip to the database; accounts are
 * made when they are first used. The books take it on the company's day of the clock, or on the
 * first day that is not closed.
 * @returns whether it was posted now; false when the key was there before
 */
export async function postTransfers(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  posting: NewPosting,
): Promise<{ posted: boolean }> {
  checkPosting(posting);
  const recordedAt = deps.clock.now();
  const postingId = newId(recordedAt);
  const unknown = unknownAccounts(tx, accountsOf(posting));
  const creating = unknown.length === 0 ? [] : createAccounts(tx, unknown, recordedAt);
  try {
    const [created, postings, transfers] = await Promise.all([
      creating,
      insertPosting(tx, postingId, posting),
      insertTransfers(tx, postingId, posting, recordedAt),
    ]);
    rememberAccounts(tx, unknown, created);
    if (transfers !== postings * posting.transfers.length) {
      throw new Error(`posting ${posting.key}: ${transfers} transfers were inserted`);
    }
    return { posted: postings === 1 };
  } catch (error) {
    const constraint = violatedConstraint(error);
    if (constraint === 'transfer_debit_fkey' || constraint === 'transfer_credit_fkey') {
      forgetAccounts(tx.companyId);
    }
    throw error;
  }
}
