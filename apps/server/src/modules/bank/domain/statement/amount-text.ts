import { type Fen, fen } from '@wuye-pay/money';

/**
 * An amount as banks and spreadsheets write it: 1,234.50; ￥1234.5; (200.00) and 200.00- are
 * negative; +300.00. Blanks, "-" and "--" are no amount.
 * @returns undefined for what is no amount of whole fen
 */
export function readAmount(text: string): Fen | null | undefined {
  const bare = text.replace(/[\s￥¥]|RMB|CNY|元/gi, '').replaceAll('−', '-');
  if (/^-*$/.test(bare)) return null;
  const inBrackets = /^[(（](.+)[)）]$/.exec(bare)?.[1];
  const match = /^([+-]?)(\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.(\d*))?(-?)$/.exec(inBrackets ?? bare);
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = '', after = ''] = match;
  // Digits past the second must be zeros: nothing is rounded here.
  if (/[^0]/.test(fraction.slice(2))) return undefined;
  const digits = whole.replace(/[,，]/g, '') + fraction.slice(0, 2).padEnd(2, '0');
  const value = Number(digits);
  if (!Number.isSafeInteger(value)) return undefined;
  const minuses = [inBrackets !== undefined, sign === '-', after === '-'].filter(Boolean).length;
  if (minuses > 1) return undefined;
  return fen(minuses === 1 ? -value : value);
}
