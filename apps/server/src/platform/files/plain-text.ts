/**
 * The same text in its plain spelling: full-width digits and letters become half-width, spaces
 * of any kind one space, invisible characters and outer spaces vanish.
 */
export function plainText(text: string): string {
  if (/^[\x21-\x7e]*$/.test(text)) return text;
  return text
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
