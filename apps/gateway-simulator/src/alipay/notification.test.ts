import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SELLER_ID, startAlipay } from '../../test/alipay-merchant.ts';

let scene: Awaited<ReturnType<typeof startAlipay>>;
beforeAll(async () => {
  scene = await startAlipay();
});
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.control('POST', 'reset', {});
  scene.receiver.clear();
});

const MINUTE_MS = 60_000;
const advance = (advanceMs: number) =>
  scene.control('POST', 'clock', { advanceMs, scope: 'schedule' });
const arm = (fault: string, more: Record<string, unknown> = {}) =>
  scene.control('POST', 'faults', { at: 'notify', fault, channel: 'alipay', ...more });

async function paid(outTradeNo: string): Promise<void> {
  await scene.create(outTradeNo);
  await scene.control('POST', 'alipay/pay', { outTradeNo, outcome: 'paid-notification-first' });
}

test('only the seven characters end the retries, which follow the published gaps', async () => {
  scene.receiver.answerWith('success\n', 'SUCCESS', 'fail', '', 'x', 'x', 'x', 'x');
  await paid('RETRY');
  for (const minutes of [4, 10, 10, 60, 120, 360, 900]) {
    const before = scene.receiver.notices.length;
    await advance(minutes * MINUTE_MS - 1_000);
    expect(scene.receiver.notices).toHaveLength(before);
    await advance(1_000);
    await scene.receiver.heard(before + 1);
  }
  await advance(86_400_000);
  const notices = await scene.receiver.heard(8);
  expect(new Set(notices.map(({ form }) => form.get('notify_id'))).size).toBe(1);
  const { notifications } = (await scene.control('GET', 'alipay/orders/RETRY')).json;
  expect(notifications).toMatchObject([{ attempts: 8, outcome: 'given-up' }]);
});

test('"success" ends it', async () => {
  await paid('ONCE');
  await advance(86_400_000);
  await scene.receiver.heard(1);
});

test.each([
  ['wrong-amount', true, { total_amount: '1280.51' }],
  ['wrong-merchant', true, { seller_id: '2088999999999999' }],
  ['wrong-appid', true, { app_id: '2021999999999999' }],
  ['body-changed', false, { total_amount: '0.01' }],
  ['tampered-ciphertext', false, { total_amount: '0.01' }],
  ['bad-signature', false, {}],
  ['bad-tag', false, {}],
  ['unknown-serial', false, {}],
  ['old-timestamp', true, {}],
])('fault %s; well signed: %s', async (fault, isSigned, fields) => {
  await arm(fault);
  scene.receiver.answerWith('fail');
  await paid('SPOILT');
  const [notice] = await scene.receiver.heard(1);
  expect(notice?.isSigned).toBe(isSigned);
  expect(Object.fromEntries(notice?.form ?? [])).toMatchObject(fields);
  await advance(4 * MINUTE_MS);
  const [, retry] = await scene.receiver.heard(2);
  expect([retry?.isSigned, retry?.form.get('seller_id')]).toEqual([true, SELLER_ID]);
});

test('a lost one comes again, a doubled one twice, a withheld one only when asked', async () => {
  await arm('lost', { outTradeNo: 'LOST' });
  await paid('LOST');
  await advance(4 * MINUTE_MS);
  await scene.receiver.heard(1);
  await arm('duplicate-parallel', { copies: 3 });
  await paid('MANY');
  await scene.receiver.heard(4);
  await scene.create('QUIET');
  await scene.control('POST', 'alipay/pay', {
    outTradeNo: 'QUIET',
    outcome: 'paid-no-notification',
  });
  await scene.receiver.heard(4);
  const sent = await scene.control('POST', 'alipay/orders/QUIET/notify', { times: 2 });
  expect(sent.json).toEqual({ statuses: [200, 200], answers: ['success', 'success'] });
  await scene.receiver.heard(6);
});
