import { type KeyObject, X509Certificate } from 'node:crypto';
import type { Credentials } from '../channel.ts';

/** The third part of the signer's common name, as `041@Z12@中国银联股份有限公司@00000002`. */
const signerName = '中国银联股份有限公司';
/** What signs in the test environment. */
const testSignerName = '00040000:SIGN';

/** Signers that were believed: few, because only a certificate of UnionPay's chain comes here. */
const maxKnown = 200;
const known = new Map<string, Signer>();

interface Signer {
  readonly key: KeyObject;
  readonly name: string;
  readonly validFrom: Date;
  readonly validTo: Date;
}

/** The certId of a request: the serial number of the merchant's certificate, in decimal. */
export function certIdOf(certificatePem: string): string {
  return BigInt(`0x${new X509Certificate(certificatePem).serialNumber}`).toString();
}

export interface Trust {
  readonly credentials: Credentials;
  readonly isTest: boolean;
  readonly now: Date;
}

/**
 * The key behind `signPubKeyCert`: issued under the middle and root certificates that were pasted,
 * within its time, and UnionPay's own. @returns undefined for any other
 */
export function keyOfSigner(pem: string, trust: Trust): KeyObject | undefined {
  const { middlePem, rootPem } = trust.credentials;
  if (!middlePem || !rootPem) return undefined;
  const name = `${pem}\n${middlePem}\n${rootPem}`;
  const signer = known.get(name) ?? readSigner(pem, middlePem, rootPem);
  if (!signer) return undefined;
  if (known.size >= maxKnown) known.clear();
  known.set(name, signer);
  if (trust.now < signer.validFrom || trust.now > signer.validTo) return undefined;
  const isUnionPay = signer.name === signerName || (trust.isTest && signer.name === testSignerName);
  return isUnionPay ? signer.key : undefined;
}

function readSigner(pem: string, middlePem: string, rootPem: string): Signer | undefined {
  const chain = [pem, middlePem, rootPem].map(certificateOf);
  const [leaf, middle, root] = chain;
  if (!leaf || !middle || !root) return undefined;
  if (!middle.ca || !isIssuedBy(leaf, middle) || !isIssuedBy(middle, root)) return undefined;
  const common: unknown = leaf.toLegacyObject().subject.CN;
  return {
    key: leaf.publicKey,
    // A name that comes twice is a list, and nobody's.
    name: typeof common === 'string' ? (common.split('@')[2] ?? '') : '',
    // No longer than those who vouch for it.
    validFrom: new Date(Math.max(...[leaf, middle, root].map((one) => Date.parse(one.validFrom)))),
    validTo: new Date(Math.min(...[leaf, middle, root].map((one) => Date.parse(one.validTo)))),
  };
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

/** @returns undefined for a text that is no certificate */
export function certificateOf(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}
