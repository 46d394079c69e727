import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  beijing,
  distrust,
  type Scene,
  startUnionPayScene,
} from '../../test/union-pay-merchant.ts';
import { RETRY_GAPS_MS } from './notifier.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startUnionPayScene();
});
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.control('POST', 'reset');
  scene.receiver.clear();
});

const arm = (fault: object) => scene.control('POST', 'faults', fault);
const trust = (fields: Record<string, string> = {}) =>
  distrust(fields, scene.registered, scene.now());

test('a payment is told by form, signed, with what a query says', async () => {
  const { txnTime, queryId } = await scene.paid('NOTICE000001');
  await scene.receiver.heard(1);
  const [notice = {}] = scene.receiver.forms();
  expect(notice).toMatchObject({
    orderId: 'NOTICE000001',
    txnTime,
    queryId,
    txnAmt: '128050',
    respCode: '00',
    respMsg: '成功[0000000]',
    settleDate: expect.stringMatching(/^\d{4}$/),
  });
  expect(trust(notice)).toBe('');
  expect((await scene.query('NOTICE000001', txnTime)).fields.queryId).toBe(queryId);
});

test('a notice that is not answered with 200 comes again five times, then no more', async () => {
  scene.receiver.answerWith(500, 204, 302, 500, 500, 500);
  await scene.paid('NOTICE000002');
  await scene.receiver.heard(1);
  let count = 1;
  for (const gapMs of RETRY_GAPS_MS) {
    await scene.control('POST', 'clock', { advanceMs: gapMs - 2_000, scope: 'schedule' });
    expect(scene.receiver.bodies).toHaveLength(count);
    await scene.control('POST', 'clock', { advanceMs: 2_000, scope: 'schedule' });
    count += 1;
    expect(scene.receiver.bodies).toHaveLength(count);
  }
  await scene.control('POST', 'clock', { advanceMs: 86_400_000, scope: 'schedule' });
  expect(scene.receiver.bodies).toHaveLength(6);
  const { json } = await scene.control('GET', 'union-pay/orders/NOTICE000002');
  expect(json.notifications).toMatchObject([{ attempts: 6, outcome: 'given-up' }]);
});

test('who names the special address wants no notice', async () => {
  await scene.paid('NOTICE000003', { backUrl: 'http://www.specialUrl.com' });
  const { json } = await scene.control('GET', 'union-pay/orders/NOTICE000003');
  expect(json.notifications).toMatchObject([{ outcome: 'withheld' }]);
});

test.each([
  ['bad-signature', 'signature', {}],
  ['body-changed', 'signature', { txnAmt: '128051' }],
  ['old-timestamp', 'expired', {}],
  ['unknown-serial', 'chain', {}],
  ['wrong-amount', '', { txnAmt: '128051' }],
  ['wrong-merchant', '', { merId: '777290000000000' }],
])('a notice with %s', async (fault, reason, shown) => {
  await scene.paid('NOTICE000004');
  await scene.receiver.heard(1);
  const path = 'union-pay/orders/NOTICE000004/notify';
  const sent = await scene.control('POST', path, { fault, times: 2 });
  expect(sent.json).toEqual({ statuses: [200, 200], answers: ['ok', 'ok'] });
  const notice = scene.receiver.forms()[1] ?? {};
  expect(trust(notice)).toBe(reason);
  expect(notice).toMatchObject(shown);
});

test.each([
  ['unsigned', 'no certificate'],
  ['bad-signature', 'signature'],
  ['body-changed', 'signature'],
  ['old-timestamp', 'expired'],
  ['unknown-serial', 'chain'],
])('an answer that is %s must not be believed', async (fault, reason) => {
  const txnTime = beijing(scene.now());
  await arm({ at: 'prepay', fault, channel: 'union-pay' });
  const { fields } = await scene.back(scene.order('ANSWER000001', { txnTime }));
  expect(trust(fields)).toBe(reason);
  expect((await scene.query('ANSWER000001', txnTime)).fields.origRespCode).toBe('05');
});

test('calls that are not answered were carried out, or not', async () => {
  const path = '/gateway/api/backTransReq.do';
  const code = async (orderId: string, txnTime: string) => {
    const { fields } = await scene.query(orderId, txnTime);
    return fields.origRespCode ?? fields.respCode;
  };
  for (const [fault, expected] of [
    ['server-error', '34'],
    ['server-error-after', '05'],
    ['connection-lost-before', '34'],
    ['connection-lost-after', '05'],
    ['paid-before-answer', '00'],
  ] as const) {
    const orderId = `LOST${fault.replace(/\W/g, '').slice(0, 20)}`;
    const txnTime = beijing(scene.now());
    await arm({ at: 'prepay', fault, outTradeNo: orderId });
    await scene.call(path, scene.order(orderId, { txnTime })).catch(() => undefined);
    expect([fault, await code(orderId, txnTime)]).toEqual([fault, expected]);
  }
  await arm({ at: 'query', fault: 'rate-limited' });
  expect(await code('LOSTservererror', beijing(scene.now()))).toBe('06');
});

test('money that comes after the end is there, and is notified', async () => {
  const txnTime = beijing(scene.now());
  await scene.back(scene.order('LATE00000001', { txnTime }));
  const late = { outTradeNo: 'LATE00000001', outcome: 'paid-after-close' };
  expect((await scene.control('POST', 'union-pay/pay', late)).json.state).toBe('unpaid');
  await scene.control('POST', 'clock', { advanceMs: 1_799_000, scope: 'schedule' });
  expect((await scene.query('LATE00000001', txnTime)).fields.origRespCode).toBe('05');
  await scene.control('POST', 'clock', { advanceMs: 2_000, scope: 'schedule' });
  expect((await scene.query('LATE00000001', txnTime)).fields.origRespCode).toBe('00');
  await scene.receiver.heard(1);
});

test('an order that the merchant never made is paid, told and in the book', async () => {
  await scene.paid('KNOWN0000001');
  await scene.receiver.heard(1);
  const body = { mchid: scene.registered.merId, outTradeNo: 'UNKNOWN00001', totalFen: 500 };
  const { json } = await scene.control('POST', 'union-pay/unknown-order', body);
  expect(json).toMatchObject({ state: 'paid', totalFen: 500 });
  await scene.receiver.heard(2);
  expect(trust(scene.receiver.forms()[1])).toBe('');
  const book = await scene.control('GET', `union-pay/book?mchid=${scene.registered.merId}`);
  expect(book.json).toEqual({ count: 2, totalFen: 128550, refundCount: 0, refundedFen: 0 });
});

test('orders, keys and retries survive a restart', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'union-pay-'));
  const first = await startUnionPayScene({ dataDir });
  first.receiver.answerWith(500);
  const { txnTime } = await first.paid('RESTART00001');
  await first.receiver.heard(1);
  await first.simulator.close();
  const again = await startUnionPayScene({ dataDir });
  expect(again.registered.signCertificatePem).toBe(first.registered.signCertificatePem);
  const { fields } = await again.query('RESTART00001', txnTime);
  expect(fields.origRespCode).toBe('00');
  await again.control('POST', 'clock', { advanceMs: 60_000, scope: 'schedule' });
  await first.receiver.heard(2);
  await again.close();
  await first.receiver.close();
});
