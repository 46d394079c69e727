import { createCipheriv, createDecipheriv } from 'node:crypto';

/** The channel fixes it; the same text is sealed alike each time. */
const zeroIv = Buffer.alloc(16);

/** AES-CBC of a whole biz_content. @param key 16 bytes, as the channel gives them */
export function seal(clear: string, key: Buffer): string {
  const cipher = createCipheriv(algorithmOf(key), key, zeroIv);
  return cipher.update(clear, 'utf8', 'base64') + cipher.final('base64');
}

/** @returns undefined when it was not sealed under this key */
export function open(sealed: string, key: Buffer): string | undefined {
  const decipher = createDecipheriv(algorithmOf(key), key, zeroIv);
  const bytes = [decipher.update(sealed, 'base64')];
  try {
    bytes.push(decipher.final());
  } catch (error) {
    // Wrong padding or length: another key, or no cipher text at all.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
  return Buffer.concat(bytes).toString('utf8');
}

function algorithmOf(key: Buffer): string {
  return `aes-${key.length * 8}-cbc`;
}
