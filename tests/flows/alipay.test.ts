import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { alipay } from '../../apps/server/src/modules/channels/alipay/index.ts';
import type { ChannelContext } from '../../apps/server/src/modules/channels/channel.ts';
import { sql } from '../../apps/server/src/platform/database/index.ts';
import { fen } from '../../packages/money/src/index.ts';
import { type AlipayAccount, amountFen, newNo, startScene } from './alipay-scene.ts';

let scene: Awaited<ReturnType<typeof startScene>>;
beforeAll(async () => {
  scene = await startScene();
});
afterEach(() => scene.control('DELETE', 'faults'));
afterAll(() => scene.close());

const pay = (body: object) => scene.control('POST', 'alipay/pay', body);
const codeUrlOf = (result: unknown) =>
  (result as { instructions: { codeUrl: string } }).instructions.codeUrl;

/** An order that was placed as a code and paid, by default without telling us. */
async function paidOrder(account: AlipayAccount, outcome = 'paid-no-notification') {
  const { orderNo, result } = await scene.givenOrder(account, 'native');
  await pay({ codeUrl: codeUrlOf(result), outcome });
  return orderNo;
}

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
      const act = () => pay({ outTradeNo: orderNo });
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
    await pay({ codeUrl: codeUrlOf(result), outcome: 'cancel' });
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
      await pay({ link });
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
    await pay({ outTradeNo: waiting.orderNo });
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
    const orderNo = await paidOrder(account);
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

describe('whatever goes wrong with an answer, nothing is taken for granted', () => {
  let account: AlipayAccount;
  beforeAll(async () => {
    account = await scene.givenAccount('certificate');
  });

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
    'unsigned',
    'bad-signature',
    'body-changed',
    'old-timestamp',
    'unknown-serial',
  ];
  const delayMs = 50;

  test.each(doubtful)('%s leaves orders, refunds and logins unknown', async (fault) => {
    await scene.arm('prepay', fault, { delayMs });
    expect((await scene.givenOrder(account, 'native')).result).toMatchObject({ state: 'unknown' });
    const orderNo = await paidOrder(account);
    await scene.arm('query', fault, { delayMs });
    expect(await scene.query(account, orderNo)).toMatchObject({ state: 'unknown' });
    const unpaid = await scene.givenOrder(account, 'native');
    await pay({ codeUrl: codeUrlOf(unpaid.result), outcome: 'cancel' });
    await scene.arm('close', fault, { delayMs });
    expect(await scene.closeOrder(account, unpaid.orderNo)).toMatchObject({ state: 'unknown' });
    await scene.arm('cancel', fault, { delayMs });
    expect(await scene.closeOrder(account, unpaid.orderNo, 'code')).toMatchObject({
      state: 'unknown',
    });
    const refundNo = newNo();
    await scene.arm('refund', fault, { delayMs });
    expect(await scene.refund(account, orderNo, refundNo, 1_00)).toMatchObject({
      state: 'unknown',
    });
    await scene.arm('refund-query', fault, { delayMs });
    expect(await scene.refundState(account, orderNo, refundNo, 1_00)).toMatchObject({
      state: 'unknown',
    });
    expect(await scene.refund(account, orderNo, refundNo, 1_00)).toMatchObject({
      state: 'refunded',
      refund: { amountFen: 1_00 },
    });
    await scene.arm('login', fault, { delayMs });
    expect((await scene.logIn(account, 1)).login).toEqual({ failed: 'unknown' });
    const day = '2026-01-01';
    await scene.arm('statement', fault, { delayMs });
    expect(await scene.statement(account, day, 'trade')).toMatchObject({ state: 'unknown' });
  });

  test('after any of them the same order can be placed again with the same number', async () => {
    await scene.arm('prepay', 'connection-lost-after');
    const first = await scene.givenOrder(account, 'native');
    expect(first.result.state).toBe('unknown');
    const again = await scene.givenOrder(account, 'native', { orderNo: first.orderNo });
    expect(again.result.state).toBe('accepted');
  });

  test('a payer who is faster than the close is found out', async () => {
    const { orderNo, result } = await scene.givenOrder(account, 'native');
    await pay({ codeUrl: codeUrlOf(result), outcome: 'cancel' });
    await scene.arm('close', 'paid-before-answer');
    expect(await scene.closeOrder(account, orderNo)).toEqual({ state: 'paid' });
    expect(await scene.query(account, orderNo)).toMatchObject({ state: 'paid' });
  });

  test('nothing is waited for longer than 8 seconds', async () => {
    await scene.arm('query', 'timeout-before', { delayMs: 30_000 });
    const startedAt = performance.now();
    expect(await scene.query(account, newNo())).toMatchObject({ state: 'unknown' });
    expect(performance.now() - startedAt).toBeLessThan(9000);
    expect(performance.now() - startedAt).toBeGreaterThan(7500);
  });

  const proofless = [
    ['wrong-merchant', 'foreign-merchant'],
    ['wrong-appid', 'foreign-app'],
    ['tampered-ciphertext', 'bad-signature'],
    ['bad-tag', 'bad-signature'],
    ['bad-signature', 'bad-signature'],
    ['body-changed', 'bad-signature'],
    ['unknown-serial', 'bad-signature'],
    ['signature-probe', 'bad-signature'],
    ['huge-body', 'too-large'],
  ] as const;

  test.each(proofless)('a notification with %s is refused: %s', async (fault, reason) => {
    const orderNo = await paidOrder(account);
    const path = `alipay/orders/${orderNo}/notify`;
    const act = () => scene.control('POST', path, { fault });
    expect(await scene.heardAfter(account, act)).toEqual({ state: 'refused', reason });
  });

  test('a notification that is late is still true, and one of another amount says so', async () => {
    const orderNo = await paidOrder(account);
    const path = `alipay/orders/${orderNo}/notify`;
    const late = () => scene.control('POST', path, { fault: 'old-timestamp' });
    expect(await scene.heardAfter(account, late)).toMatchObject({ trade: { orderNo, amountFen } });
    const other = () => scene.control('POST', path, { fault: 'wrong-amount' });
    expect(await scene.heardAfter(account, other)).toMatchObject({
      trade: { orderNo, amountFen: amountFen + 1 },
    });
  });

  test('the repeats of one notification have one number', async () => {
    const orderNo = await paidOrder(account);
    const act = () => scene.control('POST', `alipay/orders/${orderNo}/notify`, {});
    const first = await scene.heardAfter(account, act);
    await scene.advance(240_000);
    const second = await scene.heardAfter(account, act);
    expect(first).toHaveProperty('notificationId');
    expect(second).toEqual({ ...first, ...tradeOf(second) });
  });
});

/** The words as they came differ in the time at which they were sent. */
function tradeOf(reading: object): object {
  return 'trade' in reading ? { trade: reading.trade } : {};
}

describe('refunds that do not end at once', () => {
  let account: AlipayAccount;
  beforeAll(async () => {
    account = await scene.givenAccount('public-key');
  });

  test.each([
    ['refund-pending', 'refunded'],
    ['refund-pending', 'failed'],
  ] as const)('%s, then %s', async (fault, outcome) => {
    const orderNo = await paidOrder(account);
    const refundNo = newNo();
    await scene.arm('refund', fault);
    expect(await scene.refund(account, orderNo, refundNo, 100)).toEqual({ state: 'accepted' });
    const finish = () => scene.control('POST', `alipay/refunds/${refundNo}/finish`, { outcome });
    await finish();
    expect(await scene.refundState(account, orderNo, refundNo, 100)).toMatchObject(
      // Alipay says nothing of a refund that failed: the same number may be sent again.
      outcome === 'refunded' ? { state: 'refunded' } : { state: 'not-found' },
    );
    expect(await scene.refund(account, orderNo, refundNo, 100)).toMatchObject({
      state: 'refunded',
      refund: { amountFen: 100 },
    });
  });

  test('a balance that is too small is a clear no, and the same number is good later', async () => {
    const orderNo = await paidOrder(account);
    const refundNo = newNo();
    await scene.arm('refund', 'refund-refused');
    expect(await scene.refund(account, orderNo, refundNo, 100)).toMatchObject({
      state: 'refused',
      code: 'ACQ.SELLER_BALANCE_NOT_ENOUGH',
    });
    expect(await scene.refund(account, orderNo, refundNo, 100)).toMatchObject({
      state: 'refunded',
    });
  });

  test('“success” that moved nothing is not a refund', async () => {
    const orderNo = await paidOrder(account);
    const refundNo = newNo();
    await scene.arm('refund', 'refund-moved-nothing');
    expect(await scene.refund(account, orderNo, refundNo, 100)).toEqual({ state: 'accepted' });
    expect(await scene.refundState(account, orderNo, refundNo, 100)).toEqual({
      state: 'not-found',
    });
  });
});

describe('while Alipay changes its certificate', () => {
  test('the new one is downloaded once, and answers and notices under both are believed', async () => {
    const account = await scene.givenAccount('certificate');
    const before = await paidOrder(account);
    const read = (orderNo: string) => () =>
      scene.control('POST', `alipay/orders/${orderNo}/notify`, {});
    expect(await scene.heardAfter(account, read(before))).toMatchObject({ state: 'authentic' });
    await scene.control('POST', 'alipay/rotate', { appId: account.appId });
    await scene.advance(61_000);
    expect(await scene.query(account, before)).toMatchObject({ state: 'paid' });
    expect(await scene.query(account, before)).toMatchObject({ state: 'paid' });
    expect(await scene.heardAfter(account, read(before))).toMatchObject({ state: 'authentic' });
    expect(await downloadsOf(account)).toBe(1);
  });

  test('unknown serials cause one download a minute, however many come', async () => {
    const account = await scene.givenAccount('certificate');
    await scene.arm('query', 'unknown-serial', { times: 5 });
    const orderNo = await paidOrder(account);
    for (let turn = 0; turn < 5; turn += 1) {
      expect(await scene.query(account, orderNo)).toMatchObject({ state: 'unknown' });
    }
    expect(await downloadsOf(account)).toBe(1);
  });

  async function downloadsOf({ merchantAccountId }: AlipayAccount): Promise<number> {
    const rows = await scene.system.deps.db.read(scene.system.companyId, (tx) =>
      tx.many(sql`select from channels.message
        where verb = 'certificates' and merchant_account_id = ${merchantAccountId}`),
    );
    return rows.length;
  }
});

describe('the bill of a day', () => {
  let account: AlipayAccount;
  let day: string;
  beforeAll(async () => {
    account = await scene.givenAccount('certificate');
    day = new Date(scene.system.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    await paidOrder(account);
    const orderNo = await paidOrder(account);
    await scene.refund(account, orderNo, newNo(), 54_70);
    expect(await scene.statement(account, day, 'trade')).toMatchObject({ state: 'not-ready' });
    await scene.advance(48 * 3_600_000);
  });

  test('says what the channel’s books say, to the fen', async () => {
    const said = await scene.control<{
      lines: { kind: string; outTradeNo: string; tradeNo: string; amountFen: number }[];
      totalFen: number;
      refundedFen: number;
      feeYuan: string;
    }>('GET', `alipay/statement?mchid=${account.mchId}&day=${day}`);
    const result = await scene.statement(account, day, 'trade');
    expect(result).toMatchObject({
      state: 'ready',
      statement: {
        totals: {
          paymentCount: 2,
          paymentFen: said.totalFen,
          refundCount: 1,
          refundFen: said.refundedFen,
          feeYuan: said.feeYuan,
        },
        lines: said.lines.map(({ kind, outTradeNo, tradeNo, amountFen: lineFen }) => ({
          kind,
          orderNo: outTradeNo,
          tradeNo,
          amountFen: lineFen,
        })),
      },
    });
  });

  test('of the account has every movement of the balance', async () => {
    const result = await scene.statement(account, day, 'fund');
    expect(result).toMatchObject({
      state: 'ready',
      statement: { totals: { paymentFen: 2 * amountFen, refundFen: 54_70 } },
    });
  });

  test('of a day without trades is none', async () => {
    expect(await scene.statement(account, '2026-01-01', 'trade')).toEqual({ state: 'none' });
  });

  test.each([
    ['statement-wrong-total', 'broken'],
    ['statement-truncated', 'broken'],
    ['statement-bad-hash', 'broken'],
    ['statement-missing-row', 'ready'],
    ['statement-extra-row', 'ready'],
    ['statement-duplicate-row', 'ready'],
    ['statement-amount-off', 'ready'],
    ['statement-fee-differs', 'ready'],
  ])('%s: %s', async (fault, state) => {
    await scene.arm('statement', fault);
    expect(await scene.statement(account, day, 'trade')).toMatchObject({ state });
  });
});

test('what was said to the channel is kept without secrets and payers’ ids', async () => {
  const messages = await scene.system.deps.db.read(scene.system.companyId, (tx) =>
    tx.many(sql<{ verb: string; text: string }>`
      select verb, request || response as text from channels.message`),
  );
  expect(messages.length).toBeGreaterThan(100);
  const leaks = messages.flatMap(({ verb, text }) => {
    const found = /PRIVATE KEY|2088102146225135|"(?:\w+_token|auth_code|sign)\\?":\\?"[^"…\\]{5}/;
    const leak = found.exec(text);
    return leak ? [`${verb}: ${text.slice(Math.max(0, leak.index - 40), leak.index + 60)}`] : [];
  });
  expect(leaks).toEqual([]);
  expect(messages.some(({ text }) => /buyer_user_id":"2088…/.test(text))).toBe(true);
});
