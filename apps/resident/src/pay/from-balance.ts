import type { HomeBills } from '@wuye-pay/contract';
import { type ChosenItem, isTicked, payFenOf, type Selection } from './selection.ts';

export interface BalanceUse {
  readonly items: readonly ChosenItem[];
  readonly amountFen: number;
  /** What the balance has left then. */
  readonly restFen: number;
}

/** The ticked bills of a home that its balance pays, oldest first; the last one perhaps in part. */
export function fromBalance(
  { bills, balance }: Pick<HomeBills, 'bills' | 'balance'>,
  selection: Selection,
): BalanceUse {
  const freeFen = balance ? Math.max(0, balance.balanceFen - balance.reservedFen) : 0;
  let restFen = freeFen;
  const items: ChosenItem[] = [];
  for (const bill of bills) {
    const wanted = isTicked(bill, selection) ? payFenOf(bill, selection) : 0;
    const fen = Math.min(wanted, restFen);
    if (fen === 0) continue;
    restFen -= fen;
    items.push(fen < bill.openFen ? { billId: bill.id, amountFen: fen } : { billId: bill.id });
  }
  return { items, amountFen: freeFen - restFen, restFen };
}
