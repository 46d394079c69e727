import {
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';

/** RSA2: RSASSA-PKCS1-v1_5 with SHA-256, in base64. */
export function signBytes(bytes: Buffer, privateKeyPem: string): string {
  return sign('sha256', bytes, privateKey(privateKeyPem)).toString('base64');
}

/** @param publicKeyPem a public key, or the certificate that holds one */
export function isSignedBy(bytes: Buffer, signature: string, publicKeyPem: string): boolean {
  const decoded = Buffer.from(signature, 'base64');
  // Node reads past what is no base64; the gateway does not.
  if (decoded.toString('base64') !== signature) return false;
  return verify('sha256', bytes, publicKey(publicKeyPem), decoded);
}

/**
 * What a signature covers: every parameter but those left out, sorted by name in byte order,
 * joined as `name=value` with `&`, values not URL-encoded, in the bytes of the request's charset.
 */
export function signedBytes(params: ReadonlyMap<string, Buffer>, leftOut: readonly string[]) {
  const names = [...params.keys()].filter((name) => !leftOut.includes(name));
  names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const parts = names.flatMap((name, index) => [
    Buffer.from(`${index === 0 ? '' : '&'}${name}=`),
    params.get(name) ?? Buffer.alloc(0),
  ]);
  return Buffer.concat(parts);
}

/** Adds `sign` and `sign_type` to what we send to a merchant: neither of them is signed. */
export function withSignature(
  params: Record<string, string>,
  privateKeyPem: string,
): Record<string, string> {
  const bytes = new Map(Object.entries(params).map(([name, one]) => [name, Buffer.from(one)]));
  const text = signedBytes(bytes, ['sign', 'sign_type']);
  return { ...params, sign: signBytes(text, privateKeyPem), sign_type: 'RSA2' };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Letters and digits. The slight bias of the modulo does no harm here. */
export function randomText(length: number, alphabet = LETTERS): string {
  return [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]).join('');
}

export function randomDigits(length: number): string {
  return randomText(length, '0123456789');
}

// Reading a PEM takes longer than checking a signature.
const privateKeys = new Map<string, KeyObject>();
const publicKeys = new Map<string, KeyObject>();

function privateKey(pem: string): KeyObject {
  const key = privateKeys.get(pem) ?? createPrivateKey(pem);
  privateKeys.set(pem, key);
  return key;
}

function publicKey(pem: string): KeyObject {
  const key = publicKeys.get(pem) ?? createPublicKey(pem);
  publicKeys.set(pem, key);
  return key;
}
