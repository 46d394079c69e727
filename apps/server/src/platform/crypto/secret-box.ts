import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Encrypts what must not lie readable in the database, and makes blind indexes to find equal
 * values. Keys are derived from the master keys per company and purpose; each cipher text names
 * its master key, so an old one stays readable after a rotation.
 */
export interface SecretBox {
  /** @param purpose such as "person.phone"; a value encrypted for another purpose fails to open */
  seal(companyId: string, purpose: string, clear: string): Buffer;
  /** @throws Error if the bytes were changed, or belong to another company or purpose */
  open(companyId: string, purpose: string, sealed: Buffer): string;
  /** Equal values of a company and purpose give equal bytes. */
  blindIndex(companyId: string, purpose: string, clear: string): Buffer;
  /** Signs short-lived values given to browsers. */
  sign(purpose: string, value: string): string;
  hasSigned(purpose: string, value: string, signature: string): boolean;
  /** A stable secret for a purpose, such as the password of a database role. */
  derive(purpose: string): string;
}

/** Master keys by their number; the highest encrypts, all decrypt. Each 32 bytes. */
export type MasterKeys = ReadonlyMap<number, Buffer>;

const nonceLength = 12;
const tagLength = 16;
const headerLength = 1;

export function createSecretBox(keys: MasterKeys): SecretBox {
  const current = Math.max(...keys.keys());
  const first = Math.min(...keys.keys());
  const derived = new Map<string, Buffer>();

  function key(number: number, company: string, purpose: string): Buffer {
    const name = `${number}/${company}/${purpose}`;
    const known = derived.get(name);
    if (known) return known;
    const master = keys.get(number);
    if (!master || master.length !== 32) throw new Error(`no master key number ${number}`);
    const made = Buffer.from(hkdfSync('sha256', master, company, purpose, 32));
    derived.set(name, made);
    return made;
  }

  function hmac(purpose: string, value: string): Buffer {
    return createHmac('sha256', key(first, 'all', `sign:${purpose}`))
      .update(value)
      .digest();
  }

  return {
    seal(companyId, purpose, clear) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', key(current, companyId, purpose), nonce);
      const body = Buffer.concat([cipher.update(clear, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(current), nonce, body, cipher.getAuthTag()]);
    },
    open(companyId, purpose, sealed) {
      const number = sealed[0] ?? 0;
      const nonce = sealed.subarray(headerLength, headerLength + nonceLength);
      const body = sealed.subarray(headerLength + nonceLength, -tagLength);
      const decipher = createDecipheriv('aes-256-gcm', key(number, companyId, purpose), nonce);
      decipher.setAuthTag(sealed.subarray(-tagLength));
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    },
    blindIndex: (companyId, purpose, clear) =>
      createHmac('sha256', key(first, companyId, `index:${purpose}`))
        .update(clear)
        .digest()
        .subarray(0, 16),
    sign: (purpose, value) => hmac(purpose, value).toString('base64url'),
    hasSigned: (purpose, value, signature) => equal(hmac(purpose, value), signature),
    derive: (purpose) => hmac('derive', purpose).toString('base64url'),
  };
}

function equal(expected: Buffer, given: string): boolean {
  const bytes = Buffer.from(given, 'base64url');
  if (bytes.length !== expected.length) return false;
  let difference = 0;
  expected.forEach((byte, index) => {
    difference |= byte ^ (bytes[index] ?? 0);
  });
  return difference === 0;
}
