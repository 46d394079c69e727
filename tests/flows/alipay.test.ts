import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { alipay } from '../../apps/server/src/modules/channels/alipay/index.ts';
import type { ChannelContext } from '../../apps/server/src/modules/channels/channel.ts';
import { sql } from '../../apps/server/src/platform/database/index.ts';
import { fen } from '../../packages/money/src/index.ts';
import { type AlipayAccount, amountFen, codeUrlOf, newNo, startScene } from './alipay-scene.ts';

let scene: Awaited<ReturnType<typeof startScene>>;
beforeAll(async () => {
  scene = await startScene();
});
afterEach(() => scene.control('DELETE', 'faults'));
afterAll(() => scene.close());

describe.each([
  ['public-key', 'user_id'],
  ['certificate', 'open_id'],
] as const)('in the mode %s, with a payer known by %s', (mode, identity) => {
  let account: AlipayAccount;
  beforeAll(async () => {
    account = await scene.givenAccount(mode, identity);
  });

  test('the test call proves that both sides know each other’s keys', async () => {
    const context = await scene.contextOf(account);
    expect(await alipay.test(context)).toEqual({ ok: true, code: 'OK' });
  });

  test('the payer comes back with an id, once, and pays in the wallet', async () => {
    const { state, login, again } = await scene.logIn(account, 2);
    expect(state).toBe('a b&c');
    expect(login).toEqual({ openId: expect.any(String) });
    expect(await again()).toEqual({ failed: 'used-code' });
    const payerOpenId = 'openId' in login ? login.openId : '';
    expect(/^2088\d{12}$/.test(payerOpenId)).toBe(identity === 'user_id');
    for (const product of ['jsapi', 'mini-program'] as const) {
      const { orderNo, result } = await scene.givenOrder(account, product, { payerOpenId });
      expect(result).toMatchObject({ state: 'accepted', instructions: { kind: 'alipay-trade' } });
      expect(await scene.query(account, orderNo, product)).toEqual({ state: 'pending' });
      const act = () => scene.pay({ outTradeNo: orderNo });
      expect(await scene.heardAfter(account, act)).toMatchObject({
        state: 'authentic',
        trade: { orderNo, amountFen, currency: 'CNY', payerOpenId, mchId: account.mchId },
      });
      expect(await scene.query(account, orderNo, product)).toMatchObject({
        state: 'paid',
        trade: { orderNo, amountFen, payerOpenId, appId: account.appId },
      });
      expect(await scene.closeOrder(account, orderNo, product)).toEqual({ state: 'paid' });
    }
  });

  test('a code that nobody scanned is not there; scanned and unpaid it is closed', async () => {
    const { orderNo, result } = await scene.givenOrder(account, 'native');
    expect(await scene.query(account, orderNo)).toEqual({ state: 'not-found' });
    expect(await scene.closeOrder(account, orderNo)).toEqual({ state: 'not-found' });
    await scene.pay({ codeUrl: codeUrlOf(result), outcome: 'cancel' });
    expect(await scene.query(account, orderNo)).toEqual({ state: 'pending' });
    expect(await scene.closeOrder(account, orderNo)).toEqual({ state: 'closed' });
    expect(await scene.closeOrder(account, orderNo)).toEqual({ state: 'closed' });
    expect(await scene.query(account, orderNo)).toEqual({ state: 'closed' });
  });

  test.each(['h5', 'page', 'app'] as const)(
    '%s: what the payer opens can be paid',
    async (product) => {
      const returnUrl = 'http://localhost:8080/q/1';
      const { orderNo, result } = await scene.givenOrder(account, product, { returnUrl });
      const link = linkOf(result);
      expect(await scene.query(account, orderNo, product)).toEqual({ state: 'not-found' });
      await scene.pay({ link });
      expect(await scene.query(account, orderNo, product)).toMatchObject({ state: 'paid' });
    },
  );

  test('a payment code is charged, waited for, refused, or reversed', async () => {
    const codeFor = async (outcome: string) =>
      (await scene.control<{ authCode: string }>('POST', 'alipay/codes', { outcome })).authCode;
    const charge = async (outcome: string) =>
      await scene.givenOrder(account, 'code', { authCode: await codeFor(outcome) });
    const charged = await charge('paid');
    expect(charged.result).toMatchObject({ state: 'paid', trade: { orderNo: charged.orderNo } });
    for (const outcome of ['expired', 'no-money']) {
      expect((await charge(outcome)).result).toMatchObject({ state: 'refused' });
    }
    const waiting = await charge('password');
    expect(waiting.result).toEqual({ state: 'accepted', instructions: { kind: 'wait' } });
    expect(await scene.query(account, waiting.orderNo, 'code')).toEqual({ state: 'pending' });
    await scene.pay({ outTradeNo: waiting.orderNo });
    expect(await scene.query(account, waiting.orderNo, 'code')).toMatchObject({ state: 'paid' });
    expect(await scene.closeOrder(account, waiting.orderNo, 'code')).toEqual({ state: 'closed' });
    expect(await scene.query(account, waiting.orderNo, 'code')).toEqual({ state: 'closed' });
    const book = await scene.control<{ refundedFen: number }>(
      'GET',
      `alipay/orders/${waiting.orderNo}`,
    );
    expect(book.refundedFen).toBe(amountFen);
  });

  test('refunds in parts are heard, asked and counted one by one', async () => {
    const orderNo = await scene.paidOrder(account);
    const [first, second] = [newNo(), newNo()];
    const heard = await scene.heardAfter(account, async () => {
      expect(await scene.refund(account, orderNo, first, 54_70)).toMatchObject({
        state: 'refunded',
        refund: { refundNo: first, amountFen: 54_70 },
      });
    });
    expect(heard).toMatchObject({ state: 'authentic', lookAt: { orderNo, refundNo: first } });
    expect(heard).not.toHaveProperty('trade');
    expect(await scene.refund(account, orderNo, first, 54_70)).toMatchObject({
      state: 'refunded',
      refund: { amountFen: 54_70 },
    });
    expect(await scene.refund(account, orderNo, newNo(), 254_70)).toMatchObject({
      state: 'refused',
    });
    const last = await scene.heardAfter(account, () =>
      scene.refund(account, orderNo, second, 200_00),
    );
    expect(last).toMatchObject({ lookAt: { orderNo, refundNo: second } });
    expect(await scene.refund(account, orderNo, second, 200_00)).toMatchObject({
      state: 'refunded',
      refund: { amountFen: 200_00 },
    });
    expect(await scene.refundState(account, orderNo, first, 54_70)).toMatchObject({
      state: 'refunded',
      refund: { amountFen: 54_70 },
    });
    expect(await scene.refundState(account, orderNo, newNo(), 1)).toEqual({ state: 'not-found' });
    expect(await scene.query(account, orderNo)).toMatchObject({ state: 'paid' });
    expect(await scene.refundState(account, newNo(), first, 54_70)).toEqual({ state: 'not-found' });
  });

  test('monthly debits: agreed, debited, moved and ended', async () => {
    const context = await scene.contextOf(account);
    const mandateNo = newNo();
    const asked = await alipay.mandates?.sign(context, mandateOrder(mandateNo));
    expect(await alipay.mandates?.query(context, mandateNo)).toEqual({ state: 'not-found' });
    await fetch(linkOf(asked));
    const signed = await scene.heardAfter(account, () =>
      scene.control('POST', `alipay/mandates/${mandateNo}/sign`, { user: 1, outcome: 'signed' }),
    );
    expect(signed).toMatchObject({
      state: 'authentic',
      mandate: { mandateNo, state: 'active', channelMandateNo: expect.any(String) },
    });
    const found = await alipay.mandates?.query(context, mandateNo);
    expect(found).toMatchObject({ state: 'known', mandate: { mandateNo, state: 'active' } });
    const no = found?.state === 'known' ? found.mandate.channelMandateNo : '';
    await debitAndEnd(context, { mandateNo, no });
  });

  async function debitAndEnd(context: ChannelContext, mandate: { mandateNo: string; no: string }) {
    const { mandateNo, no } = mandate;
    const orderNo = newNo();
    const now = scene.system.clock.now();
    const debit = {
      product: 'debit' as const,
      orderNo,
      amountFen,
      mandateNo: no,
      description: '物业费',
    };
    const times = { requestedAt: now, expiresAt: new Date(now.getTime() + 600_000) };
    const result = await alipay.prepay(context, { ...debit, ...times });
    expect(result).toMatchObject({ state: 'paid', trade: { orderNo, amountFen } });
    const debitOn = new Date(now.getTime() + 20 * 24 * 3_600_000).toISOString().slice(0, 10);
    const planned = { channelMandateNo: no, amountFen, debitOn };
    expect(await alipay.mandates?.announceDebit?.(context, planned)).toEqual({ state: 'done' });
    expect(await alipay.mandates?.announceDebit?.(context, planned)).toEqual({ state: 'done' });
    const ended = await scene.heardAfter(account, async () => {
      const input = { mandateNo, channelMandateNo: no, reason: '业主要求' };
      expect(await alipay.mandates?.end(context, input)).toEqual({ state: 'done' });
    });
    expect(ended).toMatchObject({ mandate: { mandateNo, state: 'ended' } });
    expect(await alipay.mandates?.query(context, mandateNo)).toMatchObject({
      state: 'known',
      mandate: { state: 'ended' },
    });
  }
});

function linkOf(result: unknown): string {
  const { instructions } = result as {
    instructions: { url?: string; params?: { orderString: string } };
  };
  return instructions.url ?? instructions.params?.orderString ?? '';
}

function mandateOrder(mandateNo: string) {
  return {
    mandateNo,
    displayName: '3栋2单元501',
    limitFen: fen(500_00),
    firstDebitOn: scene.system.clock.now().toISOString().slice(0, 10),
    returnUrl: 'http://localhost:8080/q/1',
    requestedAt: scene.system.clock.now(),
  };
}

test('what was said to the channel is kept without secrets and payers’ ids', async () => {
  const messages = await scene.system.deps.db.read(scene.system.companyId, (tx) =>
    tx.many(sql<{ verb: string; text: string }>`
      select verb, request || response as text from channels.message`),
  );
  expect(messages.length).toBeGreaterThan(30);
  const leaks = messages.flatMap(({ verb, text }) => {
    const found = /PRIVATE KEY|2088102146225135|"(?:\w+_token|auth_code|sign)\\?":\\?"[^"…\\]{5}/;
    const leak = found.exec(text);
    return leak ? [`${verb}: ${text.slice(Math.max(0, leak.index - 40), leak.index + 60)}`] : [];
  });
  expect(leaks).toEqual([]);
  expect(messages.some(({ text }) => /buyer_user_id":"2088…/.test(text))).toBe(true);
});
