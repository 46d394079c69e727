import type { Fen } from '@wuye-pay/money';
import type { Proof } from './proof.ts';

/** A credit of a bank statement. */
export interface Transfer {
  /** Follows from what makes the entry that entry, in whatever file it comes. */
  readonly entryId: string;
  readonly bankAccountId: string;
  /** Our number for it, in the form of an order number. */
  readonly orderNo: string;
  /** The bank's own number, or ours when the bank gave none. */
  readonly tradeNo: string;
  readonly amountFen: Fen;
  readonly paidAt: Date;
  /** What the statement says, personal data masked. */
  readonly body: string;
}

/** The exactly-once key of a credit: the account and the entry in it. */
export function transferKey({ bankAccountId, entryId }: Transfer): string {
  return `bank-transfer:${bankAccountId}:${entryId}`;
}

/** The statement itself is kept with the import; this is the entry that proves the payment. */
export function proofOfTransfer(
  { orderNo, tradeNo, amountFen, paidAt, body }: Transfer,
  ids: { readonly day: string; readonly keyId: string },
): Proof {
  return {
    ...ids,
    // One proof an entry: the key's id serves, on whatever day it is recorded.
    id: ids.keyId,
    source: 'statement',
    channel: 'bank-transfer',
    merchantAccountId: null,
    orderNo,
    tradeNo,
    amountFen,
    currency: 'CNY',
    paidAt,
    body,
  };
}
