import type { Fen } from '@wuye-pay/money';
import type { AccountCode } from './account.ts';

/** One amount moves from the credit account to the debit account. */
export interface NewTransfer {
  readonly debit: AccountCode;
  readonly credit: AccountCode;
  readonly amountFen: Fen;
}

/** A business fact and what it does to the books. */
export interface NewPosting {
  /** The same for every repeat of the fact: it posts once, on any day. */
  readonly key: string;
  /** Module and verb: "payment.collect". */
  readonly kind: string;
  /** The run, payment or case behind it. */
  readonly sourceId: string;
  readonly postedAt: Date;
  readonly transfers: readonly NewTransfer[];
}

/** More lines belong into several postings, so that one statement stays bounded. */
const maxTransfers = 10_000;

/** @throws Error on what no caller may ask for; the database would refuse most of it as well */
export function checkPosting(posting: NewPosting): void {
  const { key, transfers } = posting;
  if (key === '' || key.length > 200) throw new Error(`not a posting key: ${key}`);
  if (transfers.length === 0) throw new Error(`posting ${key} moves nothing`);
  if (transfers.length > maxTransfers) throw new Error(`posting ${key} has too many transfers`);
  for (const { debit, credit, amountFen } of transfers) {
    if (!Number.isSafeInteger(amountFen) || amountFen <= 0) {
      throw new RangeError(`posting ${key} moves ${amountFen} fen; whole fen above 0 are needed`);
    }
    if (debit === credit) throw new Error(`posting ${key} moves ${debit} to itself`);
  }
}

/** Accounts that a posting touches, each once, in the one order in which all create them. */
export function accountsOf(posting: NewPosting): AccountCode[] {
  return [...new Set(posting.transfers.flatMap(({ debit, credit }) => [debit, credit]))].sort();
}
