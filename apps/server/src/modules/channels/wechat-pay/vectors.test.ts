import { createPrivateKey, createPublicKey } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import v2 from '../../../../test/vectors/wechat-v2.json' with { type: 'json' };
import v3 from '../../../../test/vectors/wechat-v3.json' with { type: 'json' };
import { wechatContext, wechatKeys } from '../../../../test/wechat-context.ts';
import { openSealed } from './aead.ts';
import { readTradeBill } from './bill.ts';
import { readCertificates } from './certificates.ts';
import { appParameters, jsapiParameters } from './instructions.ts';
import { readNotice } from './notify.ts';
import { openSensitive, sealSensitive } from './sensitive.ts';
import { authorization } from './sign.ts';
import { isStatementWhole } from './statement.ts';
import { openReqInfo, signedXml, signV2, type V2SignType } from './v2.ts';
import { verifySigned } from './verify.ts';

type Case = { readonly name: string; readonly kind: string } & Readonly<Record<string, unknown>>;
const all = v3.cases as unknown as readonly Case[];
const secrets = wechatKeys;
const now = new Date('2026-01-01T00:00:00Z');
const context = wechatContext();

function casesOf(kind: string): readonly Case[] {
  return all.filter((item) => item.kind === kind);
}

function headersOf(item: Case): Record<string, string> {
  const given = Object.entries(item.headers as Record<string, string>);
  return Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), value]));
}

function bodyOf(item: Case): Buffer {
  return Buffer.from(String(item.body));
}

test('every published vector of the protocol has its test here', () => {
  const counts = new Map<string, number>();
  for (const { kind } of all) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  expect(Object.fromEntries(counts)).toEqual({
    'request-sign': 8,
    'response-verify': 5,
    'certificates-reply': 1,
    notify: 3,
    'aead-decrypt': 5,
    'oaep-decrypt': 3,
    'pay-sign': 2,
    'trade-bill': 1,
  });
});

describe('our requests carry exactly the signature that the channel computes', () => {
  test.each(casesOf('request-sign'))('$name', (item) => {
    const input = item.input as Record<
      'method' | 'urlPath' | 'timestamp' | 'nonce' | 'body',
      string
    >;
    const request = {
      method: input.method === 'GET' ? 'GET' : 'POST',
      path: input.urlPath,
      timestamp: input.timestamp,
      nonce: input.nonce,
      body: input.body,
    } as const;
    const signer = {
      mchId: secrets.mchid,
      serial: secrets.merchantSerialNo,
      key: context.signingKey,
    };
    const parts = (text: string) =>
      text
        .replace(/^(\S+) /, '$1,')
        .split(',')
        .sort();
    expect(parts(authorization(request, signer))).toEqual(parts(String(item.authorization)));
  });
});

describe('only what the channel signed is believed', () => {
  test.each(casesOf('response-verify'))('$name', async (item) => {
    const said = { headers: headersOf(item), body: bodyOf(item) };
    const verdict = await verifySigned(said, { now, findKey: context.findKey });
    expect(verdict.authentic).toBe(item.valid);
  });

  test('five minutes and a second later the same reply counts as replayed', async () => {
    const [item] = casesOf('response-verify');
    const said = { headers: headersOf(item!), body: bodyOf(item!) };
    const at = (seconds: number) =>
      verifySigned(said, {
        now: new Date(now.getTime() + seconds * 1000),
        findKey: context.findKey,
      });
    expect(await at(300)).toEqual({ authentic: true });
    expect(await at(-300)).toEqual({ authentic: true });
    expect(await at(301)).toEqual({ authentic: false, reason: 'stale-timestamp' });
    expect(await at(-301)).toEqual({ authentic: false, reason: 'stale-timestamp' });
  });
});

test('the list of platform certificates opens and vouches for itself', () => {
  const [item] = casesOf('certificates-reply');
  const found = readCertificates(String(item!.body), [secrets.apiv3Key]);
  expect(found?.map(({ serial, pem }) => [serial, pem.trim()])).toEqual([
    [secrets.platformSerialNo, secrets.platformCertificate.trim()],
  ]);
  expect(readCertificates(String(item!.body), ['x'.repeat(32)])).toBeUndefined();
});

describe('notices of the channel are read, and nobody else’s', () => {
  test.each(casesOf('notify'))('$name', async (item) => {
    const notice = { headers: headersOf(item), rawBody: bodyOf(item) };
    const reading = await readNotice(context, notice);
    const clear = JSON.parse(String(item.plaintext)) as Record<string, unknown>;
    if (clear.refund_status !== undefined) {
      expect(reading).toMatchObject({
        state: 'authentic',
        eventType: 'REFUND.SUCCESS',
        refund: {
          orderNo: clear.out_trade_no,
          refundNo: clear.out_refund_no,
          channelRefundNo: clear.refund_id,
          amountFen: (clear.amount as { refund: number }).refund,
          refundedAt: new Date('2026-01-01T01:00:00Z'),
        },
      });
      expect(reading).not.toHaveProperty('trade');
      return;
    }
    expect(reading).toMatchObject({
      state: 'authentic',
      eventType: 'TRANSACTION.SUCCESS',
      trade: {
        orderNo: clear.out_trade_no,
        tradeNo: clear.transaction_id,
        amountFen: (clear.amount as { total: number }).total,
        currency: 'CNY',
        mchId: secrets.mchid,
        appId: secrets.appid,
        raw: item.plaintext,
      },
    });
  });

  test.each([
    ['foreign-merchant', { mchId: '1900000002' }],
    ['foreign-app', { appId: 'wx0000000000000000' }],
  ])('a valid notice of another account is refused: %s', async (reason, other) => {
    const [item] = casesOf('notify');
    const notice = { headers: headersOf(item!), rawBody: bodyOf(item!) };
    const account = { ...context.account, ...other };
    expect(await readNotice({ ...context, account }, notice)).toEqual({ state: 'refused', reason });
  });
});

describe('the seal of a resource is checked to its last byte', () => {
  test.each(casesOf('aead-decrypt'))('$name', (item) => {
    const opened = openSealed(secrets.apiv3Key, {
      nonce: String(item.nonce),
      associated_data: String(item.associated_data),
      ciphertext: String(item.ciphertext),
    });
    expect(opened).toBe(item.valid ? item.plaintext : undefined);
  });
});

describe('names and cards are opened by their addressee', () => {
  test.each(casesOf('oaep-decrypt'))('$name', (item) => {
    const pem = (secrets as Record<string, string>)[String(item.decryptWith)] ?? '';
    const privateKey = createPrivateKey(pem);
    expect(openSensitive(privateKey, String(item.ciphertext))).toBe(item.plaintext);
    const sealed = sealSensitive(createPublicKey(pem), String(item.plaintext));
    expect(openSensitive(privateKey, sealed)).toBe(item.plaintext);
  });
});

describe('the wallet accepts our payment parameters', () => {
  test.each(casesOf('pay-sign'))('$name', (item) => {
    const expected = item.result as Record<string, string>;
    const input = {
      prepayId: String(item.prepayId),
      timestamp: '1767225600',
      nonce: expected.nonceStr ?? expected.noncestr ?? '',
    };
    const made =
      item.client === 'jsapi'
        ? jsapiParameters(context, input).params
        : appParameters(context, input);
    expect(made).toEqual(expected);
  });
});

test('a day’s bill is read to the fen, and a changed one is noticed', () => {
  const [item] = casesOf('trade-bill');
  const bytes = gunzipSync(Buffer.from(String(item!.gzipBase64), 'base64'));
  const hash = { type: String(item!.hash_type), value: String(item!.hash_value) };
  expect(isStatementWhole(bytes, hash)).toBe(true);
  expect(isStatementWhole(bytes.subarray(0, -1), hash)).toBe(false);
  const bill = readTradeBill(bytes, context.account);
  if ('broken' in bill) throw new Error(bill.broken);
  expect(bill.lines).toHaveLength(Number(item!.rows));
  expect(bill.lines.map((line) => [line.kind, line.amountFen, line.feeYuan])).toEqual([
    ['payment', 1280_50, '7.68000'],
    ['refund', 280_50, '-1.68000'],
  ]);
  expect(bill.totals).toEqual({
    paymentCount: 1,
    paymentFen: 1280_50,
    refundCount: 1,
    refundFen: 280_50,
    feeYuan: '6.00',
  });
});

describe('the older protocol signs and opens alike', () => {
  const cases = v2.cases as unknown as readonly Case[];
  const signed = cases.filter(({ kind }) => kind === 'v2-sign');
  test.each(signed)('$name', (item) => {
    const parameters = item.params as Record<string, string>;
    const type = item.signType as V2SignType;
    expect(signV2(parameters, secrets.apiv2Key, type)).toBe(item.sign);
    expect(signedXml(parameters, secrets.apiv2Key, type)).toBe(item.xml);
  });

  test('the hidden part of a refund notice', () => {
    const item = cases.find(({ kind }) => kind === 'v2-refund-req-info');
    expect(openReqInfo(String(item!.req_info), secrets.apiv2Key)).toBe(item!.plaintext);
    expect(openReqInfo(String(item!.req_info), secrets.apiv3Key)).toBeUndefined();
    expect([cases.length, signed.length]).toEqual([3, 2]);
  });
});
