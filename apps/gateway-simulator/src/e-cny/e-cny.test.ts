import { createHash, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../simulator.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'e-cny-'));
const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const mchid = 'DC00000001';
const nobody = 'http://127.0.0.1:9/notify';

let simulator: Simulator;
let bankPublicKeyPem: string;
beforeAll(async () => {
  simulator = await startSimulator({ port: 0, host: '127.0.0.1', dataDir });
  const merchant = { mchid, name: '测试物业', keyId: 'k1', publicKeyPem: keys.publicKey };
  bankPublicKeyPem = (await control('POST', 'merchants', merchant)).bankPublicKeyPem as string;
});
afterAll(async () => {
  await simulator.close();
  rmSync(dataDir, { recursive: true });
});

type Json = Record<string, unknown>;

async function control(method: string, path: string, body?: object): Promise<Json> {
  const url = `${simulator.url}/control/e-cny/${path}`;
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  return (await response.json()) as Json;
}

/** The README's words, once more and apart from the code that is tested. */
function signedText(heads: string[], body: string): Buffer {
  const hash = createHash('sha256').update(body).digest('hex');
  return Buffer.from([...heads, hash, ''].join('\n'));
}

async function call(service: string, fields: object, spoil: Record<string, string> = {}) {
  const path = `/e-cny/api/v1/${service}`;
  const body = JSON.stringify(fields);
  const time = String(Math.floor(Date.now() / 1000));
  const nonce = randomBytes(16).toString('hex');
  const text = signedText(['REQUEST', path, mchid, 'k1', time, nonce], body);
  const headers = {
    'x-dc-merchant': mchid,
    'x-dc-key': 'k1',
    'x-dc-time': time,
    'x-dc-nonce': nonce,
    'x-dc-sign': sign('RSA-SHA256', text, keys.privateKey).toString('base64'),
    ...spoil,
  };
  const answer = await fetch(`${simulator.url}${path}`, { method: 'POST', headers, body });
  const said = await answer.text();
  const head = (name: string) => answer.headers.get(`x-dc-${name}`) ?? '';
  const heads = ['ANSWER', path, head('merchant'), head('key'), head('time'), nonce];
  const signature = Buffer.from(head('sign'), 'base64');
  const isSigned = verify('RSA-SHA256', signedText(heads, said), bankPublicKeyPem, signature);
  return { status: answer.status, isSigned, ...(JSON.parse(said) as Json) };
}

const orderOf = (orderNo: string, more: object = {}) => ({
  orderNo,
  product: 'H5',
  amount: 254_70,
  subject: '物业费',
  notifyUrl: nobody,
  expireAt: Math.floor(Date.now() / 1000) + 600,
  ...more,
});

test('a signed order is placed, and the answer is signed for this very request', async () => {
  expect(await call('orders', orderOf('A1'))).toMatchObject({
    status: 200,
    isSigned: true,
    code: 'SUCCESS',
    data: { merchantId: mchid, orderNo: 'A1', status: 'OPEN', amount: 254_70 },
  });
  expect(await call('orders/query', { orderNo: 'A0' })).toMatchObject({
    isSigned: true,
    code: 'ORDER_NOT_FOUND',
  });
});

test.each([
  ['x-dc-sign', 'AAAA', 'SIGN_INVALID'],
  ['x-dc-merchant', 'DC99999999', 'MERCHANT_NOT_FOUND'],
  ['x-dc-key', 'k2', 'KEY_NOT_FOUND'],
  ['x-dc-time', '1', 'TIME_INVALID'],
  ['x-dc-nonce', 'short', 'NONCE_INVALID'],
])('a request with another %s (%s) is refused unsigned: %s', async (name, value, code) => {
  const refused = await call('orders/query', { orderNo: 'A1' }, { [name]: value });
  expect(refused).toMatchObject({ status: 401, isSigned: false, code });
});

test('the wallet’s page is paid with six digits and leads back to the merchant', async () => {
  const returnUrl = 'http://localhost:8080/q/1';
  const placed = await call('orders', orderOf('A2', { returnUrl }));
  const { payUrl } = (placed as unknown as { data: { payUrl: string } }).data;
  expect(await (await fetch(payUrl)).text()).toContain('254.70');
  const token = new URL(payUrl).searchParams.get('token') ?? '';
  const pay = async (secret: string) => {
    const body = new URLSearchParams({ token, user: '2', outcome: 'paid', secret });
    const answer = await fetch(payUrl, { method: 'POST', body });
    return await answer.text();
  };
  expect(await pay('12')).toContain('请输入 6 位数字');
  expect(await pay('123456')).toContain(returnUrl);
  expect(await control('GET', 'orders/A2')).toMatchObject({ state: 'paid', totalFen: 254_70 });
});

test('orders, keys and refunds survive a restart', async () => {
  await call('refunds', { refundNo: 'R2', orderNo: 'A2', amount: 54_70, reason: '多收' });
  await control('POST', '../clock', { advanceMs: 1000 });
  await simulator.close();
  simulator = await startSimulator({ port: 0, host: '127.0.0.1', dataDir });
  expect(await control('GET', 'orders/A2')).toMatchObject({ state: 'paid', refundedFen: 54_70 });
  expect(await call('refunds/query', { refundNo: 'R2', orderNo: 'A2' })).toMatchObject({
    isSigned: true,
    data: { status: 'DONE', amount: 54_70 },
  });
});

test('the wallet opens this machine’s links only, and shows a code of its own prefix', async () => {
  const open = (link: string, action = '') =>
    fetch(`${simulator.url}/e-cny/wallet`, {
      method: 'POST',
      body: new URLSearchParams({ user: '1', link, action }),
      redirect: 'manual',
    });
  expect((await open('https://elsewhere.example/')).status).toBe(400);
  expect((await open('http://localhost:8080/q/1')).status).toBe(303);
  expect(await (await open('', 'code')).text()).toMatch(/>01\d\d( \d{4}){3} \d{3}</);
});
