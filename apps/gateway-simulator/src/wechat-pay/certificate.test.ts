import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { selfSignedCertificate } from './certificate.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

test.each([
  ['within UTCTime', Date.UTC(2026, 0, 1), Date.UTC(2031, 0, 1)],
  ['beyond 2050', Date.UTC(2049, 11, 31), Date.UTC(2054, 11, 31)],
])('a certificate %s is read back as it was made', (_, effectiveAt, expireAt) => {
  const names = { commonName: '模拟平台', organization: 'wuye-pay' };
  const made = selfSignedCertificate({ publicKey, privateKey, ...names, effectiveAt, expireAt });
  const read = new X509Certificate(made.pem);
  expect(read.verify(publicKey)).toBe(true);
  expect(read.checkPrivateKey(privateKey)).toBe(true);
  expect(read.serialNumber).toBe(made.serialNo);
  expect(made.serialNo).toMatch(/^[4-7][0-9A-F]{39}$/);
  expect(read.subject).toContain('CN=模拟平台');
  expect(read.ca).toBe(false);
  expect(Date.parse(read.validFrom)).toBe(effectiveAt);
  expect(Date.parse(read.validTo)).toBe(expireAt);
});
