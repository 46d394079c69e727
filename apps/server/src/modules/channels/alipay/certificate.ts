import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import { type Element, elementAt, elementsOf, identifierOf, textOfElement } from './der.ts';

export interface Certificate {
  /** Alipay's own serial number of a certificate (证书序列号 SN): 32 hexadecimal digits. */
  readonly sn: string;
  readonly isRsaSigned: boolean;
  readonly pem: string;
  readonly key: KeyObject;
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly x509: X509Certificate;
}

const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
};
/** Algorithms of PKCS#1; the roots of SM2 and of elliptic curves are left out of the SN. */
const rsaAlgorithms = '1.2.840.113549.1.1.';

/** Every certificate of a PEM text, in its order. @throws Error, RangeError for what is none */
export function readCertificates(pem: string): readonly Certificate[] {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return found.map(readCertificate);
}

/** `alipay_root_cert_sn`: those that RSA signed, in the order of the bundle. */
export function rootCertSn(roots: readonly Certificate[]): string {
  return roots
    .filter(({ isRsaSigned }) => isRsaSigned)
    .map(({ sn }) => sn)
    .join('_');
}

/** Whether a chain of good certificates leads from one to a root that we were given. */
export function isIssuedUnder(
  certificate: Certificate,
  trust: { readonly roots: readonly Certificate[]; readonly between: readonly Certificate[] },
  now: Date,
): boolean {
  if (now < certificate.validFrom || now > certificate.validTo) return false;
  if (trust.roots.some((root) => isIssuedBy(certificate, root, now))) return true;
  // A chain gets shorter with each step, so a circle ends too.
  return trust.between.some(
    (issuer) =>
      issuer.x509.ca &&
      isIssuedBy(certificate, issuer, now) &&
      isIssuedUnder(
        issuer,
        { ...trust, between: trust.between.filter((other) => other !== issuer) },
        now,
      ),
  );
}

function isIssuedBy(certificate: Certificate, issuer: Certificate, now: Date): boolean {
  return (
    now <= issuer.validTo &&
    certificate.x509.checkIssued(issuer.x509) &&
    certificate.x509.verify(issuer.key)
  );
}

function readCertificate(pem: string): Certificate {
  const x509 = new X509Certificate(pem);
  const { issuer, serial, algorithm } = readParts(x509.raw);
  return {
    sn: createHash('md5').update(`${issuer}${serial}`).digest('hex'),
    isRsaSigned: algorithm.startsWith(rsaAlgorithms),
    pem,
    key: x509.publicKey,
    validFrom: new Date(x509.validFrom),
    validTo: new Date(x509.validTo),
    x509,
  };
}

/** Read from the bytes: OpenSSL's texts quote some values, and do not name the algorithm. */
function readParts(der: Buffer) {
  const outer = elementAt(der, 0);
  const body = elementsOf(der, outer)[0];
  const fields = body ? elementsOf(der, body) : [];
  // The version stands first with a tag of its own, unless it is version 1.
  const [serial, algorithm, issuer] = fields[0]?.tag === 0xa0 ? fields.slice(1) : fields;
  const identifier = algorithm && elementsOf(der, algorithm)[0];
  if (!serial || !identifier || !issuer) throw new RangeError('not a certificate');
  return {
    issuer: elementsOf(der, issuer)
      .map((name) => attributeOf(der, name))
      .reverse()
      .join(','),
    serial: BigInt(`0x${der.toString('hex', serial.contentStart, serial.end)}`).toString(),
    algorithm: identifierOf(der, identifier),
  };
}

function attributeOf(der: Buffer, name: Element): string {
  const pair = elementsOf(der, name)[0];
  const [type, value] = pair ? elementsOf(der, pair) : [];
  if (!type || !value) throw new RangeError('a name without type or value');
  const identifier = identifierOf(der, type);
  return `${shortNames[identifier] ?? identifier}=${textOfElement(der, value)}`;
}
