import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeCertificate, type Name } from '../../apps/gateway-simulator/src/x509.ts';
import {
  type Certificate,
  isIssuedUnder,
  readCertificates,
} from '../../apps/server/src/modules/channels/alipay/certificate.ts';

type Pair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
const pairOf = (): Pair => generateKeyPairSync('rsa', { modulusLength: 2048 });
const nameOf = (text: string): Name => [
  ['C', 'CN'],
  ['CN', text],
];
const day = 86_400_000;
const now = new Date('2026-12-01T00:00:00Z');
let serial = 1n;

function issued(
  subject: string,
  issuer: string,
  keys: { readonly own: Pair; readonly issuer: Pair },
  changes: { readonly isAuthority?: boolean; readonly days?: number } = {},
): Certificate {
  serial += 1n;
  const pem = makeCertificate({
    serial,
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    publicKey: keys.own.publicKey,
    issuerKey: keys.issuer.privateKey,
    effectiveAt: now.getTime() - day,
    expireAt: now.getTime() + (changes.days ?? 1) * day,
    isAuthority: changes.isAuthority ?? true,
  });
  const [certificate] = readCertificates(pem);
  if (!certificate) throw new Error('not a certificate');
  return certificate;
}

const [rootKey, middleKey, leafKey, otherKey] = [pairOf(), pairOf(), pairOf(), pairOf()];
const root = issued('Root', 'Root', { own: rootKey, issuer: rootKey });
const middle = issued('Class 2', 'Root', { own: middleKey, issuer: rootKey });
const leaf = issued(
  'Alipay',
  'Class 2',
  { own: leafKey, issuer: middleKey },
  { isAuthority: false },
);
const isTrusted = (certificate: Certificate, roots: Certificate[], between: Certificate[]) =>
  isIssuedUnder(certificate, { roots, between }, now);

test('a certificate is trusted through the issuer that came with it', () => {
  expect(isTrusted(leaf, [root], [middle])).toBe(true);
  expect(isTrusted(middle, [root], [])).toBe(true);
  expect(isTrusted(leaf, [middle], [])).toBe(true);
});

test('a chain that has a gap, ends elsewhere or goes round leads to no trust', () => {
  expect(isTrusted(leaf, [root], [])).toBe(false);
  expect(isTrusted(leaf, [], [middle, root])).toBe(false);
  const other = issued('Root', 'Root', { own: otherKey, issuer: otherKey });
  expect(isTrusted(leaf, [other], [middle])).toBe(false);
});

test('a merchant’s certificate of the same issuer cannot vouch for another', () => {
  const merchant = { own: otherKey, issuer: middleKey };
  const byMiddle = issued('Merchant', 'Class 2', merchant, { isAuthority: false });
  const forged = issued('Alipay', 'Merchant', { own: leafKey, issuer: otherKey });
  expect(isTrusted(forged, [root], [byMiddle, middle])).toBe(false);
});

test('a name alone is no signature, and what has ended is no issuer', () => {
  const forged = issued('Alipay', 'Class 2', { own: leafKey, issuer: otherKey });
  expect(isTrusted(forged, [root], [middle])).toBe(false);
  const ended = issued('Class 2', 'Root', { own: middleKey, issuer: rootKey }, { days: -0.5 });
  expect(isTrusted(leaf, [root], [ended])).toBe(false);
  const old = issued('Alipay', 'Class 2', { own: leafKey, issuer: middleKey }, { days: -0.5 });
  expect(isTrusted(old, [root], [middle])).toBe(false);
});
