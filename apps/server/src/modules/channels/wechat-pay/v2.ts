import { createDecipheriv, createHash, createHmac } from 'node:crypto';

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

/** `<xml>` with every value in CDATA, in the order given, the signature last. */
export function signedXml(
  parameters: Readonly<Record<string, string>>,
  key: string,
  type: V2SignType,
): string {
  const filled = Object.entries(parameters).filter(([, value]) => value !== '');
  const all = [...filled, ['sign', signV2(parameters, key, type)]];
  return `<xml>${all.map(([name = '', value = '']) => element(name, value)).join('')}</xml>`;
}

function element(name: string, value: string): string {
  return `<${name}><![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`;
}

/** What a v2 refund notice hides: AES-256-ECB under the lower-case MD5 of the key. */
export function openReqInfo(reqInfo: string, key: string): string {
  const aesKey = createHash('md5').update(key).digest('hex');
  const decipher = createDecipheriv('aes-256-ecb', aesKey, null);
  return Buffer.concat([decipher.update(reqInfo, 'base64'), decipher.final()]).toString('utf8');
}
