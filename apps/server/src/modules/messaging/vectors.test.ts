import { createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import keyFile from '../../../test/vectors/alipay-keys.json' with { type: 'json' };
import alipay from '../../../test/vectors/alipay-v2.json' with { type: 'json' };
import vectors from '../../../test/vectors/messaging.json' with { type: 'json' };
import { certificateSn, rootSn } from './alipay-mini/certificate-sn.ts';
import { encoded, isSignedBy, rawMember, signText, textToSign } from './alipay-mini/sign.ts';
import * as aliyun from './aliyun-sms/sign.ts';
import { authSign } from './getui/index.ts';
import { basicAuthorization } from './jpush/index.ts';
import * as tencent from './tencent-sms/sign.ts';

const keys = keyFile.alipay;

/** Vectors are read by the names of their fields; what is missing fails the comparison. */
interface Case {
  readonly name: string;
  readonly kind: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
  readonly timestamp: string;
  readonly valid: boolean;
  readonly [text: string]: unknown;
}

const textOf = (item: Case | undefined, field: string) => String(item?.[field]);

function caseOf(kind: string): Case {
  const found = vectors.cases.find((each) => each.kind === kind);
  if (!found) throw new Error(`no vector ${kind}`);
  return found as unknown as Case;
}

describe('our requests carry exactly the signature that the provider computes', () => {
  test('Aliyun', () => {
    const item = caseOf('aliyun-v3');
    const request = { query: item.query, headers: item.headers, body: '' };
    expect(aliyun.canonicalRequest(request)).toBe(item['canonicalRequest']);
    const accessKeyId = textOf(item, 'accessKeyId');
    const accessKeySecret = textOf(item, 'accessKeySecret');
    const made = aliyun.authorization(request, { accessKeyId, accessKeySecret });
    expect(made).toBe(item['authorization']);
  });
  test('Aliyun, the older form that its documents still show', () => {
    const item = caseOf('aliyun-v1');
    const made = aliyun.legacySignature(item.params, textOf(item, 'accessKeySecret'));
    expect(made).toEqual({ text: item['stringToSign'], signature: item['signature'] });
  });
  test('Tencent Cloud', () => {
    const item = caseOf('tencent-tc3');
    const host = 'sms.tencentcloudapi.com';
    const keys = { secretId: textOf(item, 'secretId'), secretKey: textOf(item, 'secretKey') };
    const body = textOf(item, 'payload');
    const made = tencent.authorization({ host, body, timestamp: Number(item.timestamp) }, keys);
    expect(made).toBe(item['authorization']);
  });
  test('Getui', () => {
    const item = caseOf('getui-auth');
    const made = authSign(textOf(item, 'appKey'), item.timestamp, textOf(item, 'masterSecret'));
    expect(made).toBe(item['sign']);
  });
  test('JPush', () => {
    const item = caseOf('jpush-basic');
    const made = basicAuthorization(textOf(item, 'appKey'), textOf(item, 'masterSecret'));
    expect(made).toBe(item['authorization']);
  });
});

describe('Alipay', () => {
  const cases = alipay.cases as unknown as readonly Case[];
  const ofKind = (kind: string) => cases.filter((each) => each.kind === kind);

  test.each(ofKind('request-sign'))('$name', (item) => {
    const key = createPrivateKey(keys.appPrivateKeyPkcs8);
    expect(textToSign(item.params)).toBe(item['signString']);
    const sign = signText(textOf(item, 'signString'), key);
    expect(sign).toBe(item['sign']);
    expect(encoded({ ...item.params, sign })).toBe(item['encoded']);
  });
  test.each(ofKind('response-verify'))('$name', (item) => {
    const raw = rawMember(textOf(item, 'raw'), textOf(item, 'responseKey')) ?? '';
    const key = createPublicKey(keys.alipayPublicKeySpki);
    const isGood = isSignedBy(key, raw, textOf(item, 'sign'));
    expect(isGood).toBe(item.valid);
    if (isGood) expect(raw).toBe(item['signedSubstring']);
  });
  test('serial numbers of certificates', () => {
    const [item] = ofKind('cert-sn');
    expect(certificateSn(keys.appCertificate)).toBe(item?.['app_cert_sn']);
    expect(rootSn(keys.rootBundle)).toBe(item?.['alipay_root_cert_sn']);
  });
});
