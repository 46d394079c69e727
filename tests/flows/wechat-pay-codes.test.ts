import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { givenMerchantAccount } from '../../apps/server/test/channels-builders.ts';
import { startScene } from './wechat-pay-scene.ts';
import { type PlacedOrder, type Verbs, verbsOf } from './wechat-pay-verbs.ts';

let scene: Awaited<ReturnType<typeof startScene>>;
let verbs: Verbs;
let mchid: string;
beforeAll(async () => {
  scene = await startScene();
  const given = await givenMerchantAccount(scene.system, { simulatorUrl: scene.simulatorUrl });
  verbs = verbsOf(scene.system, given);
  mchid = given.mchId;
});
afterEach(() => scene.control('DELETE', 'faults'));
afterAll(() => scene.close());

async function codeOrder(outcome: string): Promise<PlacedOrder> {
  const made = await scene.control<{ authCode: string }>('POST', 'wechat-pay/codes', { outcome });
  return verbs.order({ product: 'code', authCode: made.authCode });
}

const pay = (order: PlacedOrder, outcome: string) =>
  scene.control('POST', 'wechat-pay/pay', { outTradeNo: order.orderNo, outcome });

const book = () =>
  scene.control<{ totalFen: number; refundedFen: number }>('GET', `wechat-pay/book?mchid=${mchid}`);

describe('the desk scans what the payer’s wallet shows', () => {
  test('a payer who must type a password pays a little later', async () => {
    const order = await codeOrder('password');
    expect(await verbs.prepay(order)).toEqual({
      state: 'accepted',
      instructions: { kind: 'wait' },
    });
    expect(await verbs.query(order)).toEqual({ state: 'pending' });
    await pay(order, 'paid');
    expect(await verbs.query(order)).toMatchObject({ state: 'paid', trade: { amountFen: 254_70 } });
  });

  test('a payer who never types it is reversed, after 15 seconds and not before', async () => {
    const order = await codeOrder('password');
    await verbs.prepay(order);
    expect(await verbs.close(order)).toMatchObject({ state: 'unknown' });
    await scene.advance(15_000);
    expect(await verbs.close(order)).toEqual({ state: 'closed' });
    expect(await verbs.query(order)).toEqual({ state: 'closed' });
    expect(await verbs.close(order)).toEqual({ state: 'closed' });
    await expect(pay(order, 'paid')).rejects.toThrow('409');
  });

  test('money that came in before the reversal goes back, and the order is closed', async () => {
    const before = await book();
    const order = await codeOrder('password');
    await verbs.prepay(order);
    await pay(order, 'paid');
    await scene.advance(15_000);
    expect(await verbs.close(order)).toEqual({ state: 'closed' });
    expect(await verbs.query(order)).toEqual({ state: 'closed' });
    const after = await book();
    expect(after.totalFen - before.totalFen).toBe(254_70);
    expect(after.refundedFen - before.refundedFen).toBe(254_70);
  });

  test.each([
    ['no-money', 'NOTENOUGH'],
    ['expired', 'AUTHCODEEXPIRE'],
  ])('%s: the desk is told why, and nothing stays payable', async (outcome, code) => {
    const order = await codeOrder(outcome);
    expect(await verbs.prepay(order)).toMatchObject({ state: 'refused', code });
    await scene.advance(15_000);
    const closed = await verbs.close(order);
    expect(['closed', 'not-found']).toContain(closed.state);
  });

  test('a code is taken once', async () => {
    const order = await codeOrder('paid');
    expect(await verbs.prepay(order)).toMatchObject({ state: 'paid' });
    const authCode = order.authCode ?? '';
    const again = verbs.order({ product: 'code', authCode });
    expect(await verbs.prepay(again)).toMatchObject({ state: 'refused', code: 'AUTH_CODE_ERROR' });
    expect(await verbs.prepay(order)).toEqual({ state: 'unknown', reason: 'ORDERPAID' });
    expect(await verbs.query(order)).toMatchObject({ state: 'paid' });
  });

  test.each(['284567890123456789', '16', '1345678901234567890', ''])(
    'what is no code of this wallet is never sent: “%s”',
    async (authCode) => {
      const sent = (await verbs.messages('prepay')).length;
      const order = verbs.order({ product: 'code', authCode });
      expect(await verbs.prepay(order)).toMatchObject({ state: 'refused' });
      expect(await verbs.messages('prepay')).toHaveLength(sent);
    },
  );

  const doubtful = [
    'unavailable',
    'timeout-before',
    'timeout-after',
    'connection-lost-before',
    'connection-lost-after',
    'server-error-after',
    'unparsable',
    'unsigned',
    'bad-signature',
    'body-changed',
  ];

  test.each(doubtful)('%s leaves payment and reversal unknown', async (fault) => {
    await scene.arm('prepay', fault);
    const order = await codeOrder('paid');
    expect(await verbs.prepay(order)).toMatchObject({ state: 'unknown' });
    await scene.advance(15_000);
    await scene.arm('cancel', fault);
    expect(await verbs.close(order)).toMatchObject({ state: 'unknown' });
    await scene.control('DELETE', 'faults');
    const closed = await verbs.close(order);
    expect(['closed', 'not-found']).toContain(closed.state);
  });

  test('the payer’s code and id are not kept', async () => {
    const order = await codeOrder('paid');
    await verbs.prepay(order);
    const kept = JSON.stringify(await verbs.messages('prepay'));
    expect(kept).toContain('<auth_code>');
    expect(kept).not.toContain(order.authCode);
    expect(kept).not.toMatch(/<openid><!\[CDATA\[[^…]{5,}\]\]/);
  });
});
