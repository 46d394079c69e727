import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fields, MER_ID, parseLine } from '../../test/union-pay-merchant.ts';
import { type Simulator, startSimulator } from '../simulator.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../test/vectors/${name}.json`, import.meta.url), 'utf8'));
const { cases } = read('unionpay-5.1.0') as { cases: { name: string; params: Fields }[] };
const keys = read('unionpay-keys') as Record<string, string>;
const paramsOf = (name: string) => cases.find((one) => one.name === name)?.params ?? {};

let simulator: Simulator;
let registered: Fields;
beforeAll(async () => {
  const startAt = Date.parse('2026-01-01T00:00:00Z');
  simulator = await startSimulator({ port: 0, host: '127.0.0.1', startAt });
  const merchantCertificatePem = keys.merchantCertificate;
  const merchant = { merId: MER_ID, name: '幸福物业', merchantCertificatePem };
  const answer = await fetch(`${simulator.url}/control/union-pay/merchants`, {
    method: 'POST',
    body: JSON.stringify(merchant),
  });
  registered = (await answer.json()) as Fields;
});
afterAll(() => simulator.close());

const post = async (path: string, fields: Fields) => {
  const body = new URLSearchParams(fields);
  return (await fetch(simulator.url + path, { method: 'POST', body })).text();
};

test('the published order opens the cashier, and the published query finds it unpaid', async () => {
  const page = await post('/gateway/api/frontTransReq.do', paramsOf('frontTransReq consume'));
  expect(page).toContain('¥1,280.50');
  const query = parseLine(await post('/gateway/api/queryTrans.do', paramsOf('query')));
  // The published query names another product than its order; only the signature is at stake.
  expect(query).toMatchObject({ respCode: '00', origRespCode: '05' });
});

test('the merchant is known by the serial number of its certificate', () => {
  expect(registered.certId).toBe(keys.certId);
});

test.each([
  ['/gateway/api/backTransReq.do', 'QR C2B apply (txnSubType 07)', '00'],
  ['/gateway/api/backTransReq.do', 'refund', '35'],
  ['/union-pay/files/', 'file transfer', '00'],
])('%s takes the published signature of %s, and no other', async (path, name, respCode) => {
  expect(parseLine(await post(path, paramsOf(name))).respCode).toBe(respCode);
  const changed = { ...paramsOf(name), txnTime: '20260101080001' };
  expect(parseLine(await post(path, changed)).respCode).toBe('11');
});
