import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import {
  type Fields,
  isSignedByKey,
  isSignedBySecret,
  sha256Hex,
  signByKey,
  signBySecret,
  signedText,
} from './signature.ts';
import { formOf, readForm } from './wire.ts';
import { fileContentOf, zipOf, zmBytes } from './zm-file.ts';
import { type ZmRecord, zmLayout } from './zm-layout.ts';

type Case = {
  name: string;
  kind: string;
  params: Fields;
  signString: string;
  sha256Hex: string;
  signature: string;
  valid: boolean;
  secureKey: string;
  fileContent: string;
  bytesBase64: string;
};

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../test/vectors/${name}.json`, import.meta.url), 'utf8'));
const { cases } = read('unionpay-5.1.0') as { cases: Case[] };
const keys = read('unionpay-keys') as Record<string, string>;
const zm = read('unionpay-zm') as {
  layout: { field: string; offset: number; width: number }[];
  recordBytes: number;
  zmBase64: string;
  zipName: string;
  expected: ZmRecord[];
};
const of = (kind: string) => cases.filter((one) => one.kind === kind);
const publicKeyOf = (pem = '') =>
  new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'pem' }).toString();

test.each(of('request-sign'))('accepts the published request: $name', (one) => {
  expect(signedText(one.params)).toBe(one.signString);
  expect(sha256Hex(one.signString)).toBe(one.sha256Hex);
  expect(signByKey(one.params, keys.merchantPrivateKeyPkcs8 ?? '')).toBe(one.signature);
  // Through the wire and back: values are URL-encoded in a request, the signature is not.
  const arrived = readForm(Buffer.from(formOf(one.params))) ?? {};
  expect(isSignedByKey(arrived, publicKeyOf(keys.merchantCertificate))).toBe(true);
  const raised = { ...arrived, txnAmt: '1', orderId: 'OTHER0001' };
  expect(isSignedByKey(raised, publicKeyOf(keys.merchantCertificate))).toBe(false);
});

test('the certId of a request is the decimal serial number of the merchant certificate', () => {
  const { serialNumber } = new X509Certificate(keys.merchantCertificate ?? '');
  expect(BigInt(`0x${serialNumber}`).toString()).toBe(keys.certId);
});

test.each(of('notify-verify'))('signs as the published notification: $name', (one) => {
  const publicKey = publicKeyOf(one.params.signPubKeyCert);
  expect(isSignedByKey(one.params, publicKey)).toBe(one.valid);
  const signature = signByKey(one.params, keys.unionpayPrivateKeyPkcs8 ?? '');
  expect(signature === one.params.signature).toBe(one.valid);
});

test.each(of('secure-key-sign'))('signs with a secret as published: $name', (one) => {
  const signature = signBySecret(one.params, one.secureKey);
  expect(signature).toBe(one.signature);
  expect(isSignedBySecret({ ...one.params, signature }, one.secureKey)).toBe(true);
  expect(isSignedBySecret({ ...one.params, signature }, 'another')).toBe(false);
  expect(isSignedBySecret(one.params, one.secureKey)).toBe(false);
});

test.each(of('file-content'))('packs a file as published: $name', (one) => {
  const bytes = Buffer.from(one.bytesBase64, 'base64');
  expect(inflateSync(Buffer.from(one.fileContent, 'base64'))).toEqual(bytes);
  expect(inflateSync(Buffer.from(fileContentOf(bytes), 'base64'))).toEqual(bytes);
});

test('a clearing record stands byte for byte as published', () => {
  let offset = 0;
  for (const [index, [field, width]] of zmLayout.entries()) {
    expect(zm.layout[index]).toEqual({ field, offset, width });
    offset += width + 1;
  }
  expect(offset - 1).toBe(zm.recordBytes);
  expect(zmBytes(zm.expected).toString('base64')).toBe(zm.zmBase64);
});

test('a text that is too long for its field never shifts the next one', () => {
  const [record] = zm.expected;
  const long = zmBytes([{ ...record, subMerAbbr: '幸福里物业服务有限公司第一分公司收费处' }]);
  expect(long).toHaveLength(zm.recordBytes + 2);
  expect(long.subarray(360, 373).toString()).toBe(' '.repeat(13));
});

test('the ZIP opens and holds the file', () => {
  const name = 'INN25123188ZM_777290058110048';
  const bytes = zmBytes(zm.expected);
  const packed = fileContentOf(zipOf({ [name]: bytes }, new Date('2026-01-01T00:00:00Z')));
  const files = unzipSync(inflateSync(Buffer.from(packed, 'base64')));
  expect(Buffer.from(files[name] ?? [])).toEqual(bytes);
});

test('a field that comes twice makes a form unreadable', () => {
  expect(readForm(Buffer.from('txnAmt=1&txnAmt=100'))).toBeUndefined();
});
