import { createHash, randomBytes } from 'node:crypto';
import type { Fields } from './xml.ts';

/** MD5 over the sorted fields that have a value, with the key at the end; upper case. */
export function signOf(fields: Fields, key: string): string {
  const text = Object.keys(fields)
    .filter((name) => name !== 'sign' && fields[name] !== '')
    .sort()
    .map((name) => `${name}=${fields[name] ?? ''}`)
    .join('&');
  return createHash('md5').update(`${text}&key=${key}`, 'utf8').digest('hex').toUpperCase();
}

export function isSigned(fields: Fields, key: string): boolean {
  return fields.sign === signOf(fields, key);
}

/** A message of ours, complete but for its signature. */
export function withNonce(fields: Fields): Fields {
  const all = { ...fields, nonce_str: randomBytes(16).toString('hex') };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}
