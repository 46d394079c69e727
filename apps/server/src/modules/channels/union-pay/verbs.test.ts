import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  contextAt,
  type Gateway,
  order,
  startGateway,
} from '../../../../test/union-pay-context.ts';
import type { OrderRef } from '../channel.ts';
import { encodeForm } from './fields.ts';
import { unionPay } from './index.ts';
import { plainName } from './prepay.ts';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());
const context = () => contextAt(gateway);

const ref: OrderRef = { ...order, tradeNo: null };
const payable = new Date('2026-12-01T02:04:59Z');
const over = new Date('2026-12-01T02:06:00Z');

describe('an order', () => {
  test.each([
    ['page', '07'],
    ['h5', '08'],
  ] as const)(
    'on a %s is a signed form for the browser; nothing is sent',
    async (product, type) => {
      const before = gateway.sent.length;
      const ours = context();
      const result = await unionPay.prepay(ours, { ...order, product });
      expect(gateway.sent).toHaveLength(before);
      expect(result).toMatchObject({
        state: 'accepted',
        instructions: {
          kind: 'form',
          action: 'https://front.example.com/f.do',
          fields: {
            txnType: '01',
            txnSubType: '01',
            bizType: '000201',
            channelType: type,
            orderId: order.orderNo,
            txnTime: '20261201100000',
            payTimeout: '20261201100500',
            txnAmt: '25470',
            currencyCode: '156',
            frontUrl: order.returnUrl,
            backUrl: ours.notifyUrl,
            customerIp: '203.0.113.7',
            riskRateInfo: '{commodityName=示例花园3-1201物业费水}',
          },
        },
      });
      // The same order placed again is the same to the byte.
      ours.clock.advance(60_000);
      expect(await unionPay.prepay(ours, { ...order, product })).toEqual(result);
    },
  );

  test('as a code to show brings the code', async () => {
    gateway.answer(() => ({ respCode: '00', qrCode: 'https://qr.95516.com/00010000/1' }));
    expect(await unionPay.prepay(context(), order)).toEqual({
      state: 'accepted',
      instructions: { kind: 'native', codeUrl: 'https://qr.95516.com/00010000/1' },
    });
    expect(gateway.sent.at(-1)).toMatchObject({
      path: '/gateway/api/backTransReq.do',
      fields: { txnSubType: '07', bizType: '000000', channelType: '08' },
    });
    expect(gateway.sent.at(-1)?.fields).not.toHaveProperty('riskRateInfo');
  });

  test('for the app brings the tn', async () => {
    gateway.answer(() => ({ respCode: '00', tn: '201612010000000000001' }));
    const result = await unionPay.prepay(context(), { ...order, product: 'app' });
    expect(result).toMatchObject({
      instructions: { kind: 'app', params: { tn: '201612010000000000001', mode: '01' } },
    });
    expect(gateway.sent.at(-1)?.path).toBe('/gateway/api/appTransReq.do');
  });

  test('under the payer’s code is never paid before the query says so', async () => {
    const ours = context();
    const scanned = { ...order, product: 'code', authCode: '6220000000000000001' } as const;
    for (const respCode of ['00', '05']) {
      gateway.answer(() => ({ respCode, queryId: '1', txnAmt: '25470' }));
      expect(await unionPay.prepay(ours, scanned)).toEqual({
        state: 'accepted',
        instructions: { kind: 'wait' },
      });
    }
    gateway.answer(() => ({ respCode: '03' }));
    expect(await unionPay.prepay(ours, scanned)).toMatchObject({ state: 'unknown' });
    gateway.answer(() => ({ respCode: '64', respMsg: '余额不足[1000051]' }));
    expect(await unionPay.prepay(ours, scanned)).toMatchObject({ state: 'refused', code: '64' });
    const { fields } = gateway.sent.at(-1) ?? {};
    expect(fields).toMatchObject({ txnSubType: '06', qrNo: scanned.authCode, termId: '00000001' });
    // The code is as good as money: the record does not keep it.
    expect(JSON.stringify(ours.messages)).not.toContain(scanned.authCode);
  });

  test('keeps names free of what structures a message, and short', () => {
    expect(plainName('a&b=c{d}[e]"f\'g h')).toBe('abcdefgh');
    expect(Buffer.byteLength(plainName('物'.repeat(40)))).toBe(30);
    expect(plainName('123456789012345678901234567890🏠物')).toBe('123456789012345678901234567890');
  });

  const doubtful: readonly (readonly [string, () => object])[] = [
    ['a page of a proxy', () => ({ raw: '<html>502</html>', status: 502 })],
    ['another page', () => ({ raw: '<html>ok</html>' })],
    ['an unsigned success', () => ({ raw: 'respCode=00&qrCode=https://evil.example.com' })],
    ['a reply about another order', () => ({ respCode: '00', qrCode: 'x', orderId: 'OTHER0001' })],
    ['a reply of another time', () => ({ respCode: '00', qrCode: 'x', txnTime: '20260101000000' })],
    ['a reply to another merchant', () => ({ respCode: '00', qrCode: 'x', merId: '1' })],
    ['a reply without the code', () => ({ respCode: '00' })],
    ['a duplicate', () => ({ respCode: '12' })],
    ['a code nobody knows', () => ({ respCode: 'ZZ' })],
    ['busy', () => ({ respCode: '06' })],
  ];

  test.each(doubtful)('stays unknown after %s', async (_name, say) => {
    gateway.answer(say as () => Record<string, string>);
    const ours = context();
    expect(await unionPay.prepay(ours, order)).toMatchObject({ state: 'unknown' });
    expect(ours.messages).toHaveLength(1);
  });

  test('stays unknown when the connection is refused', async () => {
    const ours = context();
    const account = { ...ours.account, endpoints: { gateway: 'http://127.0.0.1:9' } };
    const result = await unionPay.prepay({ ...ours, account }, order);
    expect(result).toMatchObject({ state: 'unknown', reason: 'no answer: ECONNREFUSED' });
    expect(ours.messages).toMatchObject([{ outcome: 'unknown', status: null }]);
  });

  test('that is refused unsigned is a hint', async () => {
    gateway.answer(() => ({ raw: 'respCode=11&respMsg=验证签名失败[9100004]' }));
    expect(await unionPay.prepay(context(), order)).toEqual({
      state: 'refused',
      code: '11',
      message: '验证签名失败[9100004]',
    });
  });
});

const collected = {
  respCode: '00',
  origRespCode: '00',
  queryId: '682612011000000000001',
  txnAmt: '25470',
  currencyCode: '156',
  traceTime: '1201100130',
};

describe('a query', () => {
  async function ask(said: Record<string, string>, at: Date = payable, of: Partial<OrderRef> = {}) {
    gateway.answer(() => said);
    const ours = context();
    ours.clock.set(at);
    return await unionPay.queryTrade(ours, { ...ref, ...of });
  }

  test('finds what was paid, by number and time', async () => {
    expect(await ask(collected)).toMatchObject({
      state: 'paid',
      trade: {
        orderNo: order.orderNo,
        tradeNo: '682612011000000000001',
        amountFen: 254_70,
        currency: 'CNY',
        paidAt: new Date('2026-12-01T02:01:30Z'),
      },
    });
    expect(gateway.sent.at(-1)).toMatchObject({
      path: '/gateway/api/queryTrans.do',
      fields: {
        txnType: '00',
        bizType: '000000',
        orderId: order.orderNo,
        txnTime: '20261201100000',
      },
    });
    await ask(collected, payable, { product: 'h5' });
    expect(gateway.sent.at(-1)?.fields.bizType).toBe('000201');
    expect(await ask({ ...collected, origRespCode: 'A6' })).toMatchObject({ state: 'paid' });
    expect(await ask({ ...collected, currencyCode: '840' })).toMatchObject({
      trade: { currency: '840' },
    });
  });

  test.each(['03', '04', '05', '70', '82', '83'])('waits at %s, however late', async (code) => {
    expect(await ask({ respCode: '00', origRespCode: code }, over)).toEqual({ state: 'pending' });
  });

  test.each(['42', '74', '75', '06', 'ZZ', ''])('decides nothing at %s', async (code) => {
    const state = await ask({ respCode: '00', origRespCode: code }, over);
    expect(state).toMatchObject({ state: 'unknown' });
  });

  test('a failed try leaves the order payable until its time is over', async () => {
    const failed = { respCode: '00', origRespCode: '64' };
    expect(await ask(failed)).toEqual({ state: 'pending' });
    expect(await ask(failed, new Date('2026-12-01T02:05:59Z'))).toEqual({ state: 'pending' });
    expect(await ask(failed, over)).toEqual({ state: 'closed' });
    expect(await ask(failed, payable, { product: 'code' })).toEqual({ state: 'closed' });
  });

  test('what was never created is closed when its time is over', async () => {
    expect(await ask({ respCode: '34' })).toEqual({ state: 'not-found' });
    expect(await ask({ respCode: '34' }, over)).toEqual({ state: 'closed' });
    // Unsigned, it never is.
    expect(await ask({ raw: 'respCode=34' }, over)).toEqual({ state: 'not-found' });
    expect(await ask({ raw: 'respCode=99' }, over)).toMatchObject({ state: 'unknown' });
  });

  test('that the gateway refuses says nothing about the order', async () => {
    for (const respCode of ['06', '10', '11', '37', '03']) {
      expect(await ask({ respCode }, over)).toMatchObject({ state: 'unknown' });
    }
    expect(await ask({ ...collected, txnAmt: '0' })).toMatchObject({ state: 'unknown' });
    expect(await ask({ ...collected, queryId: '' })).toMatchObject({ state: 'unknown' });
  });

  test('a close only asks: the gateway has none', async () => {
    const close = async (said: Record<string, string>, at: Date) => {
      gateway.answer(() => said);
      const ours = context();
      ours.clock.set(at);
      return await unionPay.closeTrade(ours, ref);
    };
    expect(await close({ respCode: '34' }, payable)).toEqual({ state: 'open' });
    expect(await close({ respCode: '00', origRespCode: '64' }, payable)).toEqual({ state: 'open' });
    expect(await close({ respCode: '34' }, over)).toEqual({ state: 'closed' });
    expect(await close({ respCode: '00', origRespCode: '05' }, over)).toEqual({ state: 'open' });
    expect(await close(collected, over)).toEqual({ state: 'paid' });
    expect(await close({ respCode: '06' }, over)).toMatchObject({ state: 'unknown' });
  });

  test('the test of an account asks for an order that does not exist', async () => {
    const ask34 = async (said: Record<string, string>) => {
      gateway.answer(() => said);
      return await unionPay.test(context());
    };
    expect(await ask34({ respCode: '34' })).toEqual({ ok: true, code: 'OK' });
    expect(await ask34({ respCode: '11' })).toEqual({ ok: false, code: '11' });
    expect(await ask34({ raw: 'respCode=30' })).toEqual({ ok: false, code: '30' });
    expect(await ask34({ raw: 'respCode=34&signMethod=01&signature=AAAA' })).toEqual({
      ok: false,
      code: 'NOT_VERIFIED',
    });
    expect(await ask34({ raw: '' })).toEqual({ ok: false, code: 'NO_CLEAR_ANSWER' });
  });
});

test('a payer who sends our own signed form back to us tells nothing', async () => {
  const secret = { secureKey: 'a-secret-of-both-sides' };
  const { account, ...others } = context();
  const ours = {
    ...others,
    account: { ...account, mode: 'secret-key' },
    credentials: secret,
  } as const;
  const placed = await unionPay.prepay(ours, { ...order, product: 'h5' });
  const form = placed.state === 'accepted' ? placed.instructions : undefined;
  if (form?.kind !== 'form') throw new Error('no form');
  const rawBody = Buffer.from(encodeForm(form.fields));
  const reading = await unionPay.readNotice(ours, { headers: {}, rawBody });
  expect(reading).toEqual({ state: 'refused', reason: 'not-readable' });
});
