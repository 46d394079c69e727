import { type KeyObject, sign } from 'node:crypto';

/** Parts of a distinguished name, in the order in which they stand in the certificate. */
export type Name = readonly (readonly ['CN' | 'O' | 'OU' | 'C', string])[];

/**
 * An X.509 v3 certificate (RFC 5280), which node:crypto can read but not make.
 * @returns PEM
 */
export function makeCertificate(input: {
  /** Positive. */
  serial: bigint;
  subject: Name;
  issuer: Name;
  publicKey: KeyObject;
  /** The private key of the issuer; its own one when the certificate is self-signed. */
  issuerKey: KeyObject;
  /** ms since 1970 */
  effectiveAt: number;
  /** ms since 1970 */
  expireAt: number;
  /** Whether it may sign other certificates. */
  isAuthority: boolean;
}): string {
  const body = sequence(
    der(0xa0, integer(2n)), // Version 3.
    integer(input.serial),
    SHA256_WITH_RSA,
    nameOf(input.issuer),
    sequence(time(input.effectiveAt), time(input.expireAt)),
    nameOf(input.subject),
    input.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, input.isAuthority ? AUTHORITY : NO_AUTHORITY),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, input.issuerKey));
  return pem(sequence(body, SHA256_WITH_RSA, signature));
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = Buffer.from(evenHex(length.toString(16)), 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, ...parts);
}

/** A positive integer; a leading zero keeps the highest bit from making it negative. */
function integer(value: bigint): Buffer {
  const bytes = Buffer.from(evenHex(value.toString(16)), 'hex');
  return der(0x02, (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.from([0]), bytes]));
}

function evenHex(hex: string): string {
  return hex.length % 2 === 0 ? hex : `0${hex}`;
}

function objectId(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

const ATTRIBUTES = { C: '550406', O: '55040a', OU: '55040b', CN: '550403' };

function nameOf(name: Name): Buffer {
  const parts = name.map(([kind, text]) => {
    const tag = kind === 'C' ? 0x13 : 0x0c; // PrintableString, UTF8String.
    return der(0x31, sequence(objectId(ATTRIBUTES[kind]), der(tag, Buffer.from(text, 'utf8'))));
  });
  return sequence(...parts);
}

/** UTCTime until 2049, GeneralizedTime from 2050 on (RFC 5280, 4.1.2.5). */
function time(atMs: number): Buffer {
  const digits = `${new Date(atMs).toISOString().slice(0, 19).replace(/\D/g, '')}Z`;
  if (digits >= '2050') return der(0x18, Buffer.from(digits));
  return der(0x17, Buffer.from(digits.slice(2)));
}

function extension(oidHex: string, value: Buffer): Buffer {
  return sequence(objectId(oidHex), der(0x01, Buffer.from([0xff])), der(0x04, value));
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

const SHA256_WITH_RSA = sequence(objectId('2a864886f70d01010b'), der(0x05));
/** Basic constraints and key usage: signs messages, or signs certificates and their revocation. */
const NO_AUTHORITY = sequence(
  extension('551d13', sequence()),
  extension('551d0f', der(0x03, Buffer.from([0x07, 0x80]))),
);
const AUTHORITY = sequence(
  extension('551d13', sequence(der(0x01, Buffer.from([0xff])))),
  extension('551d0f', der(0x03, Buffer.from([0x01, 0x06]))),
);
