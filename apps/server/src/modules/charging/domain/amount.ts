import { type Decimal, decimal, type Fen, fen, multiply, roundYuan } from '@wuye-pay/money';
import type { AmountInputs } from './terms.ts';

/**
 * The amount of one period. Bill runs compute the same in SQL; a property test keeps both equal.
 * @returns fen, rounded where the tariff says: the whole period once, or each month
 */
export function amountOf(inputs: AmountInputs): Fen {
  const { mode, unit, point } = inputs.rounding;
  const monthly = monthlyYuan(inputs);
  if (point === 'month') return fen(roundYuan(monthly, mode, unit) * inputs.months);
  return roundYuan(multiply(monthly, decimal(String(inputs.months))), mode, unit);
}

/** Exact yuan of one month, before rounding. */
export function monthlyYuan(inputs: AmountInputs): Decimal {
  const price = decimal(inputs.price);
  const base = inputs.areaM2 === null ? price : multiply(decimal(inputs.areaM2), price);
  return plus(base, decimal(inputs.surcharge));
}

function plus(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  const digits =
    a.digits * 10n ** BigInt(scale - a.scale) + b.digits * 10n ** BigInt(scale - b.scale);
  return { digits, scale };
}
