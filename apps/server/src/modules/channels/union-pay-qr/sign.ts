import { createHash, timingSafeEqual } from 'node:crypto';
import { signedText } from '../signed-text.ts';

export type Fields = Readonly<Record<string, string>>;

/** MD5 over all fields but the signature that are not empty, in ASCII order, then the key. */
export function signatureOf(fields: Fields, key: string): string {
  const text = `${signedText(fields, 'sign')}&key=${key}`;
  return createHash('md5').update(text, 'utf8').digest('hex').toUpperCase();
}

export function isSignedWith(fields: Fields, key: string): boolean {
  // An empty key would make everybody a signer.
  if (key === '' || !fields.sign) return false;
  const said = Buffer.from(fields.sign.toUpperCase());
  const ours = Buffer.from(signatureOf(fields, key));
  return said.length === ours.length && timingSafeEqual(said, ours);
}
