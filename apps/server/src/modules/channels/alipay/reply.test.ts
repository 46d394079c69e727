import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { alipayContext, alipayCredentials, alipayKeys } from '../../../../test/alipay-context.ts';
import { answerOf, failure, success } from '../../../../test/alipay-gateway.ts';
import { seal } from './encryption.ts';
import { readReply } from './reply.ts';

const method = 'alipay.trade.query';
const context = alipayContext('public-key');
const aesKey = Buffer.from(alipayKeys.aesKeyBase64, 'base64');
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const otherPem = other.publicKey.export({ type: 'spki', format: 'pem' }).toString();

test('an answer without a signature is never a success, at most a hint', async () => {
  const said = (value: object) => JSON.stringify({ alipay_trade_query_response: value });
  expect(await readReply(context, method, said(success({})))).toMatchObject({ kind: 'unknown' });
  const refused = await readReply(context, method, said(failure('ACQ.TRADE_NOT_EXIST')));
  expect(refused).toMatchObject({ kind: 'refusal', isSigned: false });
  const down = await readReply(context, method, said(failure('isp.unknow-error', '20000')));
  expect(down).toMatchObject({ kind: 'unknown' });
});

test('a signed answer to another call is not one to this', async () => {
  const reply = await readReply(context, method, answerOf('alipay.trade.close', success({})));
  expect(reply).toMatchObject({ kind: 'unknown', reason: 'the answer is not one to this call' });
});

test('“service unavailable” and system errors leave open what happened', async () => {
  for (const said of [failure('aop.unknow-error', '20000'), failure('ACQ.SYSTEM_ERROR'), {}]) {
    expect(await readReply(context, method, answerOf(method, said))).toMatchObject({
      kind: 'unknown',
    });
  }
});

test('while the channel’s key is exchanged, both keys count', async () => {
  const credentials = { ...alipayCredentials, alipayPublicKeyPem: otherPem };
  const body = answerOf(method, success({ trade_no: '1' }));
  const alone = { ...context, credentials: { alipayPublicKeyPem: otherPem } };
  expect(await readReply(alone, method, body)).toMatchObject({ kind: 'unknown' });
  const rotating = { ...alone, credentials, previousCredentials: alipayCredentials };
  expect(await readReply(rotating, method, body)).toMatchObject({ kind: 'done' });
  const fresh = answerOf(method, success({ trade_no: '2' }), other.privateKey);
  expect(await readReply(rotating, method, fresh)).toMatchObject({ kind: 'done' });
});

test('an unknown certificate is looked up, and not believed when it is not found', async () => {
  const value = JSON.stringify(success({ trade_no: '3' }));
  const signed = answerOf(method, value, other.privateKey);
  const body = `${signed.slice(0, -1)},"alipay_cert_sn":"0123456789abcdef0123456789abcdef"}`;
  const asked: string[] = [];
  const findKey = async (serial: string) => {
    asked.push(serial);
    return other.publicKey;
  };
  const certified = alipayContext('certificate');
  expect(await readReply(certified, method, body)).toMatchObject({ kind: 'unknown' });
  expect(await readReply({ ...certified, findKey }, method, body)).toMatchObject({ kind: 'done' });
  expect(asked).toEqual(['0123456789abcdef0123456789abcdef']);
});

test('a pasted certificate that has ended vouches for nothing', async () => {
  const late = alipayContext('certificate', { clock: { now: () => new Date('2036-12-01') } });
  const sn = '"alipay_cert_sn":"5acb914a65ca4b50f161b86388a52458"';
  const body = `${answerOf(method, success({})).slice(0, -1)},${sn}}`;
  const without = { ...late, credentials: { ...alipayCredentials, alipayPublicKeyPem: '' } };
  expect(await readReply(without, method, body)).toMatchObject({ kind: 'unknown' });
  const now = { ...without, clock: context.clock };
  expect(await readReply(now, method, body)).toMatchObject({ kind: 'done' });
});

test('sealed answers are opened with the key of now or of before', async () => {
  const sealed = JSON.stringify(seal(JSON.stringify(success({ trade_no: '4' })), aesKey));
  const body = answerOf(method, sealed, createPrivateKey(alipayKeys.alipayPrivateKeyPkcs8));
  const now = { ...alipayCredentials, aesKey: alipayKeys.aesKeyBase64 };
  const later = { ...alipayCredentials, aesKey: Buffer.alloc(16, 7).toString('base64') };
  expect(await readReply({ ...context, credentials: now }, method, body)).toMatchObject({
    kind: 'done',
    wire: { trade_no: '4' },
  });
  const rotating = { ...context, credentials: later, previousCredentials: now };
  expect(await readReply(rotating, method, body)).toMatchObject({ kind: 'done' });
  expect(await readReply({ ...context, credentials: later }, method, body)).toMatchObject({
    kind: 'unknown',
  });
});
