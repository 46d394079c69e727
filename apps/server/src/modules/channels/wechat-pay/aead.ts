import { createDecipheriv } from 'node:crypto';

const tagBytes = 16;
const nonceBytes = 12;

export interface Sealed {
  readonly nonce: string;
  readonly associated_data?: string | undefined;
  /** base64 of the cipher text and its tag */
  readonly ciphertext: string;
}

/** AEAD_AES_256_GCM. @returns undefined when tag, text or associated data are not the sender's */
export function openSealed(apiV3Key: string, sealed: Sealed): string | undefined {
  const bytes = Buffer.from(sealed.ciphertext, 'base64');
  const nonce = Buffer.from(sealed.nonce);
  if (bytes.length < tagBytes || nonce.length !== nonceBytes) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(apiV3Key), nonce, {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(sealed.associated_data ?? ''));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  const clear = decipher.update(bytes.subarray(0, -tagBytes));
  try {
    // The tag is checked here, and only here.
    return Buffer.concat([clear, decipher.final()]).toString('utf8');
  } catch (error) {
    if (error instanceof Error && /authenticate/.test(error.message)) return undefined;
    throw error;
  }
}

/** While the key is changed at the channel, either of the two may have sealed. */
export function openWithAny(apiV3Keys: readonly string[], sealed: Sealed): string | undefined {
  for (const key of apiV3Keys) {
    const clear = openSealed(key, sealed);
    if (clear !== undefined) return clear;
  }
  return undefined;
}
