import { type Fen, fen } from '@wuye-pay/money';

export type LeftOutReason = 'over-debit-limit' | 'over-month-limit';

export interface Limits {
  readonly limitDebitFen: Fen;
  /** Of the month's limit, what earlier debits of the month leave. */
  readonly monthLeftFen: Fen;
}

/**
 * Which bills one debit takes: whole ones, oldest first, as long as both limits hold. A bill that
 * alone is above a limit is left to the payer; one that only does not fit beside the others comes
 * with the next debit.
 */
export function fitBills<Bill extends { readonly openFen: Fen }>(
  bills: readonly Bill[],
  { limitDebitFen, monthLeftFen }: Limits,
  most: number,
): {
  readonly taken: readonly Bill[];
  readonly leftOut: readonly { readonly bill: Bill; readonly reason: LeftOutReason }[];
} {
  const taken: Bill[] = [];
  const leftOut: { bill: Bill; reason: LeftOutReason }[] = [];
  let total = fen(0);
  for (const bill of bills) {
    if (bill.openFen > limitDebitFen) {
      leftOut.push({ bill, reason: 'over-debit-limit' });
    } else if (total + bill.openFen > monthLeftFen) {
      leftOut.push({ bill, reason: 'over-month-limit' });
    } else if (taken.length < most && total + bill.openFen <= limitDebitFen) {
      taken.push(bill);
      total = fen(total + bill.openFen);
    }
  }
  return { taken, leftOut };
}
