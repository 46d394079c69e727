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
type Case = Readonly<{ [field: string]: any }>;

function caseOf(kind: string): Case {
  const found = vectors.cases.find((each) => each.kind === kind);
  if (!found) throw new Error(`no vector ${kind}`);
  return found as unknown as Case;
}

describe('our requests carry exactly the signature that the provider computes', () => {
  test('Aliyun', () => {
    const { query, headers, accessKeyId, accessKeySecret, ...wanted } = caseOf('aliyun-v3');
    const request = { query, headers, body: '' };
    expect(aliyun.canonicalRequest(request)).toBe(wanted['canonicalRequest']);
    const made = aliyun.authorization(request, { accessKeyId, accessKeySecret });
    expect(made).toBe(wanted['authorization']);
  });
  test('Aliyun, the older form that its documents still show', () => {
    const { params, accessKeySecret, ...wanted } = caseOf('aliyun-v1');
    const made = aliyun.legacySignature(params, accessKeySecret);
    expect(made).toEqual({ text: wanted['stringToSign'], signature: wanted['signature'] });
  });
  test('Tencent Cloud', () => {
    const { secretId, secretKey, timestamp, payload, authorization } = caseOf('tencent-tc3');
    const request = { host: 'sms.tencentcloudapi.com', body: payload, timestamp };
    expect(tencent.authorization(request, { secretId, secretKey })).toBe(authorization);
  });
  test('Getui', () => {
    const { appKey, timestamp, masterSecret, sign } = caseOf('getui-auth');
    expect(authSign(appKey, timestamp, masterSecret)).toBe(sign);
  });
  test('JPush', () => {
    const { appKey, masterSecret, authorization } = caseOf('jpush-basic');
    expect(basicAuthorization(appKey, masterSecret)).toBe(authorization);
  });
});

describe('Alipay', () => {
  const cases = alipay.cases as unknown as readonly (Case & { readonly name: string })[];
  const ofKind = (kind: string) => cases.filter((each) => each['kind'] === kind);

  test.each(ofKind('request-sign'))('$name', ({ params, signString, sign, encoded: wanted }) => {
    const key = createPrivateKey(keys.appPrivateKeyPkcs8);
    expect(textToSign(params)).toBe(signString);
    expect(signText(signString, key)).toBe(sign);
    expect(encoded({ ...(params as object), sign })).toBe(wanted);
  });
  test.each(ofKind('response-verify'))('$name', (item) => {
    const raw = rawMember(item['raw'], item['responseKey']) ?? '';
    const isGood = isSignedBy(createPublicKey(keys.alipayPublicKeySpki), raw, item['sign']);
    expect(isGood).toBe(item['valid']);
    if (isGood) expect(raw).toBe(item['signedSubstring']);
  });
  test('serial numbers of certificates', () => {
    const [item] = ofKind('cert-sn');
    expect(certificateSn(keys.appCertificate)).toBe(item?.['app_cert_sn']);
    expect(rootSn(keys.rootBundle)).toBe(item?.['alipay_root_cert_sn']);
  });
});
