import type { OpenBills, ResidentBill } from '@wuye-pay/contract';

/** What the reader changed of "everything": all else is ticked and paid whole. */
export interface Selection {
  readonly unticked: readonly string[];
  /** Disputed bills are not ticked unless the reader wants to pay them all the same. */
  readonly ticked: readonly string[];
  /** Fen of bills that are paid in part. */
  readonly parts: Readonly<Record<string, number>>;
}

export const everything: Selection = { unticked: [], ticked: [], parts: {} };

/** What is ticked when the page opens: all, or the home whose code was scanned. */
export function firstSelection({ homes, opened }: Pick<Limits, 'homes' | 'opened'>): Selection {
  if (!opened) return everything;
  const others = homes.filter(({ unitId }) => unitId !== opened.unitId);
  const unticked = others.flatMap(({ bills }) => bills.map(({ id }) => id));
  return { ...everything, unticked };
}

export interface ChosenItem {
  readonly billId: string;
  readonly amountFen?: number;
}

export interface Chosen {
  readonly items: readonly ChosenItem[];
  readonly totalFen: number;
  readonly count: number;
  readonly unitIds: readonly string[];
  /** What was ticked at first, all of it whole. */
  readonly isAsShown: boolean;
  /** Ticked bills that one payment cannot hold; they stay for the next one. */
  readonly leftOut: number;
}

type Limits = Pick<OpenBills, 'mostBills' | 'mostHomes' | 'homes' | 'opened'>;

/** The bills to pay: ticked ones, oldest first, as many as one payment holds. */
export function chosenOf(open: Limits, selection: Selection): Chosen {
  const ticked = open.homes.flatMap(({ unitId, bills }) =>
    bills.filter((bill) => isTicked(bill, selection)).map((bill) => ({ unitId, bill })),
  );
  const unitIds = [...new Set(ticked.map(({ unitId }) => unitId))].slice(0, open.mostHomes);
  const fitting = ticked.filter(({ unitId }) => unitIds.includes(unitId)).slice(0, open.mostBills);
  const first = firstSelection(open);
  const isAsShown =
    fitting.length === ticked.length &&
    open.homes.every(({ bills }) =>
      bills.every((bill) => isTicked(bill, selection) === isTicked(bill, first)),
    );
  const items = fitting.map(({ bill }) => itemOf(bill, selection));
  return {
    items,
    totalFen: fitting.reduce((sum, { bill }) => sum + payFenOf(bill, selection), 0),
    count: items.length,
    unitIds: [...new Set(fitting.map(({ unitId }) => unitId))],
    isAsShown: isAsShown && items.every(({ amountFen }) => amountFen === undefined),
    leftOut: ticked.length - fitting.length,
  };
}

export function isDisputed({ dispute }: Pick<ResidentBill, 'dispute'>): boolean {
  return dispute?.state === 'open';
}

export function isTicked(
  bill: Pick<ResidentBill, 'id' | 'dispute'>,
  { ticked, unticked }: Selection,
): boolean {
  return isDisputed(bill) ? ticked.includes(bill.id) : !unticked.includes(bill.id);
}

/** What of a bill is to be paid now. */
export function payFenOf({ id, openFen }: ResidentBill, { parts }: Selection): number {
  const part = parts[id];
  return part === undefined ? openFen : Math.min(part, openFen);
}

export function tick(selection: Selection, billIds: readonly string[], on: boolean): Selection {
  const without = (ids: readonly string[]) => ids.filter((id) => !billIds.includes(id));
  const [ticked, unticked] = [without(selection.ticked), without(selection.unticked)];
  return on
    ? { ...selection, unticked, ticked: [...ticked, ...billIds] }
    : { ...selection, ticked, unticked: [...unticked, ...billIds] };
}

/** Pays some of a bill; all of it when `fen` is undefined or not less than what is open. */
export function payPart(
  selection: Selection,
  { id, openFen }: Pick<ResidentBill, 'id' | 'openFen'>,
  fen: number | undefined,
): Selection {
  const { [id]: _old, ...others } = selection.parts;
  const parts = fen === undefined || fen >= openFen ? others : { ...others, [id]: fen };
  return { ...tick(selection, [id], true), parts };
}

/** Whether the same bills can be paid by one tap, without a page that asks once more. */
export function needsNoConfirming(chosen: Chosen): boolean {
  return chosen.isAsShown && chosen.unitIds.length === 1;
}

function itemOf(bill: ResidentBill, selection: Selection): ChosenItem {
  const fen = payFenOf(bill, selection);
  return fen < bill.openFen ? { billId: bill.id, amountFen: fen } : { billId: bill.id };
}
