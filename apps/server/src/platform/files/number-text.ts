import type { Cell } from './cell.ts';

const digitsKept = 15;

/** The number of a cell as somebody would write it: 94.560000000000002 → 94.56, 1.39E10 → 13900000000. */
export function numberText(raw: string): Cell {
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw;
  if (Math.abs(value) >= 10 ** digitsKept) return { fault: 'number-too-long', text: raw };
  const rounded = Number(value.toPrecision(digitsKept));
  const text = String(rounded);
  return text.includes('e') ? expanded(rounded) : text;
}

/** Below a millionth JavaScript writes exponents. */
function expanded(value: number): string {
  const text = value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 15 });
  return text;
}

const dayMs = 86_400_000;

/**
 * The day of a date serial. @returns undefined outside the years 1900 to 9999
 * Serial 60 of the 1900 system is 29 February 1900, which never was; days after it are one ahead.
 */
export function dayOfSerial(serial: number, from1904: boolean): string | undefined {
  const day = Math.floor(serial);
  if (day < 1 || day > 2_958_465) return undefined;
  const origin = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, day < 60 ? 31 : 30);
  return new Date(origin + day * dayMs).toISOString().slice(0, 10);
}
