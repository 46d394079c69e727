import {
  constants,
  createCipheriv,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  privateDecrypt,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';

/** RSASSA-PKCS1-v1_5 with SHA-256 in base64: WECHATPAY2-SHA256-RSA2048. */
export function signText(text: string, privateKeyPem: string): string {
  return sign('sha256', Buffer.from(text), privateKey(privateKeyPem)).toString('base64');
}

export function isSignedBy(text: string | Buffer, signature: string, publicKeyPem: string) {
  const bytes = Buffer.from(signature, 'base64');
  return verify('sha256', Buffer.from(text), publicKey(publicKeyPem), bytes);
}

/** Five fields of a request, each closed by a line feed, over the bytes as they came. */
export function requestText(request: {
  method: string;
  pathAndQuery: string;
  timestamp: string;
  nonce: string;
  body: Buffer;
}): Buffer {
  const { method, pathAndQuery, timestamp, nonce, body } = request;
  const head = `${method}\n${pathAndQuery}\n${timestamp}\n${nonce}\n`;
  return Buffer.concat([Buffer.from(head), body, Buffer.from('\n')]);
}

/** Three fields of an answer or a notification, each closed by a line feed. */
export function answerText(timestamp: string, nonce: string, body: string): string {
  return `${timestamp}\n${nonce}\n${body}\n`;
}

/** What the merchant's page signs for the in-wallet payment. */
export function payText(p: {
  appId: string;
  timeStamp: string;
  nonceStr: string;
  package: string;
}) {
  return `${p.appId}\n${p.timeStamp}\n${p.nonceStr}\n${p.package}\n`;
}

/** What an app signs: the bare prepay id, without `prepay_id=`. */
export function appPayText(p: {
  appid: string;
  timestamp: string;
  noncestr: string;
  prepayid: string;
}) {
  return `${p.appid}\n${p.timestamp}\n${p.noncestr}\n${p.prepayid}\n`;
}

/** AEAD_AES_256_GCM: cipher text followed by the 16-byte tag, in base64. */
export function seal(
  text: string,
  { key, nonce, associatedData }: { key: string; nonce: string; associatedData: string },
): string {
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key), Buffer.from(nonce));
  cipher.setAAD(Buffer.from(associatedData));
  const sealed = [cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(sealed).toString('base64');
}

/**
 * Opens a field that a merchant sealed with RSA-OAEP over SHA-1 (the padding of WeChat Pay).
 * @returns undefined when none of the keys opens it
 */
export function openSealed(base64: string, privateKeyPems: string[]): string | undefined {
  for (const pem of privateKeyPems) {
    try {
      const how = { key: privateKey(pem), padding: constants.RSA_PKCS1_OAEP_PADDING };
      const text = privateDecrypt({ ...how, oaepHash: 'sha1' }, Buffer.from(base64, 'base64'));
      return text.toString('utf8');
    } catch {
      // Sealed for another key: the next one is tried.
    }
  }
  return undefined;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Letters and digits. The slight bias of the modulo does no harm to a nonce. */
export function randomText(length: number, alphabet = ALPHABET): string {
  return [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]).join('');
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
