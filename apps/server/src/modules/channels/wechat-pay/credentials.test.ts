import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { wechatCredentials, wechatKeys } from '../../../../test/wechat-context.ts';
import type { Credentials } from '../channel.ts';
import { checkCredentials, expiriesOf, tidyCredentials } from './credentials.ts';
import { description } from './description.ts';

const fieldsOf = (changes: Credentials) =>
  checkCredentials({ ...wechatCredentials, ...changes }, 'public-key').map(({ field }) => field);

describe('whoever pastes secrets is told which of them is wrong', () => {
  test('a whole set has nothing wrong with it, and what is optional may be left out', () => {
    expect(fieldsOf({})).toEqual([]);
    expect(fieldsOf({ apiV2Key: '', merchantCertificatePem: '', planId: '' })).toEqual([]);
  });

  test.each([
    ['merchantSerial', '证书'],
    ['privateKeyPem', wechatKeys.publicKeySpki],
    ['apiV3Key', 'x'.repeat(31)],
    ['apiV3Key', '密'.repeat(32)],
    ['apiV2Key', 'x'.repeat(31)],
    ['appSecret', ''],
    ['planId', 'plan'],
    ['publicKeyId', '0119000000012026010100000000000001'],
    ['publicKeyPem', 'no key'],
    ['publicKeyPem', wechatKeys.merchantPrivateKeyPkcs8],
    ['merchantCertificatePem', 'no certificate'],
    ['merchantCertificatePem', wechatKeys.platformCertificate],
  ])('%s', (name, value) => {
    expect(fieldsOf({ [name]: value })).toEqual([`credentials.${name}`]);
  });

  test('a certificate of another number is refused with the number that it has', () => {
    const other = { ...wechatCredentials, merchantSerial: 'ABCDEF01' };
    const [problem] = checkCredentials(other, 'public-key');
    expect(problem).toMatchObject({ field: 'credentials.merchantCertificatePem' });
    expect(problem?.reason).toContain(wechatKeys.merchantSerialNo);
  });

  test('a short key is no key', () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 1024,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const changes = { privateKeyPem: privateKey, merchantCertificatePem: '' };
    expect(fieldsOf(changes)).toEqual(['credentials.privateKeyPem']);
  });

  test('debits need the key of the older protocol', () => {
    expect(fieldsOf({ planId: '132164', apiV2Key: '' })).toEqual(['credentials.apiV2Key']);
  });
});

test('blanks go, and the certificate tells its own number', () => {
  const pasted = { ...wechatCredentials, merchantSerial: '', apiV3Key: ` ${'x'.repeat(32)}\n` };
  expect(tidyCredentials(pasted)).toMatchObject({
    merchantSerial: wechatKeys.merchantSerialNo,
    apiV3Key: 'x'.repeat(32),
  });
});

test('the end of the merchant’s certificate is known, so that somebody can be warned', () => {
  const [expiry] = expiriesOf(wechatCredentials);
  expect(expiry?.field).toBe('merchantCertificatePem');
  expect(expiry?.at.getTime()).toBeGreaterThan(Date.parse('2026-01-01'));
  expect(expiriesOf({})).toEqual([]);
});

test('the console asks for all that is checked, and the patterns take what is good', () => {
  const secrets = new Map(description.secrets.map((secret) => [secret.name, secret]));
  const checked = { ...wechatCredentials, planId: '132164' };
  for (const [name, value] of Object.entries(checked)) {
    const pattern = secrets.get(name)?.pattern;
    expect(secrets.has(name)).toBe(true);
    if (pattern) expect(value).toMatch(new RegExp(`^(?:${pattern})$`));
  }
});
