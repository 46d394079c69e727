import type { OpenBills, ResidentBill } from '@wuye-pay/contract';

/** What the reader changed of "everything": all else is ticked and paid whole. */
export interface Selection {
  readonly unticked: readonly string[];
  /** Fen of bills that are paid in part. */
  readonly parts: Readonly<Record<string, number>>;
}

export const everything: Selection = { unticked: [], parts: {} };

export interface ChosenItem {
  readonly billId: string;
  readonly amountFen?: number;
}

export interface Chosen {
  readonly items: readonly ChosenItem[];
  readonly totalFen: number;
  readonly count: number;
  readonly unitIds: readonly string[];
  /** All that is open, whole. */
  readonly isEverything: boolean;
  /** Ticked bills that one payment cannot hold; they stay for the next one. */
  readonly leftOut: number;
}

type Limits = Pick<OpenBills, 'mostBills' | 'mostHomes' | 'homes'>;

/** The bills to pay: ticked ones, oldest first, as many as one payment holds. */
export function chosenOf(open: Limits, selection: Selection): Chosen {
  const unticked = new Set(selection.unticked);
  const ticked = open.homes.flatMap(({ unitId, bills }) =>
    bills.filter(({ id }) => !unticked.has(id)).map((bill) => ({ unitId, bill })),
  );
  const unitIds = [...new Set(ticked.map(({ unitId }) => unitId))].slice(0, open.mostHomes);
  const fitting = ticked.filter(({ unitId }) => unitIds.includes(unitId)).slice(0, open.mostBills);
  const all = open.homes.reduce((sum, { bills }) => sum + bills.length, 0);
  const items = fitting.map(({ bill }) => itemOf(bill, selection));
  return {
    items,
    totalFen: fitting.reduce((sum, { bill }) => sum + payFenOf(bill, selection), 0),
    count: items.length,
    unitIds: [...new Set(fitting.map(({ unitId }) => unitId))],
    isEverything: items.length === all && items.every(({ amountFen }) => amountFen === undefined),
    leftOut: ticked.length - fitting.length,
  };
}

/** What of a bill is to be paid now. */
export function payFenOf({ id, openFen }: ResidentBill, { parts }: Selection): number {
  const part = parts[id];
  return part === undefined ? openFen : Math.min(part, openFen);
}

export function tick(selection: Selection, billIds: readonly string[], on: boolean): Selection {
  const others = selection.unticked.filter((id) => !billIds.includes(id));
  return { ...selection, unticked: on ? others : [...others, ...billIds] };
}

/** Pays some of a bill; all of it when `fen` is undefined or not less than what is open. */
export function payPart(
  selection: Selection,
  { id, openFen }: Pick<ResidentBill, 'id' | 'openFen'>,
  fen: number | undefined,
): Selection {
  const { [id]: _old, ...others } = selection.parts;
  const parts = fen === undefined || fen >= openFen ? others : { ...others, [id]: fen };
  return { unticked: selection.unticked.filter((one) => one !== id), parts };
}

/** Whether the same bills can be paid by one tap, without a page that asks once more. */
export function needsNoConfirming(chosen: Chosen): boolean {
  return chosen.isEverything && chosen.unitIds.length === 1;
}

function itemOf(bill: ResidentBill, selection: Selection): ChosenItem {
  const fen = payFenOf(bill, selection);
  return fen < bill.openFen ? { billId: bill.id, amountFen: fen } : { billId: bill.id };
}
