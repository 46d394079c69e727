import { createCipheriv, createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readNotification } from '../../apps/server/src/modules/channels/index.ts';
import {
  type GivenMerchantAccount,
  givenMerchantAccount,
} from '../../apps/server/test/channels-builders.ts';
import { startScene } from './wechat-pay-scene.ts';
import { type PlacedOrder, type Verbs, verbsOf } from './wechat-pay-verbs.ts';

let scene: Awaited<ReturnType<typeof startScene>>;
beforeAll(async () => {
  scene = await startScene();
});
afterEach(() => scene.control('DELETE', 'faults'));
afterAll(() => scene.close());

let refundsMade = 0;
const newRefundNo = () => {
  refundsMade += 1;
  return `testR${Date.now()}${refundsMade}`;
};

async function paidOrder(verbs: Verbs): Promise<PlacedOrder> {
  const order = verbs.order({ product: 'native' });
  await verbs.prepay(order);
  const outcome = 'paid-no-notification';
  await scene.control('POST', 'wechat-pay/pay', { outTradeNo: order.orderNo, outcome });
  return await verbs.paid(order);
}

describe.each(['plain', undefined] as const)('for a partner’s merchant: %s', (partner) => {
  let given: GivenMerchantAccount;
  let verbs: Verbs;
  beforeAll(async () => {
    const { simulatorUrl } = scene;
    given = await givenMerchantAccount(scene.system, { simulatorUrl, ...(partner && { partner }) });
    verbs = verbsOf(scene.system, given);
  });

  test('part of a payment goes back once, however often it is asked for', async () => {
    const order = await paidOrder(verbs);
    const refund = { refundNo: newRefundNo(), amountFen: 54_70 };
    expect(await verbs.refundState(order, refund)).toEqual({ state: 'not-found' });
    await scene.control('POST', 'faults', { at: 'refund', fault: 'refund-pending' });
    expect(await verbs.refund(order, refund)).toEqual({ state: 'accepted' });
    expect(await verbs.refundState(order, refund)).toEqual({ state: 'pending' });
    expect(await verbs.refund(order, refund)).toEqual({ state: 'accepted' });
    const outcome = 'refunded';
    const heard = await scene.heardAfter(given, () =>
      scene.control('POST', `wechat-pay/refunds/${refund.refundNo}/finish`, { outcome }),
    );
    expect(heard).toMatchObject({
      state: 'authentic',
      eventType: 'REFUND.SUCCESS',
      refund: { orderNo: order.orderNo, refundNo: refund.refundNo, amountFen: 54_70 },
    });
    expect(await verbs.refundState(order, refund)).toMatchObject({
      state: 'refunded',
      refund: { refundNo: refund.refundNo, amountFen: 54_70, orderNo: order.orderNo },
    });
    expect(await verbs.refund(order, refund)).toMatchObject({ state: 'refunded' });
    // What was refunded was paid all the same, and in full.
    expect(await verbs.query(order)).toMatchObject({ state: 'paid', trade: { amountFen: 254_70 } });
  });

  test('a second refund takes the rest, and a third is refused', async () => {
    const order = await paidOrder(verbs);
    await verbs.refund(order, { refundNo: newRefundNo(), amountFen: 200_00 });
    const rest = { refundNo: newRefundNo(), amountFen: 54_70 };
    expect(await verbs.refund(order, rest)).toEqual({ state: 'accepted' });
    const more = { refundNo: newRefundNo(), amountFen: 1 };
    expect(await verbs.refund(order, more)).toMatchObject({ state: 'refused' });
  });

  test('too little money on the account is a clear no, and the number stays good', async () => {
    const order = await paidOrder(verbs);
    const refund = { refundNo: newRefundNo() };
    await scene.arm('refund', 'refund-refused');
    expect(await verbs.refund(order, refund)).toMatchObject({
      state: 'refused',
      code: 'NOT_ENOUGH',
    });
    expect(await verbs.refundState(order, refund)).toEqual({ state: 'not-found' });
    expect(await verbs.refund(order, refund)).toEqual({ state: 'accepted' });
  });

  test.each([
    ['failed', 'CLOSED', { state: 'failed', code: 'CLOSED' }],
    ['abnormal', 'ABNORMAL', { state: 'pending', code: 'ABNORMAL' }],
  ])('a refund that ends as %s is looked at, not believed', async (outcome, event, state) => {
    const order = await paidOrder(verbs);
    const refund = { refundNo: newRefundNo() };
    await scene.control('POST', 'faults', { at: 'refund', fault: 'refund-pending' });
    expect(await verbs.refund(order, refund)).toEqual({ state: 'accepted' });
    const heard = await scene.heardAfter(given, () =>
      scene.control('POST', `wechat-pay/refunds/${refund.refundNo}/finish`, { outcome }),
    );
    expect(heard).toMatchObject({
      state: 'authentic',
      eventType: `REFUND.${event}`,
      lookAt: { orderNo: order.orderNo, refundNo: refund.refundNo },
    });
    expect(await verbs.refundState(order, refund)).toMatchObject(state);
    // Never a second payout under the same number.
    expect(await verbs.refund(order, refund)).toEqual({ state: 'accepted' });
  });
});

describe('whatever goes wrong with an answer, the refund is unknown', () => {
  let verbs: Verbs;
  beforeAll(async () => {
    const { simulatorUrl } = scene;
    verbs = verbsOf(scene.system, await givenMerchantAccount(scene.system, { simulatorUrl }));
  });

  test.each([
    'server-error',
    'unavailable',
    'rate-limited',
    'server-error-after',
    'timeout-after',
    'connection-lost-before',
    'connection-lost-after',
    'unparsable',
    'unsigned',
    'bad-signature',
    'body-changed',
    'old-timestamp',
    'unknown-serial',
  ])('%s', async (fault) => {
    const order = await paidOrder(verbs);
    const refund = { refundNo: newRefundNo() };
    await scene.arm('refund', fault);
    expect(await verbs.refund(order, refund)).toMatchObject({ state: 'unknown' });
    await scene.arm('refund-query', fault);
    expect(await verbs.refundState(order, refund)).toMatchObject({ state: 'unknown' });
    await scene.control('DELETE', 'faults');
    // The simulator gives the money back after a second.
    const again = await verbs.refund(order, refund);
    expect(['accepted', 'refunded']).toContain(again.state);
    const other = { ...refund, amountFen: 100 };
    // Another amount under a number that is known is no clear no, for the first one exists.
    expect(await verbs.refund(order, other)).toMatchObject({ state: 'unknown' });
  });
});

describe('a merchant whose console still sends refunds in the older protocol', () => {
  let given: GivenMerchantAccount;
  beforeAll(async () => {
    const { simulatorUrl } = scene;
    given = await givenMerchantAccount(scene.system, { simulatorUrl });
  });

  function sealedNotice(key: string, changes: Record<string, string> = {}) {
    const fields = {
      out_trade_no: 'test0001',
      out_refund_no: 'testR0001',
      refund_id: '50000000000000000000000000001',
      refund_fee: '100',
      refund_status: 'SUCCESS',
    };
    const inner = Object.entries(fields).map(([name, text]) => `<${name}>${text}</${name}>`);
    const aesKey = createHash('md5').update(key).digest('hex');
    const cipher = createCipheriv('aes-256-ecb', aesKey, null);
    const clear = `<root>${inner.join('')}</root>`;
    const sealed = Buffer.concat([cipher.update(clear), cipher.final()]).toString('base64');
    const outer = {
      return_code: 'SUCCESS',
      appid: given.appId,
      mch_id: given.mchId,
      req_info: sealed,
      ...changes,
    };
    const elements = Object.entries(outer).map(([name, text]) => `<${name}>${text}</${name}>`);
    return Buffer.from(`<xml>${elements.join('')}</xml>`);
  }

  const read = (rawBody: Buffer) =>
    readNotification(scene.system.deps, {
      companyId: scene.system.companyId,
      channel: 'wechat-pay',
      accountNumber: given.number,
      headers: { 'content-type': 'text/xml' },
      rawBody,
      remoteIp: '127.0.0.1',
    });

  const looksAt = { state: 'authentic', lookAt: { orderNo: 'test0001', refundNo: 'testR0001' } };

  test('we look where it points, and the signed query tells', async () => {
    const reading = await read(sealedNotice(given.apiV2Key));
    expect(reading).toMatchObject(looksAt);
    expect(reading).not.toHaveProperty('refund');
    expect(await read(sealedNotice(given.apiV2Key))).toEqual(reading);
  });

  test.each([
    ['another key', 'not-decryptable', () => sealedNotice('x'.repeat(32))],
    ['another merchant', 'foreign-merchant', () => sealedNotice(given.apiV2Key, { mch_id: '1' })],
    ['no XML', 'not-readable', () => Buffer.from('<xml><a></xml>')],
    [
      'entities of its own',
      'not-readable',
      () => Buffer.from('<!DOCTYPE x [<!ENTITY a "b">]><xml><a>&a;</a></xml>'),
    ],
    ['nothing signed', 'header-missing', () => Buffer.from('<xml><mch_id>1</mch_id></xml>')],
  ])('one with %s is refused: %s', async (_what, reason, make) => {
    expect(await read(make())).toEqual({ state: 'refused', reason });
  });
});
