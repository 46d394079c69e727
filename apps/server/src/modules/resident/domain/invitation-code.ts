/** Letters and digits of which no two look or sound alike. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 12;

/** A new code: 12 of 30 characters, 58 bits. @param random at least 48 bytes */
export function makeInvitationCode(random: Uint8Array): string {
  const letters: string[] = [];
  for (const byte of random) {
    // A byte beyond the last whole round of the alphabet would favour its beginning.
    if (byte < 240 && letters.length < length) letters.push(alphabet[byte % 30] ?? '');
  }
  if (letters.length < length) throw new RangeError('too few random bytes');
  return letters.join('');
}

/** In groups of four, to be read aloud: K7M3-PX9R-TACE. */
export function printedInvitationCode(code: string): string {
  return code.replace(/(....)(?=.)/g, '$1-');
}

/** The one spelling of what somebody typed or pasted, also of a whole link. */
export function readInvitationCode(text: string): string {
  const tail = text.split(/[/?#]/).filter(Boolean).at(-1) ?? '';
  return tail.toUpperCase().replace(/[\s.\-_·]+/g, '');
}
