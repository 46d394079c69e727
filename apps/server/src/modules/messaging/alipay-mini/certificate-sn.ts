import { createHash, X509Certificate } from 'node:crypto';

/** Alipay's serial number of a certificate: a hash of its issuer, last part first, and number. */
export function certificateSn(pem: string): string {
  const { issuer, serialNumber } = new X509Certificate(pem);
  const name = issuer.split('\n').reverse().join(',');
  return createHash('md5')
    .update(`${name}${BigInt(`0x${serialNumber}`)}`)
    .digest('hex');
}

/** Of a bundle of roots: those with an RSA key, which sign themselves with it, in their order. */
export function rootSn(pem: string): string {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return found.filter(hasRsaKey).map(certificateSn).join('_');
}

function hasRsaKey(pem: string): boolean {
  try {
    return new X509Certificate(pem).publicKey.asymmetricKeyType === 'rsa';
  } catch {
    // A curve that this runtime does not know, such as SM2.
    return false;
  }
}
