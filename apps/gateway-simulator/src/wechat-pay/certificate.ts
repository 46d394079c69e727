import { type KeyObject, randomBytes, sign } from 'node:crypto';

/**
 * A self-signed X.509 v3 certificate (RFC 5280), which node:crypto can read but not make.
 * @returns PEM and the serial number as 40 upper-case hex digits
 */
export function selfSignedCertificate(input: {
  publicKey: KeyObject;
  privateKey: KeyObject;
  commonName: string;
  organization: string;
  /** ms since 1970 */
  effectiveAt: number;
  /** ms since 1970 */
  expireAt: number;
}): { pem: string; serialNo: string } {
  const serial = randomBytes(20);
  serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f); // Positive, and 40 digits without a leading zero.
  const name = sequence(
    attribute('550406', 0x13, 'CN'),
    attribute('55040a', 0x0c, input.organization),
    attribute('550403', 0x0c, input.commonName),
  );
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))), // Version 3.
    integer(serial),
    SHA256_WITH_RSA,
    name,
    sequence(time(input.effectiveAt), time(input.expireAt)),
    name,
    input.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(NO_AUTHORITY, DIGITAL_SIGNATURE)),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, input.privateKey));
  const certificate = sequence(body, SHA256_WITH_RSA, signature);
  return { pem: pem(certificate), serialNo: serial.toString('hex').toUpperCase() };
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, ...parts);
}

function integer(bytes: Buffer): Buffer {
  return der(0x02, bytes);
}

function objectId(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function attribute(oidHex: string, tag: number, text: string): Buffer {
  return der(0x31, sequence(objectId(oidHex), der(tag, Buffer.from(text, 'utf8'))));
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
const NO_AUTHORITY = extension('551d13', sequence());
const DIGITAL_SIGNATURE = extension('551d0f', der(0x03, Buffer.from([0x07, 0x80])));
