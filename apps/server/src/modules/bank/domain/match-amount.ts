import { type Fen, fen, sum } from '@wuye-pay/money';

export interface OpenAmount {
  readonly billId: string;
  readonly openFen: Fen;
}

/**
 * How an amount fits what a unit owes. `part`: the oldest bills whole, as many as it reaches to,
 * and a rest. `none`: it reaches to no bill, or nothing is owed.
 */
export interface AmountMatch {
  readonly kind: 'all' | 'oldest' | 'one' | 'combination' | 'part' | 'none';
  readonly billIds: readonly string[];
  readonly restFen: Fen;
}

/**
 * Fits an amount to the open bills of a unit, oldest first. An exact fit is believed in this
 * order: all bills; the oldest n; one bill; the only combination of bills that comes to it.
 */
export function matchAmount(bills: readonly OpenAmount[], amountFen: Fen): AmountMatch {
  const exact = oldestExactly(bills, amountFen) ?? oneOrCombination(bills, amountFen);
  return exact ?? asFarAsItReaches(bills, amountFen);
}

export function isExact({ kind }: AmountMatch): boolean {
  return kind !== 'part' && kind !== 'none';
}

function oldestExactly(bills: readonly OpenAmount[], amountFen: Fen): AmountMatch | undefined {
  let total = 0;
  for (const [index, { openFen }] of bills.entries()) {
    total += openFen;
    if (total > amountFen) return undefined;
    if (total < amountFen) continue;
    const kind = index === bills.length - 1 ? 'all' : 'oldest';
    return exactly(kind, bills.slice(0, index + 1));
  }
  return undefined;
}

function oneOrCombination(bills: readonly OpenAmount[], amountFen: Fen): AmountMatch | undefined {
  const same = bills.filter(({ openFen }) => openFen === amountFen);
  // Two bills of the amount: which one is meant, nobody can say.
  if (same.length > 0) return same.length === 1 ? exactly('one', same) : undefined;
  const found = onlyCombination(bills, amountFen);
  return found && exactly('combination', found);
}

function exactly(kind: AmountMatch['kind'], bills: readonly OpenAmount[]): AmountMatch {
  return { kind, billIds: bills.map(({ billId }) => billId), restFen: fen(0) };
}

/** Sums tried before a combination counts as not unambiguous: a few milliseconds. */
const mostSums = 50_000;

/** The one set of bills that comes to the amount; none when there are two, or too many to try. */
export function onlyCombination(
  bills: readonly OpenAmount[],
  amountFen: Fen,
): readonly OpenAmount[] | undefined {
  const largestFirst = [...bills].sort((a, b) => b.openFen - a.openFen);
  const rests = largestFirst.map((_bill, at) =>
    sum(largestFirst.slice(at).map(({ openFen }) => openFen)),
  );
  const found: OpenAmount[][] = [];
  let tried = 0;
  function look(at: number, leftFen: number, chosen: readonly OpenAmount[]): void {
    if (found.length > 1 || tried > mostSums) return;
    tried += 1;
    if (leftFen === 0) return void found.push([...chosen]);
    const bill = largestFirst[at];
    if (!bill || (rests[at] ?? 0) < leftFen) return;
    if (bill.openFen <= leftFen) look(at + 1, leftFen - bill.openFen, [...chosen, bill]);
    look(at + 1, leftFen, chosen);
  }
  look(0, amountFen, []);
  return tried <= mostSums && found.length === 1 ? found[0] : undefined;
}

/** Oldest first, none skipped: a later bill is not settled while an older one stays open. */
function asFarAsItReaches(bills: readonly OpenAmount[], amountFen: Fen): AmountMatch {
  const billIds: string[] = [];
  let left: number = amountFen;
  for (const { billId, openFen } of bills) {
    if (openFen > left) break;
    left -= openFen;
    billIds.push(billId);
  }
  return { kind: billIds.length > 0 ? 'part' : 'none', billIds, restFen: fen(left) };
}
