import { type Fen, fen } from '@wuye-pay/money';

export interface SpreadBill {
  readonly billId: string;
  readonly unitId: string;
  readonly openFen: Fen;
}

export interface SpreadLine {
  readonly billId: string;
  readonly unitId: string;
  readonly amountFen: Fen;
}

export interface Spreading {
  /** Of each unit in the order in which they are to be settled. */
  readonly bills: readonly SpreadBill[];
  /** What each unit may use. */
  readonly freeFen: ReadonlyMap<string, number>;
  /** `wait`: a bill that is not covered whole keeps the balance for itself. */
  readonly shortBalance: 'part' | 'wait';
}

/**
 * Which bills a balance settles, and with how much: one after the other, until it is used up. With
 * `wait` a later, smaller bill does not overtake the one that waits.
 */
export function spread({ bills, freeFen, shortBalance }: Spreading): SpreadLine[] {
  const left = new Map(freeFen);
  return bills.flatMap(({ billId, unitId, openFen }): SpreadLine[] => {
    const free = left.get(unitId) ?? 0;
    const isCovered = free >= openFen;
    const amountFen = isCovered ? openFen : shortBalance === 'part' ? free : 0;
    left.set(unitId, isCovered ? free - openFen : 0);
    return amountFen > 0 ? [{ billId, unitId, amountFen: fen(amountFen) }] : [];
  });
}
