import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { PrepayResult, Product } from '../../apps/server/src/modules/channels/index.ts';
import { amountFen, minute, newNo, startScene, type UnionPayAccount } from './union-pay-scene.ts';

let scene: Awaited<ReturnType<typeof startScene>>;
beforeAll(async () => {
  scene = await startScene();
});
afterEach(() => scene.control('DELETE', 'faults'));
afterAll(() => scene.close());

/** Posts the form as the payer's browser does. */
async function post(result: PrepayResult): Promise<string> {
  if (result.state !== 'accepted' || result.instructions.kind !== 'form') {
    throw new Error('no form');
  }
  const { action, fields } = result.instructions;
  const answer = await fetch(action, { method: 'POST', body: new URLSearchParams({ ...fields }) });
  expect(answer.status).toBe(200);
  return await answer.text();
}

describe.each(['certificate', 'secret-key', 'qr'] as const)('with a %s', (way) => {
  let account: UnionPayAccount;
  beforeAll(async () => {
    account = await scene.givenAccount(way);
  });

  test('the test call proves that both sides know each other’s keys', async () => {
    expect(await scene.testOf(account)).toEqual({ ok: true, code: 'OK' });
  });

  test('a code is shown, paid, heard of, found paid and cannot be closed', async () => {
    const { order, result } = await scene.givenOrder(account, 'native');
    expect(result).toMatchObject({ state: 'accepted', instructions: { kind: 'native' } });
    expect(await scene.query(account, order)).toEqual({ state: 'pending' });
    const heard = await scene.heardAfter(account, () => scene.pay(account, order, 'paid'));
    const trade = { orderNo: order.orderNo, amountFen, currency: 'CNY', mchId: account.mchId };
    expect(heard).toMatchObject({ state: 'authentic', trade });
    expect(await scene.query(account, order)).toMatchObject({ state: 'paid', trade });
    expect(await scene.closeOrder(account, order)).toEqual({ state: 'paid' });
    expect(await scene.query(account, { ...order, orderNo: newNo() })).toEqual({
      state: 'not-found',
    });
  });

  test('what is told twice has one number', async () => {
    const order = await scene.paidOrder(account);
    const again = () =>
      scene.control('POST', `${account.channel}/orders/${order.orderNo}/notify`, {});
    const first = await scene.heardAfter(account, again);
    expect(first).toMatchObject({ state: 'authentic' });
    const second = await scene.heardAfter(account, again);
    expect(second).toMatchObject({
      notificationId: 'notificationId' in first && first.notificationId,
    });
  });

  test('a payment code is charged, waited for, or refused', async () => {
    const charge = async (outcome: string) => {
      const codes = `${account.channel}/codes`;
      const { authCode } = await scene.control<{ authCode: string }>('POST', codes, { outcome });
      return await scene.givenOrder(account, 'code', { authCode });
    };
    const charged = await charge('paid');
    expect(['paid', 'accepted']).toContain(charged.result.state);
    expect(await scene.query(account, charged.order)).toMatchObject({ state: 'paid' });
    for (const outcome of ['expired', 'no-money']) {
      expect((await charge(outcome)).result).toMatchObject({ state: 'refused' });
    }
    const waiting = await charge('password');
    expect(waiting.result).toEqual({ state: 'accepted', instructions: { kind: 'wait' } });
    expect(await scene.query(account, waiting.order)).toEqual({ state: 'pending' });
    await scene.pay(account, waiting.order);
    expect(await scene.query(account, waiting.order)).toMatchObject({ state: 'paid' });
    const refusedByPayer = await charge('password');
    await scene.pay(account, refusedByPayer.order, 'cancel');
    expect((await scene.query(account, refusedByPayer.order)).state).toMatch(/closed|pending/);
  });

  test('refunds in parts and of the rest are accepted, done and found one by one', async () => {
    const order = await scene.paidOrder(account);
    const first = await scene.refundOf(account, order, 54_70);
    expect(await first.send()).toEqual({ state: 'accepted' });
    await scene.advance(2 * minute);
    expect(await first.ask()).toMatchObject({
      state: 'refunded',
      refund: { orderNo: order.orderNo, refundNo: first.refundNo, amountFen: 54_70 },
    });
    // The same number again is the same refund.
    expect(await first.send()).toEqual({ state: 'accepted' });
    const tooMuch = await scene.refundOf(account, order, 254_70);
    expect(await tooMuch.send()).toMatchObject({ state: 'refused' });
    const rest = await scene.refundOf(account, order, 200_00);
    expect(await rest.send()).toEqual({ state: 'accepted' });
    await scene.advance(2 * minute);
    expect(await rest.ask()).toMatchObject({ state: 'refunded', refund: { amountFen: 200_00 } });
    expect(await scene.query(account, order)).toMatchObject({ state: 'paid' });
    expect(await (await scene.refundOf(account, order, 1)).ask()).toEqual({ state: 'not-found' });
    const book = `${account.channel}/orders/${order.orderNo}`;
    expect(await scene.control('GET', book)).toMatchObject({ refundedFen: 254_70 });
  });

  test('a refund that does not end at once ends either way', async () => {
    for (const outcome of ['refunded', 'failed']) {
      const order = await scene.paidOrder(account);
      const refund = await scene.refundOf(account, order, 1_00);
      await scene.arm(account.channel, 'refund', 'refund-pending');
      expect(await refund.send()).toEqual({ state: 'accepted' });
      expect(await refund.ask()).toEqual({ state: 'pending' });
      await scene.control('POST', `${account.channel}/refunds/${refund.refundNo}/finish`, {
        outcome,
      });
      expect(await refund.ask()).toMatchObject({ state: outcome });
    }
  });

  test('a balance that is too small is a clear no', async () => {
    const refund = await scene.refundOf(account, await scene.paidOrder(account), 1_00);
    await scene.arm(account.channel, 'refund', 'refund-refused');
    expect(await refund.send()).toMatchObject({ state: 'refused' });
  });
});

describe('the gateway', () => {
  let account: UnionPayAccount;
  beforeAll(async () => {
    account = await scene.givenAccount('certificate');
  });

  test('the clerk’s .pfx is all that it takes, and nothing of it is kept', async () => {
    const uploaded = await scene.givenPfxAccount();
    expect(await scene.testOf(uploaded)).toEqual({ ok: true, code: 'OK' });
    const kept = Object.keys(await scene.secretsOf(uploaded)).sort();
    expect(kept).toEqual(['certificatePem', 'middlePem', 'privateKeyPem', 'rootPem']);
  });

  test.each(['page', 'h5'] as const)(
    '%s: there is no order before the browser posts its form',
    async (product: Product) => {
      const returnUrl = 'http://localhost:8080/q/1';
      const { order, result } = await scene.givenOrder(account, product, { returnUrl });
      expect(await scene.query(account, order)).toEqual({ state: 'not-found' });
      expect(await scene.closeOrder(account, order)).toEqual({ state: 'open' });
      expect(await post(result)).toContain('254.70');
      expect(await scene.query(account, order)).toEqual({ state: 'pending' });
      const heard = await scene.heardAfter(account, () => scene.pay(account, order, 'paid'));
      expect(heard).toMatchObject({ trade: { orderNo: order.orderNo, amountFen } });
      expect(await scene.query(account, order)).toMatchObject({ state: 'paid' });
    },
  );

  test('the app is given a tn', async () => {
    const { order, result } = await scene.givenOrder(account, 'app');
    expect(result).toMatchObject({ instructions: { kind: 'app', params: { mode: '01' } } });
    await scene.pay(account, order);
    expect(await scene.query(account, order)).toMatchObject({ state: 'paid' });
  });

  test('an order that nobody pays is open until its time is over, then closed', async () => {
    const { order: shown } = await scene.givenOrder(account, 'native');
    const { order: neverPosted } = await scene.givenOrder(account, 'h5');
    expect(await scene.closeOrder(account, shown)).toEqual({ state: 'open' });
    await scene.advance(5 * minute + 59_000);
    expect(await scene.closeOrder(account, shown)).toEqual({ state: 'open' });
    expect(await scene.closeOrder(account, neverPosted)).toEqual({ state: 'open' });
    await scene.advance(2000);
    for (const order of [shown, neverPosted]) {
      expect(await scene.query(account, order)).toEqual({ state: 'closed' });
      expect(await scene.closeOrder(account, order)).toEqual({ state: 'closed' });
    }
  });

  test('money that comes although the time was over is found', async () => {
    const { order } = await scene.givenOrder(account, 'native');
    await scene.pay(account, order, 'paid-after-close');
    await scene.advance(7 * minute);
    expect(await scene.query(account, order)).toMatchObject({ state: 'paid' });
  });

  test('the whole amount is voided on the day of the payment, given back later', async () => {
    const order = await scene.paidOrder(account);
    const whole = await scene.refundOf(account, order, amountFen);
    const heard = await scene.heardAfter(account, whole.send);
    expect(heard).toMatchObject({
      eventType: '31.00',
      refund: { orderNo: order.orderNo, refundNo: whole.refundNo, amountFen },
    });
    expect(await whole.ask()).toMatchObject({ state: 'refunded' });
    const path = `union-pay/refunds/${whole.refundNo}`;
    expect(await scene.control('GET', path)).toMatchObject({ kind: 'void' });
    const part = await scene.refundOf(account, await scene.paidOrder(account), 1_00);
    expect(await scene.heardAfter(account, part.send)).toMatchObject({
      eventType: '04.00',
      refund: { refundNo: part.refundNo, amountFen: 1_00 },
    });
  });

  test('answers under a new certificate of the same chain are believed', async () => {
    const order = await scene.paidOrder(account);
    await scene.control('POST', 'union-pay/rotate', {});
    expect(await scene.query(account, order)).toMatchObject({ state: 'paid' });
    const again = () => scene.control('POST', `union-pay/orders/${order.orderNo}/notify`, {});
    expect(await scene.heardAfter(account, again)).toMatchObject({ state: 'authentic' });
  });
});

describe('the wallet', () => {
  let account: UnionPayAccount;
  beforeAll(async () => {
    account = await scene.givenAccount('qr');
  });

  test('tells who pays, once, and pays at the address that the order brings', async () => {
    const { state, login, again } = await scene.logIn(account, 2);
    expect(state).toBe('a b&c');
    expect(login).toEqual({ openId: expect.stringContaining('+') as string });
    expect(await again()).toEqual({ failed: 'used-code' });
    const payerOpenId = 'openId' in login ? login.openId : '';
    const returnUrl = 'http://localhost:8080/q/1';
    const more = { payerOpenId, returnUrl, payerIp: '127.0.0.1' };
    const { order, result } = await scene.givenOrder(account, 'jsapi', more);
    expect(result).toMatchObject({ state: 'accepted', instructions: { kind: 'redirect' } });
    const url = (result as { instructions: { url: string } }).instructions.url;
    expect((await fetch(url)).status).toBe(200);
    const heard = await scene.heardAfter(account, () => scene.pay(account, order, 'paid'));
    expect(heard).toMatchObject({ trade: { orderNo: order.orderNo, amountFen } });
  });

  test.each(['server-error', 'unsigned', 'bad-signature', 'connection-lost-after'])(
    'leaves unknown who pays after %s',
    async (fault) => {
      await scene.arm('union-pay-qr', 'login', fault);
      expect((await scene.logIn(account, 1)).login).toEqual({ failed: 'unknown' });
    },
  );

  test('closes an order that nobody paid, and reverses a scanned one, money included', async () => {
    const { order } = await scene.givenOrder(account, 'native');
    expect(await scene.closeOrder(account, order)).toEqual({ state: 'closed' });
    expect(await scene.closeOrder(account, order)).toEqual({ state: 'closed' });
    expect(await scene.query(account, order)).toEqual({ state: 'closed' });
    expect(await scene.closeOrder(account, { ...order, orderNo: newNo() })).toEqual({
      state: 'not-found',
    });
    const codes = 'union-pay-qr/codes';
    const { authCode } = await scene.control<{ authCode: string }>('POST', codes, {});
    const scanned = await scene.givenOrder(account, 'code', { authCode });
    expect(scanned.result).toMatchObject({ state: 'paid' });
    expect(await scene.closeOrder(account, scanned.order)).toEqual({ state: 'closed' });
    expect(await scene.query(account, scanned.order)).toEqual({ state: 'closed' });
    const path = `union-pay-qr/orders/${scanned.order.orderNo}`;
    expect(await scene.control('GET', path)).toMatchObject({ refundedFen: amountFen });
  });

  test('a payer who is faster than the close is found out', async () => {
    const { order } = await scene.givenOrder(account, 'native');
    await scene.arm('union-pay-qr', 'close', 'paid-before-answer');
    expect(await scene.closeOrder(account, order)).toEqual({ state: 'paid' });
  });
});
