/** Crockford's digits, lower case: no i, l, o, u, which are misread. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const randomLength = 16;

/**
 * A code for print: `<short code>-<16 random digits><check digit>`. 80 random bits, so that it
 * cannot be guessed; the company's short code, so that its company is known.
 * @param random at least 16 bytes
 */
export function makeCheckedCode(shortCode: string, random: Uint8Array): string {
  const digits = [...random.subarray(0, randomLength)]
    .map((byte) => alphabet[byte % alphabet.length])
    .join('');
  return `${shortCode}-${digits}${checkDigit(shortCode, digits)}`;
}

/**
 * What somebody typed or scanned, in its one spelling.
 * @returns undefined when the check digit shows a slip
 */
export function readCheckedCode(text: string): { shortCode: string; code: string } | undefined {
  const match = /^([a-z][a-z0-9]{1,6})-([0-9a-z]{17})$/.exec(text.trim().toLowerCase());
  if (!match) return undefined;
  const shortCode = match[1] ?? '';
  const digits = (match[2] ?? '').replace(/o/g, '0').replace(/[il]/g, '1');
  const body = digits.slice(0, randomLength);
  if (digits.slice(randomLength) !== checkDigit(shortCode, body)) return undefined;
  return { shortCode, code: `${shortCode}-${digits}` };
}

/** Luhn's sum in base 32: finds every single wrong digit and nearly all swaps of neighbours. */
function checkDigit(shortCode: string, digits: string): string {
  const base = alphabet.length;
  let sum = [...shortCode].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  [...digits].reverse().forEach((digit, index) => {
    const value = alphabet.indexOf(digit) * (index % 2 === 0 ? 2 : 1);
    sum += Math.floor(value / base) + (value % base);
  });
  return alphabet[(base - (sum % base)) % base] ?? '0';
}
