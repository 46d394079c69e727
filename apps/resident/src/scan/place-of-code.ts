/** Where a code of ours leads: to the bills of a home, or to an invitation. */
export interface PlaceOfCode {
  readonly page: 'bills' | 'invitation';
  readonly code: string;
}

const code = /^[0-9A-Za-z-]{8,40}$/;
/** Behind the printed code, in a message, and in an invitation. */
const paths: readonly (readonly [RegExp, PlaceOfCode['page']])[] = [
  [/\/(?:q|s)\/([^/?#]+)/, 'bills'],
  [/\/r\/[^/?#]+\/invitation\/([^/?#]+)/, 'invitation'],
];

/** @param text what a camera read or a wallet passed on: an address of ours, or the code alone */
export function placeOfCode(text: string): PlaceOfCode | undefined {
  const trimmed = text.trim();
  for (const [path, page] of paths) {
    const found = path.exec(trimmed)?.[1];
    if (found !== undefined) return code.test(found) ? { page, code: found } : undefined;
  }
  return code.test(trimmed) ? { page: 'bills', code: trimmed } : undefined;
}
