import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decrypt, isSigned } from '../../test/merchant.ts';
import { readAuthorization } from './authorization.ts';
import {
  answerText,
  appPayText,
  isSignedBy,
  openSealed,
  payText,
  requestText,
  seal,
  signText,
} from './crypto.ts';

type Case = {
  name: string;
  kind: string;
  mode?: 'cert' | 'pubkey';
  input: { method: string; urlPath: string; timestamp: string; nonce: string; body: string };
  headers: Record<string, string>;
  body: string;
  canonical: string;
  signature: string;
  authorization: string;
  valid: boolean;
  client?: string;
  decryptWith?: string;
  result: Record<string, string>;
  nonce: string;
  associated_data: string;
  ciphertext: string;
  plaintext: string;
};

const file = new URL('../../test/vectors/wechat-v3.json', import.meta.url);
const { keys, cases } = JSON.parse(readFileSync(file, 'utf8')) as {
  keys: Record<string, string>;
  cases: Case[];
};
const of = (...kinds: string[]) => cases.filter((one) => kinds.includes(one.kind));
const key = (name: string) => keys[name] ?? '';

test.each(of('request-sign'))('accepts the published request: $name', (one) => {
  const { method, urlPath: pathAndQuery, timestamp, nonce, body } = one.input;
  const text = requestText({ method, pathAndQuery, timestamp, nonce, body: Buffer.from(body) });
  expect(text.toString()).toBe(one.canonical);
  const fields = readAuthorization(one.authorization);
  expect(fields).toMatchObject({ mchid: key('mchid'), timestamp, nonce_str: nonce });
  const certificate = key('merchantCertificate');
  expect(isSignedBy(text, fields?.signature ?? '', certificate)).toBe(true);
  const tampered = Buffer.concat([text, Buffer.from('\n')]);
  expect(isSignedBy(tampered, fields?.signature ?? '', certificate)).toBe(false);
});

test.each(of('response-verify', 'certificates-reply', 'notify'))(
  'signs as published: $name',
  (one) => {
    const isCertificate = one.mode === 'cert';
    const privateKey = key(
      isCertificate ? 'platformPrivateKeyPkcs8' : 'publicKeyModePrivateKeyPkcs8',
    );
    const publicKey = key(isCertificate ? 'platformCertificate' : 'publicKeySpki');
    const { 'Wechatpay-Timestamp': timestamp = '', 'Wechatpay-Nonce': nonce = '' } = one.headers;
    const ours = signText(answerText(timestamp, nonce, one.body), privateKey);
    const isValid = one.valid !== false;
    expect(ours === one.headers['Wechatpay-Signature']).toBe(isValid);
    const headers = new Headers(one.headers);
    const answer = { status: 200, headers, text: one.body, json: {} };
    expect(isSigned(answer, publicKey)).toBe(isValid);
  },
);

test.each(of('aead-decrypt'))('seals as published: $name', (one) => {
  const { nonce, associated_data: associatedData, ciphertext } = one;
  const resource = { nonce, associated_data: associatedData, ciphertext };
  if (!one.valid) {
    expect(() => decrypt(resource, key('apiv3Key'))).toThrow(/authenticate/);
    return;
  }
  expect(decrypt(resource, key('apiv3Key'))).toBe(one.plaintext);
  expect(seal(one.plaintext, { key: key('apiv3Key'), nonce, associatedData })).toBe(ciphertext);
});

test.each(of('pay-sign').filter((one) => one.client === 'jsapi'))('pay-sign: $name', (one) => {
  const { appId = '', timeStamp = '', nonceStr = '', paySign = '' } = one.result;
  const text = payText({ appId, timeStamp, nonceStr, package: one.result.package ?? '' });
  expect(text).toBe(one.canonical);
  expect(isSignedBy(text, paySign, key('merchantCertificate'))).toBe(true);
  expect(isSignedBy(`${text}\n`, paySign, key('merchantCertificate'))).toBe(false);
});

test.each(of('pay-sign').filter((one) => one.client === 'app'))('pay-sign: $name', (one) => {
  const { appid = '', timestamp = '', noncestr = '', prepayid = '', sign = '' } = one.result;
  const text = appPayText({ appid, timestamp, noncestr, prepayid });
  expect(text).toBe(one.canonical);
  expect(isSignedBy(text, sign, key('merchantCertificate'))).toBe(true);
});

test.each(of('oaep-decrypt'))('opens what was sealed for it: $name', (one) => {
  const other = ['platformPrivateKeyPkcs8', 'publicKeyModePrivateKeyPkcs8'].filter(
    (name) => name !== one.decryptWith,
  );
  const mine = key(one.decryptWith ?? '');
  expect(openSealed(one.ciphertext, [...other.map(key), mine])).toBe(one.plaintext);
  expect(openSealed(one.ciphertext, other.map(key))).toBeUndefined();
});

test('no vector is left out', () => {
  expect(of('request-sign')).toHaveLength(8);
  expect(of('response-verify')).toHaveLength(5);
  expect(of('aead-decrypt')).toHaveLength(5);
  expect(of('notify')).toHaveLength(3);
  expect(of('pay-sign')).toHaveLength(2);
  expect(of('oaep-decrypt')).toHaveLength(3);
});
