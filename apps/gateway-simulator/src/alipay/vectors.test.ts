import { readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { readAnswer, startAlipay } from '../../test/alipay-merchant.ts';
import { certificateSn, rootSn } from './certificate-sn.ts';
import { readPairs } from './form.ts';
import { isSignedBy, signBytes, signedBytes, withSignature } from './signing.ts';
import { zipOf } from './zip.ts';

type Case = {
  name: string;
  kind: string;
  params: Record<string, string>;
  signString: string;
  signedSubstring: string;
  raw: string;
  sign: string;
  encoded: string;
  form: string;
  valid: boolean;
  app_cert_sn: string;
  alipay_cert_sn: string;
  alipay_root_cert_sn: string;
};

const file = new URL('../../test/vectors/alipay-v2.json', import.meta.url);
const { keys, cases, bill } = JSON.parse(readFileSync(file, 'utf8')) as {
  keys: Record<string, string>;
  cases: Case[];
  bill: { zipBase64: string; entries: { nameUtf8: string; textUtf8: string }[] };
};
const of = (kind: string) => cases.filter((one) => one.kind === kind);
const key = (name: string) => keys[name] ?? '';

test.each(of('request-sign'))('accepts the published request: $name', (one) => {
  const pairs = readPairs(one.encoded);
  const text = signedBytes(pairs, ['sign']);
  expect(text.toString()).toBe(one.signString);
  const sign = pairs.get('sign')?.toString() ?? '';
  expect(isSignedBy(text, sign, key('appPublicKeySpki'))).toBe(true);
  expect(isSignedBy(text, sign, key('appCertificate'))).toBe(true);
  expect(isSignedBy(Buffer.concat([text, Buffer.from(' ')]), sign, key('appCertificate'))).toBe(
    false,
  );
});

test.each(of('response-verify'))('signs as published: $name', (one) => {
  const ours = signBytes(Buffer.from(one.signedSubstring), key('alipayPrivateKeyPkcs8'));
  expect(ours).toBe(one.sign);
  expect(readAnswer(200, one.raw, key('alipayPublicKeySpki')).isSigned).toBe(one.valid);
});

test.each(of('notify-verify'))('signs a notification as published: $name', (one) => {
  const form = Object.fromEntries(new URLSearchParams(one.form));
  const { sign, sign_type: _, ...params } = form;
  const ours = withSignature(params, key('alipayPrivateKeyPkcs8'));
  expect(ours.sign === sign).toBe(one.valid);
});

test('serial numbers of certificates are the published ones; other roots are skipped', () => {
  const published = of('cert-sn')[0];
  expect(certificateSn(key('appCertificate'))).toBe(published?.app_cert_sn);
  expect(certificateSn(key('alipayCertificate'))).toBe(published?.alipay_cert_sn);
  expect(rootSn(key('rootBundle'))).toBe(published?.alipay_root_cert_sn);
});

test('the published order string and both published modes reach the gateway', async () => {
  const scene = await startAlipay({ startAt: Date.parse('2026-01-01T08:00:30+08:00') });
  const register = (fields: Record<string, unknown>) =>
    scene.control('POST', 'alipay/merchants', {
      appId: key('appId'),
      sellerId: key('sellerId'),
      name: '幸福物业',
      redirectHosts: [],
      ...fields,
    });
  const post = (encoded: string) =>
    fetch(`${scene.simulator.url}/gateway.do`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: encoded,
    });
  const [inKeyMode, , , orderString] = of('request-sign');
  await register({ mode: 'key', appPublicKeyPem: key('appPublicKeySpki') });
  expect(await (await post(inKeyMode?.encoded ?? '')).text()).toContain('"code":"10000"');
  const opened = await fetch(`${scene.simulator.url}/gateway.do?${orderString?.encoded}`);
  expect(await opened.text()).toContain('停车费&#38;车位A-1=月卡');
  // The published root is not ours, so certificate mode is checked up to that point.
  await register({ mode: 'certificate', appCertificatePem: key('appCertificate') });
  const answer = await (await post(of('request-sign')[1]?.encoded ?? '')).text();
  expect(answer).toContain('isv.invalid-alipay-root-cert-sn');
  await scene.close();
});

test('a ZIP of ours has the names and the layout of the published one', () => {
  const published = Buffer.from(bill.zipBase64, 'base64');
  const entries = bill.entries.map(({ nameUtf8, textUtf8 }) => ({
    name: iconv.encode(nameUtf8, 'gbk'),
    content: iconv.encode(textUtf8, 'gbk'),
  }));
  const ours = zipOf(entries);
  const flagsAndMethod = (zip: Buffer) => zip.subarray(4, 10).toString('hex');
  expect(flagsAndMethod(ours)).toBe(flagsAndMethod(published));
  const nameOf = (zip: Buffer) => zip.subarray(30, 30 + zip.readUInt16LE(26));
  expect(nameOf(ours)).toEqual(nameOf(published));
});
