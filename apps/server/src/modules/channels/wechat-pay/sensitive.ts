import { constants, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto';

/** Names and bank cards travel in RSA-OAEP with SHA-1, as every official client does it. */
const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };

/** @param clear at most 214 bytes for a key of 2048 bits */
export function sealSensitive(platformKey: KeyObject, clear: string): string {
  return publicEncrypt({ key: platformKey, ...padding }, Buffer.from(clear)).toString('base64');
}

export function openSensitive(privateKey: KeyObject, sealed: string): string {
  return privateDecrypt({ key: privateKey, ...padding }, Buffer.from(sealed, 'base64')).toString();
}
