import { createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { alipayContext, alipayKeys } from '../../../../test/alipay-context.ts';
import bill from '../../../../test/vectors/alipay-bill.json' with { type: 'json' };
import v2 from '../../../../test/vectors/alipay-v2.json' with { type: 'json' };
import v3 from '../../../../test/vectors/alipay-v3.json' with { type: 'json' };
import { readCertificates, rootCertSn } from './certificate.ts';
import { open, seal } from './encryption.ts';
import { readForm, readNotice } from './notify.ts';
import { readReply } from './reply.ts';
import { rawMembers } from './scan.ts';
import { encoded, isSignedBy, type Parameters, signed, signText, textToSign } from './sign.ts';
import { readArchive } from './statement.ts';

type Case = { readonly name: string; readonly kind: string } & Readonly<Record<string, unknown>>;
const cases = [...v2.cases, ...v3.cases] as unknown as readonly Case[];
const context = alipayContext('public-key');

function casesOf(kind: string): readonly Case[] {
  return cases.filter((item) => item.kind === kind);
}

test('every published vector of the protocol has its test here', () => {
  const counts = new Map<string, number>();
  for (const { kind } of cases) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  expect(Object.fromEntries(counts)).toEqual({
    'request-sign': 4,
    'cert-sn': 1,
    'response-verify': 6,
    'notify-verify': 3,
    aes: 1,
    'v3-request-sign': 3,
    'v3-response-verify': 2,
  });
  expect(bill.entries).toHaveLength(2);
});

describe('our requests carry exactly the signature that the channel computes', () => {
  test.each(casesOf('request-sign'))('$name', (item) => {
    const parameters = item.params as Parameters;
    expect(textToSign(parameters)).toBe(item.signString);
    const made = signed({ ...parameters, return_url: '' }, context.signingKey);
    expect(made.sign).toBe(item.sign);
    expect(encoded(made)).toBe(item.encoded);
  });

  test('with the same key in its older form too', () => {
    const [item] = casesOf('request-sign');
    const key = createPrivateKey(alipayKeys.appPrivateKeyPkcs1);
    expect(signed(item!.params as Parameters, key).sign).toBe(item!.sign);
  });
});

test('certificates have the serial numbers that the channel gives them', () => {
  const [item] = casesOf('cert-sn');
  expect(readCertificates(alipayKeys.appCertificate)[0]?.sn).toBe(item!.app_cert_sn);
  expect(readCertificates(alipayKeys.alipayCertificate)[0]?.sn).toBe(item!.alipay_cert_sn);
  const roots = readCertificates(alipayKeys.rootBundle);
  expect(roots).toHaveLength(3);
  expect(rootCertSn(roots)).toBe(item!.alipay_root_cert_sn);
});

describe('only what the channel signed is believed', () => {
  const methodOf = (item: Case) =>
    item.method === 'error_response' ? 'alipay.trade.query' : String(item.method);

  test.each(casesOf('response-verify'))('$name', async (item) => {
    const raw = String(item.raw);
    const reply = await readReply(context, methodOf(item), raw);
    expect(reply.kind !== 'unknown').toBe(item.valid);
    if (!item.valid) return;
    expect(rawMembers(raw)?.get(String(item.responseKey))).toBe(item.signedSubstring);
    const said = JSON.parse(String(item.signedSubstring)) as Record<string, string>;
    expect(reply).toMatchObject(
      said.code === '10000'
        ? { kind: 'done', code: '10000', raw: item.signedSubstring, wire: said }
        : { kind: 'refusal', isSigned: true, code: said.code, subCode: said.sub_code },
    );
  });

  test.each(casesOf('response-verify'))('with certificates: $name', async (item) => {
    const certified = alipayContext('certificate');
    const reply = await readReply(certified, methodOf(item), String(item.raw));
    expect(reply.kind !== 'unknown').toBe(item.valid);
  });
});

describe('notices of the channel are read, and nobody else’s', () => {
  test.each(casesOf('notify-verify'))('$name', async (item) => {
    const rawBody = Buffer.from(String(item.form));
    expect(readForm(String(item.form))).toEqual(item.params);
    const reading = await readNotice(context, { headers: {}, rawBody });
    const said = item.params as Parameters;
    expect(reading).toMatchObject(
      item.valid
        ? {
            state: 'authentic',
            notificationId: said.notify_id,
            trade: {
              orderNo: said.out_trade_no,
              tradeNo: said.trade_no,
              amountFen: 1280_50,
              currency: 'CNY',
              mchId: alipayKeys.sellerId,
              appId: alipayKeys.appId,
              payerOpenId: said.buyer_id,
              paidAt: new Date('2026-01-01T00:01:02Z'),
            },
          }
        : { state: 'refused', reason: 'bad-signature' },
    );
    const { sign: _sign, sign_type: _type, ...signedPart } = said;
    if (item.valid) expect(textToSign(signedPart)).toBe(item.signString);
  });
});

test('contents are sealed and opened as the channel does it', () => {
  const [item] = casesOf('aes');
  const key = Buffer.from(alipayKeys.aesKeyBase64, 'base64');
  expect(seal(String(item!.plaintext), key)).toBe(item!.ciphertext);
  expect(open(String(item!.ciphertext), key)).toBe(item!.plaintext);
  expect(open(String(item!.ciphertext).slice(4), key)).toBeUndefined();
});

describe('the newer protocol signs its own texts with the same keys', () => {
  test.each(casesOf('v3-request-sign'))('$name', (item) => {
    const signature = signText(String(item.signString), context.signingKey);
    const made = `ALIPAY-SHA256withRSA ${String(item.authString)},sign=${signature}`;
    expect(made).toBe(item.authorization);
  });

  test.each(casesOf('v3-response-verify'))('$name', (item) => {
    const headers = item.headers as Record<string, string>;
    const text = [headers['alipay-timestamp'], headers['alipay-nonce'], item.body, ''].join('\n');
    const key = createPublicKey(alipayKeys.alipayPublicKeySpki);
    expect(isSignedBy(key, text, headers['alipay-signature'] ?? '')).toBe(item.valid);
  });
});

describe('a day’s bill', () => {
  const bytes = Buffer.from(bill.zipBase64, 'base64');
  const wanted = { day: '2025-12-31', kind: 'trade', mchId: alipayKeys.sellerId } as const;

  test('is read to the fen, and agrees with its own totals', async () => {
    const result = await readArchive(bytes, wanted);
    expect(result).toMatchObject({
      state: 'ready',
      statement: {
        fileName: bill.entries[0]?.nameUtf8,
        lines: [
          {
            kind: 'payment',
            orderNo: 'PF20251231000001',
            tradeNo: '2025123122001425130500000001',
            amountFen: 1280_50,
            feeYuan: '7.68',
            at: '2025-12-31 09:00:10',
          },
          { kind: 'refund', refundNo: 'RF20251231000001', amountFen: 280_50, feeYuan: '-1.68' },
        ],
        totals: {
          paymentCount: bill.expected.tradeCount,
          paymentFen: 1280_50,
          refundCount: bill.expected.refundCount,
          refundFen: 280_50,
          feeYuan: '6.00',
        },
      },
    });
  });

  test.each([
    ['damaged', bytes.subarray(0, -30), wanted],
    ['of another account', bytes, { ...wanted, mchId: '2088000000000002' }],
    ['of another day', bytes, { ...wanted, day: '2025-12-30' }],
    ['of another kind', bytes, { ...wanted, kind: 'fund' } as const],
  ])('that is %s is not believed', async (_name, given, asked) => {
    expect(await readArchive(given, asked)).toMatchObject({ state: 'broken' });
  });
});
