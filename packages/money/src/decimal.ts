/**
 * An exact decimal number: `digits / 10^scale`. Areas, prices and months arrive as text
 * (from SQL `numeric` or from a form) and are multiplied here without a binary fraction.
 */
export type Decimal = { readonly digits: bigint; readonly scale: number };

const pattern = /^([+-]?)(\d{1,15})(?:\.(\d{1,12}))?$/;

/** @throws RangeError for anything but plain decimal notation, at most 15 and 12 digits */
export function decimal(text: string): Decimal {
  const match = pattern.exec(text);
  if (!match) throw new RangeError(`not a decimal number: ${text}`);
  const [, sign = '', whole = '0', fraction = ''] = match;
  const digits = BigInt(whole + fraction);
  return { digits: sign === '-' ? -digits : digits, scale: fraction.length };
}

export function multiply(...factors: readonly Decimal[]): Decimal {
  let digits = 1n;
  let scale = 0;
  for (const factor of factors) {
    digits *= factor.digits;
    scale += factor.scale;
  }
  return { digits, scale };
}

/** The number without trailing zeros: 89.3700 → "89.37". */
export function decimalText(value: Decimal): string {
  const negative = value.digits < 0n;
  const digits = String(negative ? -value.digits : value.digits).padStart(value.scale + 1, '0');
  const whole = digits.slice(0, digits.length - value.scale);
  const fraction = digits.slice(digits.length - value.scale).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}
