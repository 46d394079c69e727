import { createPrivateKey } from 'node:crypto';
import forge from 'node-forge';
import { describe, expect, test } from 'vitest';
import { secrets, signedByUnionPay, unionPayContext } from '../../../../test/union-pay-context.ts';
import wire from '../../../../test/vectors/unionpay-5.1.0.json' with { type: 'json' };
import pfx from '../../../../test/vectors/unionpay-pfx.json' with { type: 'json' };
import { certIdOf, keyOfSigner } from './certificate.ts';
import { checkCredentials, expiriesOf, tidyCredentials } from './credentials.ts';
import { type Fields, readReply } from './fields.ts';
import { readNotice } from './notify.ts';
import { sha256Hex, signedByKey, signedBySecret, signText } from './sign.ts';
import { signed } from './signer.ts';
import { unpack } from './statement.ts';
import { verifyFields } from './verify.ts';

interface Case {
  readonly name: string;
  readonly kind: string;
  readonly params: Fields;
  readonly signString: string;
  readonly sha256Hex: string;
  readonly signature: string;
  readonly valid: boolean;
}
const cases = wire.cases as unknown as readonly Case[];
/** What the adapter adds by itself. */
const common = new Set('signature certId signMethod version encoding accessType merId'.split(' '));
const context = unionPayContext();
const { credentials } = context;

function casesOf(kind: string): readonly Case[] {
  const found = cases.filter((item) => item.kind === kind);
  expect(found.length).toBeGreaterThan(0);
  return found;
}

function posted(fields: Fields): Buffer {
  return Buffer.from(new URLSearchParams({ ...fields }).toString());
}

describe('what we sign is what UnionPay signs', () => {
  const key = createPrivateKey(secrets.merchantPrivateKeyPkcs8);

  test.each(casesOf('request-sign'))('$name', (item) => {
    expect(signText(item.params)).toBe(item.signString);
    expect(sha256Hex(signText(item.params))).toBe(item.sha256Hex);
    expect(signedByKey(item.params, key)).toBe(item.signature);
  });

  test.each(casesOf('request-sign'))('$name, as an account sends it', (item) => {
    const own = Object.entries(item.params).filter(([name]) => !common.has(name));
    expect(signed(context, Object.fromEntries(own))).toEqual(item.params);
  });

  test('the certId is the serial number in decimal', () => {
    expect(certIdOf(secrets.merchantCertificate)).toBe(secrets.certId);
  });

  test.each(casesOf('secure-key-sign'))('$name', (item) => {
    const { secureKey } = item as unknown as { secureKey: string };
    expect(signText(item.params)).toBe(item.signString);
    expect(signedBySecret(item.params, secureKey)).toBe(item.signature);
    const said = { ...item.params, signature: item.signature };
    const account = { ...context.account, mode: 'secret-key' as const };
    const ours = { ...context, account, credentials: { secureKey } };
    expect(verifyFields(ours, said)).toEqual({ authentic: true });
    expect(verifyFields({ ...ours, credentials: { secureKey: 'another' } }, said)).toMatchObject({
      reason: 'bad-signature',
    });
    // Nobody may choose the easier way for us.
    expect(verifyFields(context, said)).toMatchObject({ reason: 'wrong-algorithm' });
  });

  test.each(casesOf('file-content'))('$name', async (item) => {
    const { fileContent, bytesBase64 } = item as unknown as Record<string, string>;
    const unpacked = await unpack(fileContent ?? '');
    expect(unpacked?.toString('base64')).toBe(bytesBase64);
    expect(await unpack('AAAA')).toBeUndefined();
  });
});

describe('only what UnionPay signed is believed', () => {
  test.each(casesOf('notify-verify'))('$name: $valid', async (item) => {
    if (item.valid) expect(signText(item.params)).toBe(item.signString);
    expect(verifyFields(context, item.params).authentic).toBe(item.valid);
    const reading = await readNotice(context, { headers: {}, rawBody: posted(item.params) });
    expect(reading.state).toBe(item.valid ? 'authentic' : 'refused');
    if (!item.valid) return;
    expect(reading).toMatchObject({
      trade: {
        orderNo: 'PF20260101000001',
        tradeNo: '682601010800000000001',
        amountFen: 1280_50,
        currency: 'CNY',
        paidAt: new Date('2026-01-01T00:00:00Z'),
      },
    });
  });

  const notice = cases.find(({ kind, valid }) => kind === 'notify-verify' && valid)?.params ?? {};

  test('a certificate of another company under the same issuer signs nothing for UnionPay', () => {
    const forged = { ...notice, signPubKeyCert: secrets.merchantCertificate, signature: '' };
    const key = createPrivateKey(secrets.merchantPrivateKeyPkcs8);
    const said = { ...forged, signature: signedByKey(forged, key) };
    expect(verifyFields(context, said)).toMatchObject({ reason: 'unknown-serial' });
  });

  test('a chain that the pasted certificates do not begin is nobody’s', () => {
    const trust = { isTest: false, now: context.clock.now() };
    const pem = secrets.unionpayCertificate;
    const { middlePem = '', rootPem = '' } = credentials;
    expect(keyOfSigner(pem, { ...trust, credentials })).toBeDefined();
    const crossed = { middlePem: rootPem, rootPem: middlePem };
    expect(keyOfSigner(pem, { ...trust, credentials: crossed })).toBeUndefined();
    expect(keyOfSigner(pem, { ...trust, credentials: { middlePem } })).toBeUndefined();
    expect(keyOfSigner('no certificate', { ...trust, credentials })).toBeUndefined();
    expect(keyOfSigner(middlePem, { ...trust, credentials })).toBeUndefined();
  });

  test('the signer of the test environment counts there and nowhere else', () => {
    const { pem, middlePem, rootPem } = chainOf('041@Z12@00040000:SIGN@00000001');
    const trust = { credentials: { middlePem, rootPem }, now: context.clock.now() };
    expect(keyOfSigner(pem, { ...trust, isTest: true })).toBeDefined();
    expect(keyOfSigner(pem, { ...trust, isTest: false })).toBeUndefined();
    const near = chainOf('中国银联股份有限公司@Z12@某公司@1');
    const other = { credentials: { middlePem: near.middlePem, rootPem: near.rootPem } };
    expect(keyOfSigner(near.pem, { ...trust, ...other, isTest: true })).toBeUndefined();
  });

  test('a certificate that may not issue others is no middle', () => {
    const { pem, middlePem, rootPem } = chainOf('041@Z12@00040000:SIGN@1', { isCa: false });
    const trust = { credentials: { middlePem, rootPem }, now: context.clock.now(), isTest: true };
    expect(keyOfSigner(pem, trust)).toBeUndefined();
  });

  test('a certificate counts within its time only', () => {
    const pem = secrets.unionpayCertificate;
    const at = (day: string) => ({ credentials, isTest: false, now: new Date(day) });
    expect(keyOfSigner(pem, at('2026-11-01'))).toBeUndefined();
    expect(keyOfSigner(pem, at('2030-01-01'))).toBeDefined();
    expect(keyOfSigner(pem, at('2037-01-01'))).toBeUndefined();
  });

  test('while a rotation lasts, the certificates of before still count', () => {
    const lost = { ...credentials, rootPem: '', middlePem: '' };
    expect(verifyFields({ ...context, credentials: lost }, notice).authentic).toBe(false);
    const rotating = { ...context, credentials: lost, previousCredentials: credentials };
    expect(verifyFields(rotating, notice).authentic).toBe(true);
    const account = { ...context.account, mode: 'secret-key' as const };
    const other = { ...rotating, account, credentials: { secureKey: 'a new secure key' } };
    expect(verifyFields(other, notice).authentic).toBe(true);
  });

  test('a notice for another merchant is refused, and so is a field that comes twice', async () => {
    const read = (rawBody: Buffer) => readNotice(context, { headers: {}, rawBody });
    expect(await read(posted(signedByUnionPay({ ...notice, merId: '000000000000000' })))).toEqual({
      state: 'refused',
      reason: 'foreign-merchant',
    });
    const twice = Buffer.concat([posted(notice), Buffer.from('&txnAmt=1')]);
    expect(await read(twice)).toEqual({ state: 'refused', reason: 'not-readable' });
    expect(await read(Buffer.from('hello'))).toMatchObject({ reason: 'not-readable' });
  });
});

test('values in brackets keep their separators', () => {
  const body = 'a=1&reserved={x=[1&2]&y=3}&list=[p={q&r}]&empty=&cert=AB==&z=last';
  expect(readReply(body)).toEqual({
    a: '1',
    reserved: '{x=[1&2]&y=3}',
    list: '[p={q&r}]',
    empty: '',
    cert: 'AB==',
    z: 'last',
  });
  expect(readReply('a=1&a=2')).toBeUndefined();
  expect(readReply('<html>')).toBeUndefined();
});

describe('the clerk has a .pfx and no tools', () => {
  const issuers = { middlePem: credentials.middlePem ?? '', rootPem: credentials.rootPem ?? '' };

  test.each(['legacy', 'modern'] as const)('a %s file opens', (kind) => {
    const given = { ...issuers, pfx: pfx[kind], pfxPassword: pfx.password };
    const kept = tidyCredentials(given);
    expect(Object.keys(kept).sort()).toEqual(
      ['certificatePem', 'middlePem', 'privateKeyPem', 'rootPem'].sort(),
    );
    expect(certIdOf(kept.certificatePem ?? '')).toBe(secrets.certId);
    expect(kept.privateKeyPem).toBe(secrets.merchantPrivateKeyPkcs8);
    expect(checkCredentials(kept, 'certificate')).toEqual([]);
    // As a browser reads a file.
    const dataUrl = `data:application/x-pkcs12;base64,${pfx[kind]}`;
    expect(tidyCredentials({ ...given, pfx: dataUrl })).toEqual(kept);
  });

  test('a newer file replaces the key of before', () => {
    const before = { ...issuers, privateKeyPem: 'old', certificatePem: 'old' };
    const kept = tidyCredentials({ ...before, pfx: pfx.modern, pfxPassword: pfx.password });
    expect(checkCredentials(kept, 'certificate')).toEqual([]);
  });

  test.each([
    ['another password', { pfx: pfx.legacy, pfxPassword: '111111' }],
    ['another file', { pfx: Buffer.from('a picture').toString('base64'), pfxPassword: '000000' }],
    ['no Base64', { pfx: '证书', pfxPassword: '000000' }],
  ])('%s is named', (_name, given) => {
    const kept = tidyCredentials({ ...issuers, ...given });
    expect(checkCredentials(kept, 'certificate')).toEqual([
      { field: 'credentials.pfx', reason: expect.stringContaining('无法打开') as string },
    ]);
  });

  test('everything missing or mixed up is named', () => {
    const fieldsOf = (given: Record<string, string>) =>
      checkCredentials(given, 'certificate').map(({ field }) => field);
    expect(fieldsOf({})).toEqual([
      'credentials.pfx',
      'credentials.middlePem',
      'credentials.rootPem',
    ]);
    const { privateKeyPem = '', certificatePem = '' } = credentials;
    expect(fieldsOf({ ...issuers, privateKeyPem, certificatePem: 'x' })).toEqual([
      'credentials.certificatePem',
    ]);
    expect(fieldsOf({ ...issuers, privateKeyPem: 'x', certificatePem })).toEqual([
      'credentials.privateKeyPem',
    ]);
    const another = { certificatePem: secrets.unionpayCertificate, privateKeyPem };
    expect(fieldsOf({ ...issuers, ...another })).toEqual(['credentials.certificatePem']);
    const swapped = { middlePem: issuers.rootPem, rootPem: issuers.middlePem };
    expect(fieldsOf({ ...swapped, privateKeyPem, certificatePem })).toEqual([
      'credentials.middlePem',
    ]);
    expect(checkCredentials({ secureKey: 'short' }, 'secret-key')).toHaveLength(1);
    expect(checkCredentials({ secureKey: 'long enough to be one' }, 'secret-key')).toEqual([]);
  });

  test('what ends is told with its day', () => {
    expect(expiriesOf(credentials).map(({ field }) => field)).toEqual([
      'certificatePem',
      'middlePem',
      'rootPem',
    ]);
    expect(expiriesOf(credentials)[0]?.at).toEqual(new Date('2036-11-20T10:16:14Z'));
    expect(expiriesOf({ secureKey: 'x' })).toEqual([]);
  });
});

/** Certificates of an own chain, with the vectors' keys. */
function chainOf(name: string, { isCa = true } = {}) {
  const { pki } = forge;
  const issuerKey = pki.privateKeyFromPem(
    createPrivateKey(secrets.merchantPrivateKeyPkcs8)
      .export({ type: 'pkcs1', format: 'pem' })
      .toString(),
  );
  const publicKey = pki.setRsaPublicKey(issuerKey.n, issuerKey.e);
  const issue = (subject: string, issuer: string, ca: boolean) => {
    const certificate = pki.createCertificate();
    certificate.publicKey = publicKey;
    certificate.serialNumber = '01';
    certificate.validity.notBefore = new Date('2026-01-01');
    certificate.validity.notAfter = new Date('2030-01-01');
    // The published types take the tag for a class.
    const valueTagClass = forge.asn1.Type.UTF8 as unknown as forge.asn1.Class;
    const named = (value: string) => [{ name: 'commonName', value, valueTagClass }];
    certificate.setSubject(named(subject));
    certificate.setIssuer(named(issuer));
    if (ca) certificate.setExtensions([{ name: 'basicConstraints', cA: true }]);
    certificate.sign(issuerKey, forge.md.sha256.create());
    return pki.certificateToPem(certificate);
  };
  return {
    rootPem: issue('root', 'root', true),
    middlePem: issue('middle', 'root', isCa),
    pem: issue(name, 'middle', false),
  };
}
