import type { RoundingMode, RoundingUnit } from '@wuye-pay/money';

export const roundingPoints = ['period', 'month'] as const;
/** 'period' rounds the whole period once; 'month' rounds each month and adds up. */
export type RoundingPoint = (typeof roundingPoints)[number];

export type AreaBasis = 'built' | 'inner' | 'chargeable';

export interface Rounding {
  readonly mode: RoundingMode;
  readonly unit: RoundingUnit;
  readonly point: RoundingPoint;
}

/** What an amount is worked out from; a bill keeps a copy of it. */
export interface AmountInputs {
  /** Square metres; null when the amount is fixed. */
  readonly areaM2: string | null;
  /** Yuan per square metre and month, or yuan a month. */
  readonly price: string;
  /** Yuan a month on top. */
  readonly surcharge: string;
  readonly months: number;
  readonly rounding: Rounding;
}

/**
 * Reads "half-up/fen/period", as bills store it.
 * @throws Error for a text that no bill can hold: a constraint and the run write it
 */
export function readRounding(text: string): Rounding {
  const [mode, unit, point] = text.split('/');
  return {
    mode: oneOf(mode, ['half-up', 'half-even', 'up', 'down']),
    unit: oneOf(unit, ['fen', 'jiao', 'yuan']),
    point: oneOf(point, roundingPoints),
  };
}

function oneOf<const Value extends string>(
  text: string | undefined,
  values: readonly Value[],
): Value {
  const found = values.find((value) => value === text);
  if (found === undefined) throw new Error(`not a rounding rule: ${text}`);
  return found;
}
