import { generateKeyPairSync } from 'node:crypto';

/** A pair of RSA keys in PEM. Making one takes a tenth of a second: share it where it can be. */
export function rsaPair(): { readonly publicKey: string; readonly privateKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/** Of every merchant of a run. */
export const ours = rsaPair();
/** Belongs to nobody. */
export const strange = rsaPair();
