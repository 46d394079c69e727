import { type KeyObject, randomBytes, sign, verify } from 'node:crypto';

/** RSASSA-PKCS1-v1_5 with SHA-256: WECHATPAY2-SHA256-RSA2048. */
const digest = 'RSA-SHA256';
const scheme = 'WECHATPAY2-SHA256-RSA2048';

export interface RequestToSign {
  readonly method: 'GET' | 'POST';
  /** Exactly the bytes of the request line: path and query, percent-encoded. */
  readonly path: string;
  readonly timestamp: string;
  readonly nonce: string;
  /** The bytes that are sent; '' without a body, whose line feed stays. */
  readonly body: string;
}

export interface Signer {
  readonly mchId: string;
  readonly serial: string;
  readonly key: KeyObject;
}

/** The Authorization header of a request. */
export function authorization(request: RequestToSign, signer: Signer): string {
  const { method, path, timestamp, nonce, body } = request;
  const signature = signLines([method, path, timestamp, nonce, body], signer.key);
  return (
    `${scheme} mchid="${signer.mchId}",nonce_str="${nonce}",` +
    `signature="${signature}",timestamp="${timestamp}",serial_no="${signer.serial}"`
  );
}

/** Each line ends in a line feed, the last one too. */
export function signLines(lines: readonly string[], key: KeyObject): string {
  return sign(digest, Buffer.from(lines.map((line) => `${line}\n`).join('')), key).toString(
    'base64',
  );
}

/** Whether `signature` is the channel's over `timestamp LF nonce LF body LF`, in raw bytes. */
export function isSignedBy(
  key: KeyObject,
  said: { timestamp: string; nonce: string; body: Buffer; signature: string },
): boolean {
  const head = Buffer.from(`${said.timestamp}\n${said.nonce}\n`);
  const message = Buffer.concat([head, said.body, Buffer.of(0x0a)]);
  return verify(digest, message, key, Buffer.from(said.signature, 'base64'));
}

/** 32 hexadecimal digits. */
export function newNonce(): string {
  return randomBytes(16).toString('hex').toUpperCase();
}
