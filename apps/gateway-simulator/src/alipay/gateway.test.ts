import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { APP_ID, registration, snOf, startAlipay } from '../../test/alipay-merchant.ts';

let scene: Awaited<ReturnType<typeof startAlipay>>;
beforeAll(async () => {
  scene = await startAlipay();
});
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.control('POST', 'reset', {});
  scene.receiver.clear();
});

const arm = (at: string, fault: string, more: Record<string, unknown> = {}) =>
  scene.control('POST', 'faults', { at, fault, channel: 'alipay', ...more });

function refused(changes: Record<string, string | null>, at = Date.now()) {
  const params = scene.signed('alipay.trade.query', { out_trade_no: 'NONE' }, at);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) params.delete(name);
    else params.set(name, value);
  }
  return scene.send(params);
}

test.each([
  ['method', null, '40001', 'isv.missing-method', false],
  ['app_id', null, '40001', 'isv.missing-app-id', false],
  ['app_id', '2021999999999999', '40002', 'isv.invalid-app-id', false],
  ['sign_type', null, '40001', 'isv.missing-signature-type', false],
  ['sign_type', 'RSA', '40002', 'isv.invalid-signature-type', true],
  ['sign', null, '40001', 'isv.missing-signature', false],
  ['sign', 'AAAA', '40002', 'isv.invalid-signature', true],
  ['biz_content', '{"out_trade_no":"X"}', '40002', 'isv.invalid-signature', true],
  ['timestamp', null, '40001', 'isv.missing-timestamp', false],
  ['version', null, '40001', 'isv.missing-version', false],
  ['charset', 'latin1', '40002', 'isv.invalid-charset', true],
  ['format', 'XML', '40002', 'isv.invalid-format', true],
  ['encrypt_type', 'AES', '40002', 'isv.invalid-encrypt-type', true],
])('%s = %s is refused with %s %s', async (name, value, code, subCode, isSigned) => {
  const answer = await refused({ [name]: value });
  expect(answer.key).toBe('error_response');
  expect([answer.status, answer.value.code, answer.value.sub_code]).toEqual([200, code, subCode]);
  expect(answer.isSigned).toBe(isSigned);
});

test('the time stamp is Beijing time within ten minutes', async () => {
  const at = (offset: number) => scene.call('alipay.trade.query', { out_trade_no: 'N' }, offset);
  const now = Date.now();
  expect((await at(now - 590_000)).value.sub_code).toBe('ACQ.TRADE_NOT_EXIST');
  expect((await at(now - 610_000)).value.sub_code).toBe('isv.invalid-timestamp');
  expect((await at(now - 8 * 3600_000)).value.sub_code).toBe('isv.invalid-timestamp');
});

test('an unknown method and a biz_content that is no object are refused', async () => {
  const unknown = await scene.call('alipay.trade.unknown', {});
  expect(unknown.value.sub_code).toBe('isv.invalid-method');
  const broken = await scene.call('alipay.trade.query', {}, Date.now(), { biz_content: '[' });
  expect(broken.value.sub_code).toBe('isv.invalid-parameter');
});

test('parameters come from query and body in any mix', async () => {
  const params = scene.signed('alipay.trade.query', { out_trade_no: 'NONE' });
  const biz = params.get('biz_content') ?? '';
  params.delete('biz_content');
  const answer = await fetch(`${scene.simulator.url}/gateway.do?${params.toString()}`, {
    method: 'POST',
    body: new URLSearchParams({ biz_content: biz }),
  });
  expect(await answer.text()).toContain('ACQ.TRADE_NOT_EXIST');
});

test('a request in GBK is verified, read and answered in GBK', async () => {
  const buyer = { buyer_id: '2088102146225135' };
  const biz = JSON.stringify(scene.order('GBK1', { subject: '物业费', ...buyer }));
  const encoded = scene.signedIn('gbk', 'alipay.trade.create', biz);
  const answer = await fetch(`${scene.simulator.url}/gateway.do`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded;charset=gbk' },
    body: encoded,
  });
  expect(answer.headers.get('content-type')).toContain('gbk');
  expect(await answer.text()).toContain('"code":"10000"');
  expect((await scene.query('GBK1')).value.subject).toBe('物业费');
});

test('replies are written in every known style, and every one is signed', async () => {
  await scene.create('STYLES', { subject: '物业费 /"sign":"x" {}' });
  const texts: string[] = [];
  for (let index = 0; index < 4; index += 1) {
    const answer = await scene.query('STYLES');
    expect(answer.isSigned).toBe(true);
    expect(answer.value.subject).toBe('物业费 /"sign":"x" {}');
    texts.push(answer.text);
  }
  expect(texts.filter((text) => text.startsWith('{"sign":'))).toHaveLength(1);
  expect(texts.filter((text) => text.includes('\\/'))).toHaveLength(1);
  expect(texts.filter((text) => text.includes('\\u7269'))).toHaveLength(1);
});

test.each([
  ['server-error', '20000', false],
  ['rate-limited', '40005', false],
  ['server-error-after', '40004', true],
])('fault %s answers %s; carried out: %s', async (fault, code, isDone) => {
  await arm('prepay', fault, { outTradeNo: 'FAULT1' });
  const answer = await scene.create('FAULT1');
  expect([answer.value.code, answer.isSigned]).toEqual([code, true]);
  expect((await scene.query('FAULT1')).value.code).toBe(isDone ? '10000' : '40004');
});

test.each(['unsigned', 'bad-signature', 'body-changed', 'old-timestamp', 'unknown-serial'])(
  'fault %s spoils the signature of an answer',
  async (fault) => {
    await scene.create('FAULT2');
    await arm('query', fault);
    const answer = await scene.query('FAULT2');
    expect(answer.value.code).toBe('10000');
    expect(answer.isSigned).toBe(false);
  },
);

test('an answer that is no JSON, one that never comes, and one cut off', async () => {
  await arm('query', 'unparsable');
  expect((await scene.query('X')).text).toContain('<html>');
  await arm('query', 'unavailable');
  expect((await scene.query('X')).status).toBe(503);
  await arm('prepay', 'connection-lost-after');
  await expect(scene.create('CUT')).rejects.toThrow();
  await arm('query', 'timeout-after', { delayMs: 50 });
  await expect(scene.query('CUT')).rejects.toThrow();
  expect((await scene.query('CUT')).value.code).toBe('10000');
});

test('a payer may pay around an answer', async () => {
  await arm('prepay', 'paid-before-answer');
  await scene.precreate('AROUND1');
  await scene.receiver.heard(1);
  expect((await scene.query('AROUND1')).value.trade_status).toBe('TRADE_SUCCESS');
  await scene.create('AROUND2');
  await arm('close', 'paid-before-answer');
  const close = await scene.call('alipay.trade.close', { out_trade_no: 'AROUND2' });
  expect(close.value.sub_code).toBe('ACQ.TRADE_STATUS_ERROR');
  await scene.create('AROUND3');
  await arm('close', 'paid-after-answer');
  const closed = await scene.call('alipay.trade.close', { out_trade_no: 'AROUND3' });
  expect(closed.value.code).toBe('10000');
  await scene.receiver.heard(3);
  expect((await scene.query('AROUND3')).value.trade_status).toBe('TRADE_SUCCESS');
});

test('a replaced application key is good beside the old one', async () => {
  const second = registration({ name: '幸福物业二期' });
  const again = await scene.control('POST', 'alipay/merchants', second);
  expect(again.json.alipayPublicKeyPem).toBe(scene.registered.alipayPublicKeyPem);
  expect((await scene.query('NONE')).value.sub_code).toBe('ACQ.TRADE_NOT_EXIST');
});

test('certificate mode names both certificates; a new one of Alipay can be fetched', async () => {
  const other = await startAlipay({ mode: 'certificate' });
  const given = other.registered as Record<string, string>;
  expect(snOf(given.alipayCertificatePem ?? '')).toBe(given.alipayCertSn);
  expect(given.alipayRootCertSn).toMatch(/^[0-9a-f]{32}_[0-9a-f]{32}$/);
  const made = await other.create('CERT1');
  expect(made.isSigned).toBe(true);
  expect(made.text).toContain(`"alipay_cert_sn":"${given.alipayCertSn}"`);
  const wrong = await other.call('alipay.trade.query', { out_trade_no: 'CERT1' }, Date.now(), {
    alipay_root_cert_sn: 'x',
  });
  expect(wrong.value.sub_code).toBe('isv.invalid-alipay-root-cert-sn');
  const rotated = (await other.control('POST', 'alipay/rotate', { appId: APP_ID })).json;
  const after = await other.query('CERT1');
  expect(after.isSigned).toBe(false);
  expect(after.text).toContain(`"alipay_cert_sn":"${String(rotated.alipayCertSn)}"`);
  const fetched = await other.call('alipay.open.app.alipaycert.download', {
    alipay_cert_sn: rotated.alipayCertSn,
  });
  const pem = Buffer.from(String(fetched.value.alipay_cert_content), 'base64').toString();
  expect(snOf(pem)).toBe(rotated.alipayCertSn);
  other.trust(pem);
  expect((await other.query('CERT1')).isSigned).toBe(true);
  await other.close();
});
