import type { BalanceCheck } from '@wuye-pay/contract';
import type { StatementEntry } from '../entry.ts';

/** What the check of running balances needs of an entry. */
export type Balanced = Pick<StatementEntry, 'rowNo' | 'direction' | 'amountFen' | 'balanceFen'>;

export interface BalanceResult {
  readonly check: BalanceCheck;
  /** The first row whose balance does not follow from the one before. */
  readonly brokenRow: number | null;
  /** What that row's balance should have been. */
  readonly expectedFen: number | null;
}

/**
 * Follows the running balance through the rows as they stand, or from the last to the first: banks
 * list either way. Rows without a balance carry their amount on to the next that has one.
 */
export function checkBalances(entries: readonly Balanced[]): BalanceResult {
  const sumFen = entries.reduce((total, entry) => total + signedFen(entry), 0);
  if (!entries.some(({ balanceFen }) => balanceFen !== null)) {
    const check = { openingFen: null, sumFen, closingFen: null, isBalanced: null };
    return { check, brokenRow: null, expectedFen: null };
  }
  const forward = follow(entries, sumFen);
  const backward = follow([...entries].reverse(), sumFen);
  const better = backward.followed > forward.followed ? backward : forward;
  return better.result;
}

export function signedFen({ direction, amountFen }: Pick<Balanced, 'direction' | 'amountFen'>) {
  return direction === 'credit' ? amountFen : 0 - amountFen;
}

function follow(
  entries: readonly Balanced[],
  sumFen: number,
): { readonly followed: number; readonly result: BalanceResult } {
  let expected: number | null = null;
  let openingFen: number | null = null;
  let carried = 0;
  for (const [at, entry] of entries.entries()) {
    carried += signedFen(entry);
    if (expected !== null) expected += signedFen(entry);
    if (entry.balanceFen === null) continue;
    openingFen ??= entry.balanceFen - carried;
    if (expected !== null && expected !== entry.balanceFen) {
      const check = { openingFen, sumFen, closingFen: null, isBalanced: false };
      return {
        followed: at,
        result: { check, brokenRow: entry.rowNo, expectedFen: expected },
      };
    }
    expected = entry.balanceFen;
  }
  const check = { openingFen, sumFen, closingFen: expected, isBalanced: true };
  return { followed: entries.length, result: { check, brokenRow: null, expectedFen: null } };
}
