import { createHash, X509Certificate } from 'node:crypto';

/**
 * Alipay's serial number of a certificate: MD5 of the issuer, its attributes in reverse order and
 * joined with commas, followed by the serial as a decimal number; lower-case hex.
 */
export function certificateSn(pem: string): string {
  const certificate = new X509Certificate(pem);
  const issuer = certificate.issuer.split('\n').reverse().join(',');
  const serial = BigInt(`0x${certificate.serialNumber}`).toString();
  return createHash('md5')
    .update(issuer + serial)
    .digest('hex');
}

/** Of a bundle: the numbers of its certificates that an RSA key signed, joined with `_`. */
export function rootSn(bundlePem: string): string {
  const known = rootSns.get(bundlePem);
  if (known !== undefined) return known;
  const sn = certificatesIn(bundlePem)
    .filter((pem) => isRsaSigned(new X509Certificate(pem).raw))
    .map(certificateSn)
    .join('_');
  rootSns.set(bundlePem, sn);
  return sn;
}

/** Every request in certificate mode asks for it. */
const rootSns = new Map<string, string>();

function certificatesIn(bundlePem: string): string[] {
  return bundlePem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
}

/** 1.2.840.113549.1.1, the arc of the RSA signature algorithms. */
const RSA_ARC = Buffer.from('2a864886f70d0101', 'hex');

/** The algorithm stands between the certificate's body and its signature (RFC 5280, 4.1). */
function isRsaSigned(der: Buffer): boolean {
  const body = contentOf(der, contentOf(der, 0).start);
  const algorithm = contentOf(der, body.end);
  const objectId = contentOf(der, algorithm.start);
  return der.subarray(objectId.start, objectId.end).subarray(0, RSA_ARC.length).equals(RSA_ARC);
}

/** Where the content of the DER value at `at` begins and ends. */
function contentOf(der: Buffer, at: number): { start: number; end: number } {
  const first = der[at + 1] ?? 0;
  const count = first < 0x80 ? 0 : first & 0x7f;
  const length = count === 0 ? first : der.readUIntBE(at + 2, count);
  const start = at + 2 + count;
  return { start, end: start + length };
}
