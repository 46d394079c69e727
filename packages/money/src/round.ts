import { type Decimal, decimal } from './decimal.ts';
import { type Fen, fen } from './fen.ts';

/** How a fraction is dropped. `half-even` is the banker's rule. */
export const roundingModes = ['half-up', 'half-even', 'up', 'down'] as const;
export type RoundingMode = (typeof roundingModes)[number];

/** The smallest step that a charged amount may have. */
export const roundingUnits = ['fen', 'jiao', 'yuan'] as const;
export type RoundingUnit = (typeof roundingUnits)[number];

const fenPerUnit: Record<RoundingUnit, bigint> = { fen: 1n, jiao: 10n, yuan: 100n };

/**
 * Rounds an exact amount in yuan, once, to whole fen (or to whole jiao or yuan, given in fen).
 * `platform.round_fen` does the same in SQL; a property test keeps the two equal.
 * Modes work on the magnitude, so −0.005 and 0.005 round alike.
 * @throws RangeError if the result leaves the safe integers
 */
export function roundYuan(yuan: Decimal, mode: RoundingMode, unit: RoundingUnit = 'fen'): Fen {
  const step = fenPerUnit[unit];
  const negative = yuan.digits < 0n;
  const numerator = (negative ? -yuan.digits : yuan.digits) * 100n;
  const denominator = 10n ** BigInt(yuan.scale) * step;
  const steps = roundQuotient(numerator, denominator, mode);
  const result = steps * step;
  return fen(Number(negative ? -result : result));
}

/** Parses "254.70" typed by a person into fen; more than two decimals are refused, not rounded. */
export function fenFromYuan(text: string): Fen {
  const value = decimal(text.trim());
  if (value.scale > 2) throw new RangeError(`more than two decimals: ${text}`);
  return roundYuan(value, 'down');
}

function roundQuotient(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
  const whole = numerator / denominator;
  const twiceRest = (numerator % denominator) * 2n;
  if (twiceRest === 0n) return whole;
  switch (mode) {
    case 'down':
      return whole;
    case 'up':
      return whole + 1n;
    case 'half-up':
      return twiceRest >= denominator ? whole + 1n : whole;
    case 'half-even':
      if (twiceRest === denominator) return whole % 2n === 0n ? whole : whole + 1n;
      return twiceRest > denominator ? whole + 1n : whole;
  }
}
