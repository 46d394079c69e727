import { type Fen, fen, sum } from '@wuye-pay/money';
import type { StatementLine, StatementTotals } from './statement.ts';

/** Fees have more than two decimals, so they are added as exact numbers of this many. */
const feeDecimals = 12;
const feePattern = /^(-?)(\d+)(?:\.(\d{1,12}))?$/;

/** What the lines of a statement come to. @throws RangeError for a fee that is no number */
export function totalsOf(lines: readonly StatementLine[]): StatementTotals {
  const of = (kind: StatementLine['kind']) => lines.filter((line) => line.kind === kind);
  const amounts = (some: readonly StatementLine[]): Fen =>
    some.length === 0 ? fen(0) : sum(some.map(({ amountFen }) => amountFen));
  const payments = of('payment');
  const refunds = of('refund');
  return {
    paymentCount: payments.length,
    paymentFen: amounts(payments),
    refundCount: refunds.length,
    refundFen: amounts(refunds),
    feeYuan: sumYuan(lines.map(({ feeYuan }) => feeYuan)),
  };
}

/** The exact sum of amounts in yuan, with at least two decimals. @throws RangeError */
export function sumYuan(amounts: readonly string[]): string {
  const total = amounts.reduce((all, text) => all + exact(text), 0n);
  const digits = String(total < 0n ? -total : total).padStart(feeDecimals + 1, '0');
  const decimals = digits.slice(-feeDecimals).replace(/0{1,10}$/, '');
  return `${total < 0n ? '-' : ''}${digits.slice(0, -feeDecimals)}.${decimals}`;
}

/** The same amount with the other sign. */
export function negatedYuan(text: string): string {
  if (/^-?[0.]+$/.test(text)) return text.replace('-', '');
  return text.startsWith('-') ? text.slice(1) : `-${text}`;
}

function exact(text: string): bigint {
  const [, sign, whole = '', decimals = ''] = feePattern.exec(text) ?? [];
  if (sign === undefined) throw new RangeError(`not an amount: ${text}`);
  const digits = BigInt(whole + decimals.padEnd(feeDecimals, '0'));
  return sign === '-' ? -digits : digits;
}
