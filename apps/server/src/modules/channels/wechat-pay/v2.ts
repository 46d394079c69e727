import { createDecipheriv, createHash, createHmac } from 'node:crypto';
import { writeFlatXml } from '../flat-xml.ts';

/** The older protocol, still spoken by payment codes (付款码) and some refund notices. */
export type V2SignType = 'MD5' | 'HMAC-SHA256';

/** All fields that are not empty, in ASCII order, then the key; hexadecimal in upper case. */
export function signV2(
  parameters: Readonly<Record<string, string>>,
  key: string,
  type: V2SignType,
): string {
  const text = Object.entries(parameters)
    .filter(([name, value]) => name !== 'sign' && value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .concat(`key=${key}`)
    .join('&');
  const hash = type === 'MD5' ? createHash('md5') : createHmac('sha256', key);
  return hash.update(text).digest('hex').toUpperCase();
}

/** The same as `<xml>`, the signature last. */
export function signedXml(
  parameters: Readonly<Record<string, string>>,
  key: string,
  type: V2SignType,
): string {
  return writeFlatXml({ ...parameters, sign: signV2(parameters, key, type) });
}

/**
 * What a v2 refund notice hides: AES-256-ECB under the lower-case MD5 of the key.
 * @returns undefined when another key closed it
 */
export function openReqInfo(reqInfo: string, key: string): string | undefined {
  const aesKey = createHash('md5').update(key).digest('hex');
  const decipher = createDecipheriv('aes-256-ecb', aesKey, null);
  const clear = decipher.update(reqInfo, 'base64');
  try {
    return Buffer.concat([clear, decipher.final()]).toString('utf8');
  } catch (error) {
    // The padding or the length is not what the sender's key would have left.
    if (error instanceof Error) return undefined;
    throw error;
  }
}
