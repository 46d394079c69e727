import { type Fen, fen } from '@wuye-pay/money';

/** Whole fen above 0, written in digits alone. @returns undefined for anything else */
export function fenOfDigits(text: string | undefined): Fen | undefined {
  return text !== undefined && /^\d{1,12}$/.test(text) && Number(text) > 0
    ? fen(Number(text))
    : undefined;
}

/** The beginning of a text that fits; cut between characters, never inside one. */
export function withinBytes(text: string, most: number): string {
  let kept = '';
  for (const character of text) {
    if (Buffer.byteLength(kept + character) > most) break;
    kept += character;
  }
  return kept;
}
