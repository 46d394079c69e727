import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { alipayCredentials, alipayKeys } from '../../../../test/alipay-context.ts';
import { checkCredentials, expiriesOf, tidyCredentials } from './credentials.ts';
import { trustedKeys } from './platform-keys.ts';

const bare = (pem: string) => pem.replace(/-----[^-]*-----|\s/g, '');
const fieldsOf = (changes: object, mode: 'public-key' | 'certificate') =>
  checkCredentials({ ...alipayCredentials, ...changes }, mode).map(({ field }) => field);
const short = generateKeyPairSync('rsa', {
  modulusLength: 1024,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

describe('what was pasted is checked before it is kept', () => {
  test.each(['public-key', 'certificate'] as const)('a good set in the mode %s', (mode) => {
    expect(checkCredentials(alipayCredentials, mode)).toEqual([]);
  });

  test.each([
    ['public-key', { privateKeyPem: 'x' }, 'privateKeyPem'],
    ['public-key', { privateKeyPem: short.privateKey }, 'privateKeyPem'],
    ['public-key', { alipayPublicKeyPem: '' }, 'alipayPublicKeyPem'],
    ['public-key', { alipayPublicKeyPem: alipayKeys.appPublicKeySpki }, 'alipayPublicKeyPem'],
    ['public-key', { aesKey: 'c2hvcnQ=' }, 'aesKey'],
    ['certificate', { appCertificatePem: '' }, 'appCertificatePem'],
    ['certificate', { alipayCertificatePem: alipayKeys.appCertificate }, 'alipayCertificatePem'],
    ['certificate', { appCertificatePem: alipayKeys.alipayCertificate }, 'appCertificatePem'],
    ['certificate', { alipayRootCertificatePem: 'x' }, 'alipayRootCertificatePem'],
  ] as const)('in the mode %s, %j is refused', (mode, changes, field) => {
    expect(fieldsOf(changes, mode)).toContain(`credentials.${field}`);
  });

  test('no problem quotes a secret', () => {
    const problems = checkCredentials(
      { privateKeyPem: 'MIIsecret', aesKey: 'secret' },
      'public-key',
    );
    expect(JSON.stringify(problems)).not.toContain('secret');
  });
});

test('keys without their frame, in either form, are kept as PEM', () => {
  for (const key of [alipayKeys.appPrivateKeyPkcs8, alipayKeys.appPrivateKeyPkcs1]) {
    const pasted = {
      privateKeyPem: bare(key),
      alipayPublicKeyPem: ` ${bare(alipayKeys.alipayPublicKeySpki)}\n`,
    };
    expect(checkCredentials(pasted, 'public-key')).not.toEqual([]);
    expect(checkCredentials(tidyCredentials(pasted), 'public-key')).toEqual([]);
  }
  const unreadable = { privateKeyPem: 'no key' };
  expect(tidyCredentials(unreadable)).toEqual(unreadable);
  expect(tidyCredentials(alipayCredentials).privateKeyPem).toContain('BEGIN');
});

test('certificates say when they end', () => {
  expect(expiriesOf(alipayCredentials)).toEqual([
    { field: 'appCertificatePem', at: new Date('2036-11-20T10:16:13Z') },
    { field: 'alipayCertificatePem', at: new Date('2036-11-20T10:16:14Z') },
  ]);
  expect(expiriesOf({ appCertificatePem: 'x' })).toEqual([]);
});

test('the channel’s own key is trusted under its serial, in the mode of the account', () => {
  expect(trustedKeys(alipayCredentials, 'certificate')).toMatchObject([
    { serial: '5acb914a65ca4b50f161b86388a52458', kind: 'certificate' },
  ]);
  expect(trustedKeys(alipayCredentials, 'public-key')).toMatchObject([
    { serial: 'ALIPAY_PUBLIC_KEY', kind: 'public-key' },
  ]);
  expect(trustedKeys({}, 'certificate')).toEqual([]);
  expect(trustedKeys({}, 'public-key')).toEqual([]);
});
