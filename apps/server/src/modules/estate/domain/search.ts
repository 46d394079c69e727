/** What somebody may mean by a text in the search box. */
export interface UnitSearch {
  /** Beginning of a door number or of a label, in upper case. */
  readonly door: string;
  /** A whole name. */
  readonly name: string | null;
  /** A whole phone. */
  readonly phone: string | null;
  /** The last four digits of a phone. */
  readonly phoneEnd: string | null;
}

/** Names and phones are encrypted: they are found whole, or by what their masks show. */
export function readSearch(text: string): UnitSearch | undefined {
  const plain = text.normalize('NFKC').replace(/\s+/g, '');
  if (plain === '') return undefined;
  const digits = plain.replace(/[-()]/g, '');
  const isNumber = /^\d+$/.test(digits);
  return {
    door: plain.toUpperCase(),
    name: isNumber ? null : text.normalize('NFKC').trim(),
    phone: isNumber && digits.length >= 7 ? digits : null,
    phoneEnd: isNumber && digits.length === 4 ? digits : null,
  };
}

/** Characters that LIKE would take for a pattern. */
export function likePrefix(text: string): string {
  return `${text.replace(/[\\%_]/g, '\\$&')}%`;
}
