import type { Fen } from '@wuye-pay/money';

/** One line of a statement, as it was read. */
export interface StatementEntry {
  /** The row of the table, or the number of the entry in an XML, from 1. */
  readonly rowNo: number;
  /** The bank's day. */
  readonly bookedOn: string;
  readonly direction: 'credit' | 'debit';
  readonly amountFen: Fen;
  readonly balanceFen: number | null;
  /** It takes back an entry of the other direction. */
  readonly isReversal: boolean;
  /** The bank's own number of the entry. */
  readonly bankReference: string | null;
  /** The payer's number, where the format carries one. */
  readonly endToEndId: string | null;
  /** The account that the payer wrote, where it is another than the statement's. */
  readonly subAccount: string | null;
  readonly counterpartyName: string;
  readonly counterpartyAccount: string;
  readonly counterpartyBank: string;
  /** Remark, purpose and whatever else the payer wrote. */
  readonly text: string;
}

/**
 * What makes an entry that entry, in whatever file it comes: the bank's own number with day and
 * amount, or without a number everything that it says. Equal ones are told apart by their order
 * within a day (`nth`): a file holds whole days.
 */
export function identityOf(entry: StatementEntry, nth: number): string {
  const { bookedOn, direction, amountFen, bankReference } = entry;
  const what = [bookedOn, direction, amountFen, nth];
  if (bankReference !== null) return ['reference', bankReference, ...what].join('\u0000');
  const { counterpartyName, counterpartyAccount, text, balanceFen } = entry;
  return [
    'content',
    ...what,
    plain(counterpartyName),
    plain(counterpartyAccount),
    plain(text),
    balanceFen ?? '',
  ].join('\u0000');
}

/** Counts equal entries as they come. */
export function createCounter(): (entry: StatementEntry) => number {
  const seen = new Map<string, number>();
  return (entry) => {
    const key = identityOf(entry, 0);
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    return nth;
  };
}

/** Two exports of one entry differ in blanks, and in nothing else. */
export function plain(text: string): string {
  return text.replace(/\s+/g, '').toUpperCase();
}
