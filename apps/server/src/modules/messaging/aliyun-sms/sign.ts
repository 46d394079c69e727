import { createHash, createHmac } from 'node:crypto';

export interface AliyunKeys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

interface Request {
  readonly query: Readonly<Record<string, string>>;
  /** host, x-acs-… and content-type, in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** RFC 3986: what encodeURIComponent leaves is encoded as well, but for `~`. */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export function canonicalQuery(query: Readonly<Record<string, string>>): string {
  return Object.keys(query)
    .sort()
    .map((name) => `${encode(name)}=${encode(query[name] ?? '')}`)
    .join('&');
}

export function canonicalRequest({ query, headers, body }: Request): string {
  const names = Object.keys(headers).sort();
  return [
    'POST',
    '/',
    canonicalQuery(query),
    ...names.map((name) => `${name}:${(headers[name] ?? '').trim()}`),
    '',
    names.join(';'),
    sha256(body),
  ].join('\n');
}

/** ACS3-HMAC-SHA256, the signature of today's interface. */
export function authorization(request: Request, keys: AliyunKeys): string {
  const text = `ACS3-HMAC-SHA256\n${sha256(canonicalRequest(request))}`;
  const signature = createHmac('sha256', keys.accessKeySecret).update(text).digest('hex');
  const signed = Object.keys(request.headers).sort().join(';');
  return `ACS3-HMAC-SHA256 Credential=${keys.accessKeyId},SignedHeaders=${signed},Signature=${signature}`;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * The signature of the older interface (RPC, v1), which documents still show. Requests of ours
 * carry today's; this one stands for whoever has to compare with an older client.
 */
export function legacySignature(
  params: Readonly<Record<string, string>>,
  accessKeySecret: string,
): { readonly text: string; readonly signature: string } {
  const text = `POST&%2F&${encode(canonicalQuery(params))}`;
  const signature = createHmac('sha1', `${accessKeySecret}&`).update(text).digest('base64');
  return { text, signature };
}
