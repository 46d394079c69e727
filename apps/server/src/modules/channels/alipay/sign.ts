import { type KeyObject, sign, verify } from 'node:crypto';

/** RSASSA-PKCS1-v1_5 with SHA-256, which Alipay calls RSA2. */
const digest = 'RSA-SHA256';
export const signType = 'RSA2';

export type Parameters = Readonly<Record<string, string>>;

/**
 * The parameters in the order of their names, as they are: a request leaves out `sign`, a notice
 * `sign` and `sign_type`, which is the caller's to know.
 */
export function textToSign(parameters: Parameters): string {
  return sorted(parameters)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

export function signText(text: string, key: KeyObject): string {
  return sign(digest, Buffer.from(text), key).toString('base64');
}

/** @param signature base64 */
export function isSignedBy(key: KeyObject, text: string, signature: string): boolean {
  return verify(digest, Buffer.from(text), key, Buffer.from(signature, 'base64'));
}

/** Empty parameters are not sent: clients differ in whether they are signed. */
export function signed(parameters: Parameters, key: KeyObject): Parameters {
  const sent = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ''));
  return { ...sent, sign: signText(textToSign(sent), key) };
}

/** As in a query string or a form; also the order string of a native app. */
export function encoded(parameters: Parameters): string {
  return sorted(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}

/** Names are ASCII, so the order of code units is that of bytes. */
function sorted(parameters: Parameters): [string, string][] {
  return Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
}
