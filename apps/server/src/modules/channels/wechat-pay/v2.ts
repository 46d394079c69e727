import { createDecipheriv, createHash, createHmac } from 'node:crypto';
import { writeFlatXml } from '../flat-xml.ts';
import { signedText } from '../signed-text.ts';

/** The older protocol, still spoken by payment codes (付款码) and some refund notices. */
export type V2SignType = 'MD5' | 'HMAC-SHA256';

/** All fields that are not empty, in ASCII order, then the key; hexadecimal in upper case. */
export function signV2(
  parameters: Readonly<Record<string, string>>,
  key: string,
  type: V2SignType,
): string {
  const text = `${signedText(parameters, 'sign')}&key=${key}`;
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

const blockBytes = 16;

/**
 * What a v2 refund notice hides: AES-256-ECB under the lower-case MD5 of the key. A text that
 * fills its last block comes with or without a block of padding.
 * @returns undefined when another key closed it
 */
export function openReqInfo(reqInfo: string, key: string): string | undefined {
  const sealed = Buffer.from(reqInfo, 'base64');
  if (sealed.length === 0 || sealed.length % blockBytes !== 0) return undefined;
  const aesKey = createHash('md5').update(key).digest('hex');
  const decipher = createDecipheriv('aes-256-ecb', aesKey, null).setAutoPadding(false);
  const clear = Buffer.concat([decipher.update(sealed), decipher.final()]);
  const text = withoutPadding(clear).toString('utf8');
  // It is XML, or it is the noise of a wrong key.
  return text.startsWith('<') ? text : undefined;
}

function withoutPadding(clear: Buffer): Buffer {
  const count = clear.at(-1) ?? 0;
  const isPadded =
    count >= 1 && count <= blockBytes && clear.subarray(-count).every((byte) => byte === count);
  return isPadded ? clear.subarray(0, -count) : clear;
}
