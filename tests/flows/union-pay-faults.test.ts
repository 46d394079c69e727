import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { amountFen, minute, newNo, startScene, type UnionPayAccount } from './union-pay-scene.ts';

let scene: Awaited<ReturnType<typeof startScene>>;
beforeAll(async () => {
  scene = await startScene();
});
afterEach(() => scene.control('DELETE', 'faults'));
afterAll(() => scene.close());

describe.each(['certificate', 'secret-key', 'qr'] as const)('with a %s', (way) => {
  let account: UnionPayAccount;
  beforeAll(async () => {
    account = await scene.givenAccount(way);
  });

  const aboutSignatures = [
    'unsigned',
    'bad-signature',
    'body-changed',
    'old-timestamp',
    'unknown-serial',
  ];
  const doubtful = [
    'server-error',
    'unavailable',
    'rate-limited',
    'server-error-after',
    'timeout-before',
    'timeout-after',
    'connection-lost-before',
    'connection-lost-after',
    'unparsable',
    ...aboutSignatures,
  ];

  test.each(doubtful)('%s leaves orders and refunds unknown', async (fault) => {
    const arm = (place: string) => scene.arm(account.channel, place, fault, { delayMs: 50 });
    await arm('prepay');
    expect((await scene.givenOrder(account, 'native')).result).toMatchObject({ state: 'unknown' });
    const order = await scene.paidOrder(account);
    await arm('query');
    expect(await scene.query(account, order)).toMatchObject({ state: 'unknown' });
    const unpaid = await scene.givenOrder(account, 'native');
    await arm(way === 'qr' ? 'close' : 'query');
    expect(await scene.closeOrder(account, unpaid.order)).toMatchObject({ state: 'unknown' });
    const refund = await scene.refundOf(account, order, 1_00);
    await arm('refund');
    expect(await refund.send()).toMatchObject({ state: 'unknown' });
    expect((await refund.send()).state).toBe('accepted');
    await scene.advance(2 * minute);
    await arm('refund-query');
    expect(await refund.ask()).toMatchObject({ state: 'unknown' });
    expect(await refund.ask()).toMatchObject({ state: 'refunded', refund: { amountFen: 1_00 } });
    // The acquirers' bill is text without a signature; its own totals must hold instead.
    if (way === 'qr' && aboutSignatures.includes(fault)) return;
    await arm('statement');
    expect(await scene.statement(account, '2026-01-01')).toMatchObject({ state: 'unknown' });
  });

  const forged = [
    'wrong-merchant',
    'bad-signature',
    'body-changed',
    'tampered-ciphertext',
    'bad-tag',
    'old-timestamp',
    'unknown-serial',
    'huge-body',
  ];

  test.each(forged)('a notification with %s is refused', async (fault) => {
    const order = await scene.paidOrder(account);
    const path = `${account.channel}/orders/${order.orderNo}/notify`;
    const act = () => scene.control('POST', path, { fault });
    expect(await scene.heardAfter(account, act)).toMatchObject({ state: 'refused' });
  });

  test('money of another amount, and for an order we never made, is told as it is', async () => {
    const order = await scene.paidOrder(account);
    const path = `${account.channel}/orders/${order.orderNo}/notify`;
    const other = () => scene.control('POST', path, { fault: 'wrong-amount' });
    expect(await scene.heardAfter(account, other)).toMatchObject({
      trade: { orderNo: order.orderNo, amountFen: amountFen + 1 },
    });
    const strange = newNo();
    const unknown = { mchid: account.mchId, outTradeNo: strange, totalFen: 5 };
    const act = () => scene.control('POST', `${account.channel}/unknown-order`, unknown);
    expect(await scene.heardAfter(account, act)).toMatchObject({
      trade: { orderNo: strange, amountFen: 5 },
    });
  });

  test('nothing is waited for longer than 8 seconds', async () => {
    await scene.arm(account.channel, 'query', 'timeout-before', { delayMs: 30_000 });
    const order = await scene.paidOrder(account);
    const startedAt = performance.now();
    expect(await scene.query(account, order)).toMatchObject({ state: 'unknown' });
    expect(performance.now() - startedAt).toBeLessThan(9000);
    expect(performance.now() - startedAt).toBeGreaterThan(7500);
  });
});
