import { createHash, type KeyObject, sign, timingSafeEqual, verify } from 'node:crypto';
import { signedText } from '../signed-text.ts';
import type { Fields } from './fields.ts';

/** RSASSA-PKCS1-v1_5; over the hexadecimal hash, so SHA-256 is applied twice. */
const digest = 'RSA-SHA256';

export function signText(fields: Fields): string {
  return signedText(fields, 'signature');
}

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** signMethod 01. */
export function signedByKey(fields: Fields, key: KeyObject): string {
  return sign(digest, Buffer.from(sha256Hex(signText(fields))), key).toString('base64');
}

/** signMethod 11. */
export function signedBySecret(fields: Fields, secureKey: string): string {
  return sha256Hex(`${signText(fields)}&${sha256Hex(secureKey)}`);
}

export function isSignedByKey(fields: Fields, key: KeyObject): boolean {
  const signature = Buffer.from(fields.signature ?? '', 'base64');
  return verify(digest, Buffer.from(sha256Hex(signText(fields))), key, signature);
}

export function isSignedBySecret(fields: Fields, secureKey: string): boolean {
  const said = Buffer.from(fields.signature ?? '');
  const ours = Buffer.from(signedBySecret(fields, secureKey));
  return said.length === ours.length && timingSafeEqual(said, ours);
}
