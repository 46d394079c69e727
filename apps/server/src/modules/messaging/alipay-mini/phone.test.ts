import { createCipheriv, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { phoneOf } from './phone.ts';

const alipay = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const aesKey = randomBytes(16).toString('base64');
const values = { alipayPublicKeyPem: alipay.publicKey, aesKey };

/** As Alipay publishes it: AES-CBC under zeros, base64, and the signature over it in its quotes. */
function sealed(body: object, { key = aesKey, signs = (text: string) => text } = {}): string {
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(key, 'base64'), Buffer.alloc(16));
  const text = Buffer.concat([cipher.update(JSON.stringify(body)), cipher.final()]);
  const response = text.toString('base64');
  const sign = createSign('RSA-SHA256')
    .update(signs(`"${response}"`))
    .sign(alipay.privateKey, 'base64');
  return JSON.stringify({
    response,
    sign,
    sign_type: 'RSA2',
    encrypt_type: 'AES',
    charset: 'UTF-8',
  });
}

const told = { code: '10000', msg: 'Success', mobile: '13900000012' };

test('Alipay tells the phone that a person agreed to give', () => {
  expect(phoneOf(values, { encrypted: sealed(told) })).toEqual({ phone: '13900000012' });
});

test('a phone that Alipay did not sign, or that was sealed for another app, is none', () => {
  const withoutQuotes = sealed(told, { signs: (text) => text.slice(1, -1) });
  expect(phoneOf(values, { encrypted: withoutQuotes })).toEqual({ failed: 'bad-signature' });
  const [mine, other] = [JSON.parse(sealed(told)), JSON.parse(sealed({ ...told, mobile: '1' }))];
  const swapped = JSON.stringify({ ...mine, response: other.response });
  expect(phoneOf(values, { encrypted: swapped })).toEqual({ failed: 'bad-signature' });
  const ofOtherApp = sealed(told, { key: randomBytes(16).toString('base64') });
  expect(phoneOf(values, { encrypted: ofOtherApp })).toHaveProperty('failed');
});

test('what Alipay refused, and what is no answer at all, is no phone', () => {
  const refused = sealed({ code: '40003', msg: 'x', subCode: 'isv.invalid-auth-relations' });
  expect(phoneOf(values, { encrypted: refused })).toEqual({ failed: 'isv.invalid-auth-relations' });
  for (const encrypted of ['', '{}', 'null', '{"response":"x"}', 'x'.repeat(9000)]) {
    expect(phoneOf(values, { encrypted })).toEqual({ failed: 'unreadable' });
  }
});
