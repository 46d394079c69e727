export interface OpenBill {
  readonly billId: string;
  readonly openFen: number;
}

export interface MatchLine {
  readonly billId: string;
  readonly amountFen: number;
}

/** Puts what there is on the chosen bills, oldest first: the last one may get a part. */
export function linesOf(
  bills: readonly OpenBill[],
  chosen: ReadonlySet<string>,
  availableFen: number,
): MatchLine[] {
  let left = availableFen;
  return bills.flatMap(({ billId, openFen }) => {
    const amountFen = chosen.has(billId) ? Math.min(openFen, left) : 0;
    left -= amountFen;
    return amountFen > 0 ? [{ billId, amountFen }] : [];
  });
}
