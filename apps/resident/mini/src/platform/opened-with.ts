import { type PlaceOfCode, placeOfCode } from '../../../src/scan/place-of-code.ts';

type Query = Readonly<Record<string, string | undefined>>;

/** Names under which the wallets pass on what was scanned outside; `scene` is of WeChat's own codes. */
const names = ['q', 'qrCode', 'scene'] as const;

/** Where the code leads that the wallet opened the mini-program with. */
export function openedWith(query: Query | undefined): PlaceOfCode | undefined {
  const text = names.map((name) => query?.[name]).find((value) => value);
  return text === undefined ? undefined : placeOfCode(readable(text));
}

export function isOfWallet(name: string): boolean {
  return names.some((own) => own === name);
}

/** What cannot be decoded came decoded. */
export function readable(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
