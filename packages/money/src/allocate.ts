import { type Fen, fen } from './fen.ts';

/**
 * Splits an amount by whole weights with the largest remainder: the parts add up to the amount.
 * Ties go to the earlier part, so the caller fixes the order by a stable key.
 * @param amount fen, at least 0
 * @param weights whole numbers ≥ 0, at least one above 0
 * @throws RangeError if a weight is negative or not whole, or all are 0
 */
export function allocate(amount: Fen, weights: readonly number[]): Fen[] {
  if (amount < 0) throw new RangeError('an amount to split must not be negative');
  const whole = weights.map(checkedWeight);
  const total = whole.reduce((all, weight) => all + weight, 0n);
  if (total === 0n) throw new RangeError('at least one weight must be above 0');
  const shares = whole.map((weight, index) => ({
    index,
    share: (BigInt(amount) * weight) / total,
    rest: (BigInt(amount) * weight) % total,
  }));
  const given = shares.reduce((all, part) => all + part.share, 0n);
  const byRest = [...shares].sort((a, b) => compare(b.rest, a.rest) || a.index - b.index);
  for (const part of byRest.slice(0, Number(BigInt(amount) - given))) part.share += 1n;
  return shares.map((part) => fen(Number(part.share)));
}

function checkedWeight(weight: number): bigint {
  if (!Number.isSafeInteger(weight) || weight < 0) throw new RangeError(`bad weight: ${weight}`);
  return BigInt(weight);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
