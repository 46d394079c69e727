import { type Fen, fen, sum } from '@wuye-pay/money';

/** What the app sends: bills of one or several homes, or money paid ahead for one. */
export interface CartBody {
  readonly items?: readonly { readonly billId: string; readonly amountFen?: number }[];
  readonly topUp?: { readonly unitId: string; readonly amountFen: number };
  /** Whose home's bills may be among them although it is not the asker's. */
  readonly roomCode?: string;
}

/** A bill that was chosen, with what is known of it. */
export interface ChosenBill {
  readonly id: string;
  readonly unitId: string;
  readonly communityId: string;
  readonly feeItemId: string;
  readonly openFen: Fen;
}

export interface ChosenCart {
  readonly bills: readonly (ChosenBill & { readonly payFen: Fen })[];
  readonly partsFen: ReadonlyMap<string, number>;
  /** In the order in which their first bill was chosen. */
  readonly unitIds: readonly string[];
  readonly topUp:
    | { readonly unitId: string; readonly communityId: string; readonly amountFen: Fen }
    | undefined;
  readonly amountFen: Fen;
}

/** @returns undefined when it is neither bills nor money paid ahead, or both, or a bill twice */
export function checkedItems({ items = [], topUp }: CartBody) {
  const ids = new Set(items.map(({ billId }) => billId));
  const isOne = items.length > 0 !== (topUp !== undefined);
  return isOne && ids.size === items.length ? items : undefined;
}

export function cartOf(
  items: readonly { readonly billId: string; readonly amountFen?: number }[],
  known: ReadonlyMap<string, ChosenBill>,
  topUp: ChosenCart['topUp'],
): ChosenCart {
  const bills = items.flatMap(({ billId, amountFen }) => {
    const bill = known.get(billId);
    return bill
      ? [{ ...bill, payFen: amountFen === undefined ? bill.openFen : fen(amountFen) }]
      : [];
  });
  return {
    bills,
    partsFen: new Map(
      items.flatMap(({ billId, amountFen }) =>
        amountFen === undefined ? [] : [[billId, amountFen]],
      ),
    ),
    unitIds: [...new Set([...bills.map(({ unitId }) => unitId), ...(topUp ? [topUp.unitId] : [])])],
    topUp,
    amountFen: sum([...bills.map(({ payFen }) => payFen), topUp?.amountFen ?? fen(0)]),
  };
}
