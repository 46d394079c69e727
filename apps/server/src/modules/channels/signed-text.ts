/**
 * The text that many protocols sign: every field that is not empty, but for the signature itself,
 * as `name=value` in ASCII order, not encoded, joined by `&`.
 */
export function signedText(
  fields: Readonly<Record<string, string>>,
  signatureName: string,
): string {
  return Object.entries(fields)
    .filter(([name, value]) => name !== signatureName && value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}
