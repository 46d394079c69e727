import { type KeyObject, sign, verify } from 'node:crypto';

export type Parameters = Readonly<Record<string, string>>;

export function textToSign(parameters: Parameters): string {
  return sorted(parameters)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** RSA2: RSASSA-PKCS1-v1_5 with SHA-256. */
export function signText(text: string, key: KeyObject): string {
  return sign('RSA-SHA256', Buffer.from(text), key).toString('base64');
}

export function isSignedBy(key: KeyObject, text: string, signature: string): boolean {
  return verify('RSA-SHA256', Buffer.from(text), key, Buffer.from(signature, 'base64'));
}

export function encoded(parameters: Parameters): string {
  return sorted(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}

function sorted(parameters: Parameters): [string, string][] {
  return Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * The characters of a member's value in a JSON object, as they are: they are what is signed.
 * @returns undefined where there is no such member
 */
export function rawMember(json: string, name: string): string | undefined {
  const start = new RegExp(`[{,]\\s*"${name}"\\s*:\\s*`).exec(json);
  if (!start) return undefined;
  const from = start.index + start[0].length;
  let depth = 0;
  let isText = false;
  for (let at = from; at < json.length; at += 1) {
    const sign = json[at];
    if (isText) {
      if (sign === '\\') at += 1;
      else if (sign === '"') isText = false;
    } else if (sign === '"') isText = true;
    else if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') depth -= 1;
    if (!isText && depth === 0 && /["}\]]/.test(sign ?? '')) return json.slice(from, at + 1);
  }
  return undefined;
}
