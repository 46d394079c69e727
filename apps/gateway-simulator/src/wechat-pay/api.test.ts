import { afterAll, beforeAll, expect, test } from 'vitest';
import { isSigned, MCHID, registration, startScene } from '../../test/merchant.ts';

let scene: Awaited<ReturnType<typeof startScene>>;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.close());

const certificate = () => String(scene.registered.platformCertificatePem);

test('a well signed order is taken, and the answer is signed', async () => {
  const answer = await scene.prepay('ORDER-0001');
  expect(answer.status).toBe(200);
  expect(answer.json.prepay_id).toMatch(/^wx\d{14}[0-9a-f]{20}$/);
  expect(isSigned(answer, certificate())).toBe(true);
  expect(answer.headers.get('wechatpay-serial')).toBe(scene.registered.platformSerialNo);
  expect(answer.headers.get('request-id')).toMatch(/-0$/);
});

test.each([
  ['signed with a foreign key', { forge: true }, '签名错误'],
  ['signed over another body', { signedBody: '{}' }, '签名错误'],
  ['six minutes old', { skew: -360 }, '不得超过5分钟'],
  ['six minutes early', { skew: 360 }, '不得超过5分钟'],
  ['old and forged: the time is checked first', { skew: -360, forge: true }, '不得超过5分钟'],
  ['without Authorization', { authorization: '' }, '签名信息错误，验签失败'],
  [
    'with half an Authorization',
    { authorization: `WECHATPAY2-SHA256-RSA2048 mchid="${MCHID}"` },
    '签名信息错误',
  ],
])('an order %s is refused with 401 and without a signature', async (_, signing, text) => {
  const answer = await scene.prepay('ORDER-REFUSED', {}, signing);
  expect(answer.status).toBe(401);
  expect(answer.json).toMatchObject({ code: 'SIGN_ERROR', message: expect.stringContaining(text) });
  expect(answer.headers.get('wechatpay-signature')).toBeNull();
  expect((await scene.query('ORDER-REFUSED')).status).toBe(404);
});

test('four minutes of skew are allowed', async () => {
  expect((await scene.prepay('ORDER-SKEW-1', {}, { skew: 240 })).status).toBe(200);
  expect((await scene.prepay('ORDER-SKEW-2', {}, { skew: -240 })).status).toBe(200);
});

test('a request without User-Agent or Accept is refused before anything else', async () => {
  const answer = await scene.call('GET', '/v3/certificates', undefined, {
    headers: { 'user-agent': '' },
  });
  expect([answer.status, answer.json.message]).toEqual([400, 'Http头缺少Accept或User-Agent']);
});

test('certificates refuse a malformed Authorization in their own words', async () => {
  const answer = await scene.call('GET', '/v3/certificates', undefined, { authorization: 'x' });
  expect(answer.json.message).toContain('Http头Authorization值格式错误');
});

test('unknown paths answer 404 and wrong verbs 405, both empty', async () => {
  const unknown = await scene.call('GET', '/v3/pay/nothing');
  const verb = await scene.call('GET', '/v3/pay/transactions/jsapi');
  expect([unknown.status, unknown.text]).toEqual([404, '']);
  expect([verb.status, verb.text]).toEqual([405, '']);
});

test.each([
  [
    'amount of nothing',
    { amount: { total: 0, currency: 'CNY' } },
    '/body/amount/total',
    '规则校验失败，值低于最小值 1',
  ],
  ['negative amount', { amount: { total: -1 } }, '/body/amount/total', '最小值 1'],
  ['fraction of a fen', { amount: { total: 1.5 } }, '/body/amount/total', '类型不正确'],
  ['amount as text', { amount: { total: '100' } }, '/body/amount/total', '类型不正确'],
  ['amount beyond the safe integers', { amount: { total: 2 ** 53 } }, '/body/amount/total', '类型'],
  ['other currency', { amount: { total: 1, currency: 'USD' } }, '/body/amount/currency', '格式'],
  ['no amount', { amount: undefined }, '/body/amount', '必填'],
  ['unknown field', { total_fee: 1 }, '/body/total_fee', '未在API文档中定义的参数'],
  ['unknown field inside', { payer: { openid: 'o', name: 'x' } }, '/body/payer/name', '未在API'],
  [
    'description of 128 bytes',
    { description: 'a'.repeat(128) },
    '/body/description',
    '大于最大值 127',
  ],
  [
    'notify_url with a query',
    { notify_url: 'https://a.example/n?x=1' },
    '/body/notify_url',
    '不带参数',
  ],
  ['notify_url without a path', { notify_url: 'https://a.example' }, '/body/notify_url', '带路径'],
  [
    'expiry in 30 s',
    { time_expire: new Date(Date.now() + 30_000).toISOString() },
    '/body/time_expire',
    '1 分钟',
  ],
  [
    'expiry in 16 days',
    { time_expire: new Date(Date.now() + 16 * 864e5).toISOString() },
    '/body/time_expire',
    '最长有效期',
  ],
  ['expiry without a zone', { time_expire: '2030-01-01T00:00:00' }, '/body/time_expire', 'RFC3339'],
  ['no payer', { payer: undefined }, '/body/payer', '必填'],
  ['openid of nobody', { payer: { openid: 'oUnknown' } }, '/body/payer/openid', '无效的openid'],
  ['other merchant', { mchid: '1900000999' }, '/body/mchid', '不一致'],
])('an order with %s names the field', async (_, changes, field, text) => {
  const answer = await scene.prepay('ORDER-BROKEN', changes);
  expect(answer.status).toBe(400);
  expect(answer.json).toMatchObject({
    code: 'PARAM_ERROR',
    message: expect.stringContaining(text),
    detail: { field, location: 'body' },
  });
});

test.each(['ABC12', 'A'.repeat(33), '订单号一二三', 'ORDER#0001'])(
  'order number %s is refused',
  async (outTradeNo) => {
    const answer = await scene.prepay(outTradeNo);
    expect(answer.json).toMatchObject({ detail: { field: '/body/out_trade_no' } });
  },
);

test('an order number with | travels as %7C and is signed so', async () => {
  expect((await scene.prepay('ORDER|0001')).status).toBe(200);
  const answer = await scene.query('ORDER%7C0001');
  expect(answer.json).toMatchObject({ out_trade_no: 'ORDER|0001', trade_state: 'NOTPAY' });
});

test('an app that is not bound to the merchant is refused', async () => {
  const answer = await scene.prepay('ORDER-APP', { appid: 'wx0000000000000000' });
  expect([answer.status, answer.json.code]).toEqual([400, 'APPID_MCHID_NOT_MATCH']);
  expect(answer.headers.get('request-id')).toMatch(/-268445527$/);
});

test('unknown fields carry the official number in Request-ID', async () => {
  const answer = await scene.prepay('ORDER-EXTRA', { extra: 1 });
  expect(answer.headers.get('request-id')).toMatch(/-270924358$/);
});

test('a query without mchid or of another merchant is refused', async () => {
  const path = '/v3/pay/transactions/out-trade-no/ORDER-0001';
  expect((await scene.call('GET', path)).json).toMatchObject({ detail: { field: '/query/mchid' } });
  const other = await scene.call('GET', `${path}?mchid=1900000999`);
  expect(other.status).toBe(400);
});

test('the answer is signed with the key that the request asks for', async () => {
  const { publicKeyId, publicKeyPem } = scene.registered;
  const headers = { 'wechatpay-serial': String(publicKeyId) };
  const answer = await scene.prepay('ORDER-PUBKEY', {}, { headers });
  expect(answer.headers.get('wechatpay-serial')).toBe(publicKeyId);
  expect(isSigned(answer, String(publicKeyPem))).toBe(true);
  expect(isSigned(answer, certificate())).toBe(false);
  const unknown = await scene.prepay(
    'ORDER-UNKNOWN-KEY',
    {},
    {
      headers: { 'wechatpay-serial': 'ABCDEF' },
    },
  );
  expect([unknown.status, unknown.json.code]).toEqual([400, 'PARAM_ERROR']);
});

test('a merchant in public-key mode has no certificates; its answers are signed so', async () => {
  await scene.control('POST', 'wechat-pay/mode', { mchid: MCHID, mode: 'public-key' });
  const certificates = await scene.call('GET', '/v3/certificates');
  expect([certificates.status, certificates.json.code]).toEqual([404, 'RESOURCE_NOT_EXISTS']);
  const answer = await scene.prepay('ORDER-MODE');
  expect(isSigned(answer, String(scene.registered.publicKeyPem))).toBe(true);
  await scene.control('POST', 'wechat-pay/mode', { mchid: MCHID, mode: 'certificate' });
});

test('a merchant may hold two keys while it replaces its own', async () => {
  const { generateKeyPairSync } = await import('node:crypto');
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const added = await scene.control(
    'POST',
    'wechat-pay/merchants',
    registration({
      merchantSerialNo: 'A'.repeat(40),
      merchantPublicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }),
    }),
  );
  expect(added.json.publicKeyId).toBe(scene.registered.publicKeyId);
  expect((await scene.prepay('ORDER-TWO-KEYS')).status).toBe(200);
});

test('control refuses misspelt and wrong fields in words', async () => {
  const misspelt = await scene.control('POST', 'faults', { at: 'notify', fault: 'lost', tims: 1 });
  expect([misspelt.status, misspelt.json.field]).toEqual([400, 'tims']);
  const key = await scene.control('POST', 'wechat-pay/merchants', registration({ apiV3Key: 'x' }));
  expect(key.json).toEqual({ error: 'apiV3Key 须是 32 个字节', field: 'apiV3Key' });
  const foreign = await fetch(`${scene.simulator.url}/control/reset`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'cross-site' },
  });
  expect(foreign.status).toBe(403);
});
