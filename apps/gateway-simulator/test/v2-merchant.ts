import { createDecipheriv, createHash, createHmac } from 'node:crypto';
import { APPID, MCHID } from './merchant.ts';

/** A merchant's own reading of APIv2; it shares no code with the simulator. */
export const API_V2_KEY = 'v2key0123456789ABCDEFv2key012345';

export type Fields = Record<string, string>;
type SignType = 'MD5' | 'HMAC-SHA256';

export function sign(fields: Fields, type: SignType = 'MD5', key = API_V2_KEY): string {
  const given = Object.entries(fields).filter(([name, value]) => value !== '' && name !== 'sign');
  given.sort(([a], [b]) => (a < b ? -1 : 1));
  const text = `${given.map(([name, value]) => `${name}=${value}`).join('&')}&key=${key}`;
  const hash = type === 'MD5' ? createHash('md5') : createHmac('sha256', key);
  return hash.update(text).digest('hex').toUpperCase();
}

export function xml(fields: Fields): string {
  const inside = Object.entries(fields).map(([name, value]) => `<${name}>${value}</${name}>`);
  return `<xml>${inside.join('')}</xml>`;
}

export function read(text: string): Fields {
  const found = text.matchAll(/<(\w+)><!\[CDATA\[([\s\S]*?)\]\]><\/\1>/g);
  return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, value]));
}

/** Posts a signed message. The answer tells whether its own signature is right. */
export async function callV2(
  url: string,
  path: string,
  fields: Fields,
  type: SignType = 'MD5',
): Promise<Fields & { isSigned: string }> {
  const typed: Fields = type === 'MD5' ? {} : { sign_type: type };
  const message = { appid: APPID, mch_id: MCHID, nonce_str: 'n0nce', ...typed, ...fields };
  const body = xml({ ...message, sign: sign(message, type) });
  const answer = await fetch(url + path, { method: 'POST', body });
  const told = read(await answer.text());
  return { ...told, isSigned: String(told.sign === sign(told, type)) };
}

/** The sealed part of a refund notification of v2. */
export function openRequestInfo(sealed: string, key = API_V2_KEY): Fields {
  const secret = createHash('md5').update(key).digest('hex');
  const decipher = createDecipheriv('aes-256-ecb', secret, null);
  const bytes = Buffer.from(sealed, 'base64');
  return read(Buffer.concat([decipher.update(bytes), decipher.final()]).toString());
}
