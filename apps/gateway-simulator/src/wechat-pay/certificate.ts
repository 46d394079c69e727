import { type KeyObject, randomBytes } from 'node:crypto';
import { makeCertificate, type Name } from '../x509.ts';

/**
 * A self-signed certificate of the platform.
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
  const name: Name = [
    ['C', 'CN'],
    ['O', input.organization],
    ['CN', input.commonName],
  ];
  const serialNo = serial.toString('hex').toUpperCase();
  const pem = makeCertificate({
    serial: BigInt(`0x${serialNo}`),
    subject: name,
    issuer: name,
    publicKey: input.publicKey,
    issuerKey: input.privateKey,
    effectiveAt: input.effectiveAt,
    expireAt: input.expireAt,
    isAuthority: false,
  });
  return { pem, serialNo };
}
