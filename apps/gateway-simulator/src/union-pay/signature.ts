import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';

/** Fields of a message by their names in the protocol. */
export type Fields = Record<string, string>;

/** How a merchant signs: with the key of its certificate, or with a shared secret. */
export type SignMethod = '01' | '11';

/** All fields but the signature that have a value, in the order of their ASCII names, not encoded. */
export function signedText(fields: Fields): string {
  return Object.keys(fields)
    .filter((name) => name !== 'signature' && fields[name] !== '')
    .sort()
    .map((name) => `${name}=${fields[name] ?? ''}`)
    .join('&');
}

/** signMethod 01: RSA-SHA256 over the lower-case hex of the SHA-256, hence hashed twice. */
export function signByKey(fields: Fields, privateKeyPem: string): string {
  const digest = Buffer.from(sha256Hex(signedText(fields)));
  return sign('sha256', digest, privateKeys(privateKeyPem)).toString('base64');
}

export function isSignedByKey(fields: Fields, publicKeyPem: string): boolean {
  const digest = Buffer.from(sha256Hex(signedText(fields)));
  return verify(
    'sha256',
    digest,
    publicKeys(publicKeyPem),
    Buffer.from(fields.signature ?? '', 'base64'),
  );
}

/** signMethod 11: the secret joins the text as the hex of its own SHA-256. */
export function signBySecret(fields: Fields, secureKey: string): string {
  return sha256Hex(`${signedText(fields)}&${sha256Hex(secureKey)}`);
}

export function isSignedBySecret(fields: Fields, secureKey: string): boolean {
  return fields.signature === signBySecret(fields, secureKey);
}

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Reading a key costs more than using it; a simulator meets few of them. */
function remembered(read: (pem: string) => KeyObject): (pem: string) => KeyObject {
  const keys = new Map<string, KeyObject>();
  return (pem) => {
    const key = keys.get(pem) ?? read(pem);
    keys.set(pem, key);
    return key;
  };
}

const privateKeys = remembered(createPrivateKey);
const publicKeys = remembered(createPublicKey);
