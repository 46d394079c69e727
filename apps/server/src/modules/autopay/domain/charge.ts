import { type Fen, fen, sum } from '@wuye-pay/money';

/** A bill of a debit as it stands now. */
export interface BillNow {
  readonly billId: string;
  readonly unitId: string;
  readonly announcedFen: Fen;
  readonly openFen: Fen;
  readonly isDisputed: boolean;
  /** The mandate still pays this fee item of the home, and its account is still bound to it. */
  readonly isCovered: boolean;
}

export interface Charge<Bill> {
  readonly bills: readonly Bill[];
  readonly amountFen: Fen;
}

/**
 * What of an announced debit may still be taken: bills that are open, undisputed, covered, and
 * not dearer than announced. The amount can only have become less.
 */
export function chargeOf<Bill extends BillNow>(bills: readonly Bill[]): Charge<Bill> {
  const kept = bills.filter(
    ({ openFen, announcedFen, isDisputed, isCovered }) =>
      openFen > 0 && openFen <= announcedFen && !isDisputed && isCovered,
  );
  return { bills: kept, amountFen: kept.length > 0 ? sum(kept.map((b) => b.openFen)) : fen(0) };
}
