import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { noticeOf, transactionOf } from '../../../apps/server/test/channels-builders.ts';
import { startGateway } from './gateway-scene.ts';

let gateway: Awaited<ReturnType<typeof startGateway>>;
let company: Awaited<ReturnType<typeof gateway.company>>;
beforeAll(async () => {
  gateway = await startGateway();
});
beforeEach(async () => {
  company = await gateway.company();
});
afterEach(() => gateway.control('DELETE', 'faults'));
afterAll(() => gateway.close());

const notifyUrl = () =>
  `${gateway.publicUrl}/notify/wechat-pay/${company.shortCode}/${company.account.number}`;
const stateOf = async (paymentId: string) => (await company.view(paymentId))?.state;

/** The channel notifies on its own time. */
const soon = { timeout: 10_000 } as const;

test('a payer pays: the notification settles the bill before it is answered', async () => {
  const { orderNo, paymentId } = await company.started();
  await company.pay(orderNo);
  await expect.poll(() => stateOf(paymentId), soon).toBe('paid');
  await company.check();
});

test('a notification sent fifty times at once is booked once and answered each time', async () => {
  const { orderNo, paymentId } = await company.started();
  await company.pay(orderNo, { outcome: 'paid-no-notification' });
  const statuses = await company.notify(orderNo, { times: 50, parallel: true });
  expect(statuses).toHaveLength(50);
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(await stateOf(paymentId)).toBe('paid');
  expect(await company.proofs()).toBe(1);
  await company.check();
});

test('a notification that overtakes the answer to the order', async () => {
  await gateway.arm('prepay', 'paid-before-answer');
  const { paymentId } = await company.started();
  await expect.poll(() => stateOf(paymentId), soon).toBe('paid');
  await company.check();
});

test('a notification after the payment expired lies in suspense, with a case', async () => {
  const { orderNo, paymentId } = await company.started();
  await company.sweep(301);
  expect(await stateOf(paymentId)).toBe('closed');
  await company.pay(orderNo, { outcome: 'paid-after-close' });
  await expect
    .poll(() => company.cases(), soon)
    .toMatchObject([{ reason: 'closed-payment', amountFen: 120_00 }]);
  expect(await company.notify(orderNo, { times: 3, parallel: true })).toEqual([200, 200, 200]);
  await company.check();
});

test('another amount that was really paid: suspense, and the bill stays open', async () => {
  const { orderNo, paymentId } = await company.started();
  await company.pay(orderNo, { totalFen: 90_00 });
  await expect
    .poll(() => company.cases(), soon)
    .toMatchObject([{ reason: 'other-amount', amountFen: 90_00 }]);
  expect(await stateOf(paymentId)).toBe('open');
  await company.sweep(6);
  expect(await stateOf(paymentId)).toBe('closed');
  await company.check();
});

test('an amount that only the notification names: suspense first, corrected by query', async () => {
  const { orderNo, paymentId } = await company.started();
  await company.pay(orderNo, { outcome: 'paid-no-notification' });
  expect(await company.notify(orderNo, { fault: 'wrong-amount' })).toEqual([200]);
  expect(await company.cases()).toMatchObject([{ reason: 'other-amount', state: 'open' }]);
  expect(await stateOf(paymentId)).toBe('open');
  await company.sweep(6);
  expect(await stateOf(paymentId)).toBe('paid');
  await company.sweep(6);
  await company.check();
});

test('money for an order that nobody made: suspense, answered 200', async () => {
  await company.started(); // So that the channel knows where to notify.
  await gateway.control('POST', 'wechat-pay/unknown-order', {
    mchid: company.account.mchId,
    outTradeNo: `${company.shortCode}0000000000000000000000001`,
    totalFen: 33_00,
  });
  await expect
    .poll(() => company.cases(), soon)
    .toMatchObject([{ reason: 'unknown-order', amountFen: 33_00 }]);
  await company.sweep(301);
  await company.check();
});

describe('what is not authentic or not ours posts nothing and is refused', () => {
  test.each([
    ['wrong-merchant', 'foreign-merchant'],
    ['wrong-appid', 'foreign-app'],
    ['tampered-ciphertext', 'not-decryptable'],
    ['bad-tag', 'not-decryptable'],
    ['bad-signature', 'bad-signature'],
    ['body-changed', 'bad-signature'],
    ['old-timestamp', 'stale-timestamp'],
    ['unknown-serial', 'unknown-serial'],
  ])('%s', async (fault, reason) => {
    const { orderNo, paymentId } = await company.started();
    await company.pay(orderNo, { outcome: 'paid-no-notification' });
    const [status] = await company.notify(orderNo, { fault });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(await company.proofs()).toBe(0);
    expect(await stateOf(paymentId)).toBe('open');
    expect(await company.refusals()).toMatchObject([{ reason }]);
    await company.sweep(6); // The query finds the money all the same.
    expect(await stateOf(paymentId)).toBe('paid');
    await company.check();
  });

  test('a probe with a signature that must not be believed; the right one follows', async () => {
    const { orderNo, paymentId } = await company.started();
    await gateway.arm('notify', 'signature-probe');
    await company.pay(orderNo);
    await expect.poll(() => stateOf(paymentId), soon).toBe('paid');
    expect(await company.refusals()).toMatchObject([{ reason: 'signature-probe', times: 1 }]);
    await company.check();
  });

  test('2 MB', async () => {
    const { orderNo, paymentId } = await company.started();
    await company.pay(orderNo, { outcome: 'paid-no-notification' });
    const [status] = await company.notify(orderNo, { fault: 'huge-body' });
    // The connection may be cut before the simulator has read the answer; never accepted.
    expect([0, 400, 413]).toContain(status);
    await company.sweep(6);
    expect(await stateOf(paymentId)).toBe('paid');
    await company.check();
  });

  test('2 MB are refused on their announced length, before they are read', async () => {
    const answered = await new Promise<number>((resolve, reject) => {
      const call = request(notifyUrl(), {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': 2 * 1024 * 1024 },
      });
      call.on('response', (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
        call.destroy();
      });
      call.on('error', reject);
      call.write('{'); // And nothing more.
    });
    expect(answered).toBe(413);
  });

  test('a notification of another company’s order, sent to us', async () => {
    const other = await gateway.company();
    const at = gateway.system.clock.now();
    const orderNo = `${other.shortCode}0000000000000000000000001`;
    const own = { ...company.account };
    const notice = noticeOf(own, at, transactionOf(own, { orderNo, amountFen: 1_00 }));
    const response = await fetch(notifyUrl(), {
      method: 'POST',
      headers: notice.headers,
      body: new Uint8Array(notice.rawBody),
    });
    expect(response.status).toBe(401);
    expect(await company.proofs()).toBe(0);
    expect(await company.cases()).toEqual([]);
  });

  test.each(['nobody/1', 'g1/999', 'g1/x'])('an address that is nobody’s: %s', async (tail) => {
    const url = `${gateway.publicUrl}/notify/wechat-pay/${tail}`;
    const response = await fetch(url, { method: 'POST', body: '{}' });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(await response.json()).toMatchObject({ code: 'FAIL' });
  });
});

interface Sent {
  readonly direction: 'in' | 'out';
  readonly requestHeaders: Record<string, string>;
  readonly requestBody: string;
}

test('a captured notification replayed after its five minutes is refused', async () => {
  const { orderNo, paymentId } = await company.started();
  await company.pay(orderNo);
  await expect.poll(() => stateOf(paymentId), soon).toBe('paid');
  const { requests } = await gateway.control<{ requests: Sent[] }>(
    'GET',
    `requests?outTradeNo=${orderNo}`,
  );
  const sent = requests.find(({ direction }) => direction === 'out');
  if (!sent) throw new Error('no notification was sent');
  // Well past them: the gateway's clock runs on while the system's stands between two tests.
  await gateway.advance(20 * 60);
  const { requestHeaders: headers, requestBody: body } = sent;
  expect((await fetch(notifyUrl(), { method: 'POST', headers, body })).status).toBe(401);
  expect(await company.refusals()).toMatchObject([{ reason: 'stale-timestamp' }]);
  await company.check();
});

test('two platform keys during a rotation: each notification is accepted', async () => {
  const certified = await gateway.company('certificate');
  const first = await certified.started();
  await gateway.advance(61); // Keys are downloaded at most once a minute.
  await gateway.control('POST', 'wechat-pay/rotate', { newShare: 50 });
  await certified.pay(first.orderNo, { outcome: 'paid-no-notification' });
  const statuses = await certified.notify(first.orderNo, { times: 40 });
  expect(new Set(statuses)).toEqual(new Set([200]));
  const second = await certified.started();
  await certified.pay(second.orderNo);
  await expect.poll(async () => (await certified.view(second.paymentId))?.state, soon).toBe('paid');
  await certified.check();
});

describe('an order whose answer is lost', () => {
  test.each(['connection-lost-after', 'server-error-after', 'unsigned', 'unparsable'])(
    '%s: whoever pays is found by query',
    async (fault) => {
      await gateway.arm('prepay', fault);
      const { orderNo, paymentId } = await company.started();
      expect(await stateOf(paymentId)).toBe('processing');
      await company.pay(orderNo, { outcome: 'paid-no-notification' });
      await company.sweep(6);
      expect(await stateOf(paymentId)).toBe('paid');
      await company.check();
    },
  );

  test.each(['connection-lost-before', 'server-error', 'unavailable', 'rate-limited'])(
    '%s: nothing was placed; the bills are free again once it cannot come any more',
    async (fault) => {
      await gateway.arm('prepay', fault);
      const { paymentId } = await company.started().catch(() => ({ paymentId: undefined }));
      for (const pause of [6, 60, 240, 61]) await company.sweep(pause);
      if (paymentId) expect(await stateOf(paymentId)).toBe('closed');
      await company.check();
    },
  );
});

test('a database that is away answers 5xx, so that the channel sends it again', async () => {
  const { orderNo, paymentId } = await company.started();
  await company.pay(orderNo, { outcome: 'paid-no-notification' });
  const { db } = gateway.system.deps;
  const { transaction } = db;
  db.transaction = () => Promise.reject(new Error('connect ECONNREFUSED'));
  try {
    expect(await company.notify(orderNo)).toEqual([500]);
  } finally {
    db.transaction = transaction;
  }
  expect(await company.notify(orderNo)).toEqual([200]);
  expect(await stateOf(paymentId)).toBe('paid');
  await company.check();
});
