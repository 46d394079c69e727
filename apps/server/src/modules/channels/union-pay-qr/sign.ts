import { createHash, timingSafeEqual } from 'node:crypto';

export type Fields = Readonly<Record<string, string>>;

/** MD5 over all fields but the signature that are not empty, in ASCII order, then the key. */
export function signatureOf(fields: Fields, key: string): string {
  const text = Object.entries(fields)
    .filter(([name, value]) => name !== 'sign' && value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .concat(`key=${key}`)
    .join('&');
  return createHash('md5').update(text, 'utf8').digest('hex').toUpperCase();
}

export function isSignedWith(fields: Fields, key: string): boolean {
  // An empty key would make everybody a signer.
  if (key === '' || !fields.sign) return false;
  const said = Buffer.from(fields.sign.toUpperCase());
  const ours = Buffer.from(signatureOf(fields, key));
  return said.length === ours.length && timingSafeEqual(said, ours);
}
