import pg from 'pg';

const int8 = 20;
const date = 1082;
const int8Array = 1016;

/** Fen and counts arrive as numbers; days stay text ("2026-11-24"), so no time zone touches them. */
export const typeParsers = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary') {
      if (oid === int8) return safeInteger;
      if (oid === date) return (text: string) => text;
      if (oid === int8Array) return safeIntegers;
    }
    return pg.types.getTypeParser(oid, format as 'text');
  },
} as pg.CustomTypesConfig;

/** @throws RangeError past 2^53 − 1: an amount must never be approximated */
export function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`beyond the safe integers: ${text}`);
  return value;
}

function safeIntegers(text: string): (number | null)[] {
  const body = text.slice(1, -1);
  return body === ''
    ? []
    : body.split(',').map((item) => (item === 'NULL' ? null : safeInteger(item)));
}
