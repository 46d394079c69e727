import { fen } from '@wuye-pay/money';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alipayCredentials, alipayKeys } from '../../../../test/alipay-context.ts';
import { failure, startGateway, success } from '../../../../test/alipay-gateway.ts';
import type { Order, OrderRef, Product } from '../channel.ts';
import { seal } from './encryption.ts';
import { alipay } from './index.ts';
import { readForm } from './notify.ts';

let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const orderNo = 'test0001';
const requestedAt = new Date('2026-11-30T16:00:00Z');
const expiresAt = new Date('2026-12-01T00:10:00Z');
const orderOf = (product: Product, changes: Partial<Order> = {}): Order => ({
  product,
  orderNo,
  amountFen: fen(254_70),
  description: '物业费 3/501, A=1&B',
  requestedAt,
  expiresAt,
  ...changes,
});
const refOf = (product: Product, tradeNo: string | null = null): OrderRef => ({
  ...orderOf(product),
  tradeNo,
});
const paidTrade = {
  out_trade_no: orderNo,
  trade_no: '2026120122001',
  total_amount: '254.7',
  buyer_user_id: '2088102146225135',
  gmt_payment: '2026-12-01 08:00:05',
};
const common = {
  out_trade_no: orderNo,
  total_amount: '254.70',
  subject: '物业费 3／501， A＝1＆B',
  time_expire: '2026-12-01 08:10:00',
};

describe('an order is placed as each product wants it', () => {
  test.each([
    ['jsapi', { payerOpenId: '2088102146225135' }, { buyer_id: '2088102146225135' }],
    ['jsapi', { payerOpenId: '074a1CcTG1LelxKe4xQC' }, { buyer_open_id: '074a1CcTG1LelxKe4xQC' }],
    [
      'mini-program',
      { payerOpenId: '2088102146225135' },
      {
        buyer_id: '2088102146225135',
        product_code: 'JSAPI_PAY',
        op_app_id: alipayKeys.appId,
      },
    ],
  ] as const)('%s %j', async (product, changes, content) => {
    gateway.willAnswer(success({ out_trade_no: orderNo, trade_no: '2026120122001' }));
    const result = await alipay.prepay(gateway.contextOf(), orderOf(product, changes));
    const instructions = { kind: 'alipay-trade', tradeNo: '2026120122001' };
    expect(result).toEqual({ state: 'accepted', instructions });
    expect(gateway.heard).toMatchObject([
      { method: 'alipay.trade.create', content: { ...common, ...content } },
    ]);
    expect(gateway.heard[0]?.parameters).toMatchObject({
      timestamp: '2026-12-01 08:00:00',
      notify_url: 'https://pay.example.com/notify/alipay/test/1',
    });
  });

  test.each([
    ['h5', 'alipay.trade.wap.pay', 'QUICK_WAP_WAY'],
    ['page', 'alipay.trade.page.pay', 'FAST_INSTANT_TRADE_PAY'],
  ] as const)('%s leads the browser to the wallet’s page', async (product, method, code) => {
    gateway.willAnswer();
    const order = orderOf(product, { returnUrl: 'https://pay.example.com/q/1' });
    const result = await alipay.prepay(gateway.contextOf(), order);
    const url = new URL(
      result.state === 'accepted' && result.instructions.kind === 'redirect'
        ? result.instructions.url
        : '',
    );
    expect(url.origin + url.pathname).toBe('http://127.0.0.1:9/page');
    const form = readForm(url.search.slice(1));
    expect(form).toMatchObject({ method, return_url: 'https://pay.example.com/q/1' });
    const content = JSON.parse(form?.biz_content ?? '') as object;
    expect(content).toMatchObject({ ...common, product_code: code });
    expect(gateway.heard).toEqual([]);
  });

  test('a payment code is charged at once, or waited for', async () => {
    const order = orderOf('code', { authCode: '281234567890123456' });
    gateway.willAnswer(success(paidTrade));
    expect(await alipay.prepay(gateway.contextOf(), order)).toMatchObject({
      state: 'paid',
      trade: { amountFen: 254_70, paidAt: new Date('2026-12-01T00:00:05Z') },
    });
    expect(gateway.heard).toMatchObject([
      {
        method: 'alipay.trade.pay',
        content: { scene: 'bar_code', auth_code: '281234567890123456' },
      },
    ]);
    gateway.willAnswer({ code: '10003', msg: ' order success pay inprocess', ...paidTrade });
    expect(await alipay.prepay(gateway.contextOf(), order)).toEqual({
      state: 'accepted',
      instructions: { kind: 'wait' },
    });
    gateway.willAnswer(failure('ACQ.PAYMENT_AUTH_CODE_INVALID'));
    expect(await alipay.prepay(gateway.contextOf(), order)).toMatchObject({ state: 'refused' });
  });

  test('a debit names its agreement', async () => {
    gateway.willAnswer(success(paidTrade));
    const order = orderOf('debit', { mandateNo: '20260101' });
    expect(await alipay.prepay(gateway.contextOf(), order)).toMatchObject({ state: 'paid' });
    expect(gateway.heard[0]?.content).toMatchObject({
      product_code: 'GENERAL_WITHHOLDING',
      agreement_params: { agreement_no: '20260101' },
    });
  });

  test('what may mean that the order exists is no refusal', async () => {
    const words = ['ACQ.TRADE_HAS_SUCCESS', 'ACQ.CONTEXT_INCONSISTENT', 'ACQ.SYSTEM_ERROR'];
    for (const word of words) {
      gateway.willAnswer(failure(word));
      const result = await alipay.prepay(gateway.contextOf(), orderOf('native'));
      expect(result).toMatchObject({ state: 'unknown' });
    }
    gateway.willAnswer(success({ out_trade_no: 'another', qr_code: 'https://qr' }));
    const result = await alipay.prepay(gateway.contextOf(), orderOf('native'));
    expect(result).toMatchObject({ state: 'unknown' });
  });

  test('contents are sealed where the account says so, and kept readable for us', async () => {
    const credentials = { ...alipayCredentials, aesKey: alipayKeys.aesKeyBase64 };
    const context = gateway.contextOf({ credentials });
    gateway.willAnswer(success({ out_trade_no: orderNo, qr_code: 'https://qr.alipay.com/1' }));
    await alipay.prepay(context, orderOf('native'));
    const content = JSON.stringify({ ...common, product_code: 'FACE_TO_FACE_PAYMENT' });
    const key = Buffer.from(alipayKeys.aesKeyBase64, 'base64');
    expect(gateway.heard[0]?.content).toEqual({ content: seal(content, key) });
    expect(gateway.heard[0]?.parameters.encrypt_type).toBe('AES');
    expect(context.messages[0]?.request).toContain(orderNo);
  });
});

describe('a query believes only money that moved', () => {
  const ask = async (said: object, ref = refOf('native')) => {
    gateway.willAnswer(success({ ...paidTrade, ...said }));
    return await alipay.queryTrade(gateway.contextOf(), ref);
  };
  const fullyRefunded = { trade_status: 'TRADE_CLOSED', buyer_pay_amount: '254.70' };

  test.each([
    ['WAIT_BUYER_PAY', 'pending'],
    ['TRADE_SUCCESS', 'paid'],
    ['TRADE_FINISHED', 'paid'],
    ['TRADE_CLOSED', 'closed'],
    ['SOMETHING_NEW', 'unknown'],
  ])('%s is %s', async (status, state) => {
    expect(await ask({ trade_status: status })).toMatchObject({ state });
  });

  test('a trade that was given back in full was still paid', async () => {
    expect(await ask(fullyRefunded)).toMatchObject({ state: 'paid' });
    const funds = [{ amount: '254.70', fund_channel: 'ALIPAYACCOUNT' }];
    const byFunds = { trade_status: 'TRADE_CLOSED', fund_bill_list: funds };
    expect(await ask(byFunds)).toMatchObject({ state: 'paid' });
    const unpaid = { trade_status: 'TRADE_CLOSED', send_pay_date: '2026-12-01 08:00:00' };
    expect(await ask({ ...unpaid, buyer_pay_amount: '0.00' })).toMatchObject({ state: 'closed' });
  });

  test('a payment code that we gave up is closed, unless it was known as paid', async () => {
    expect(await ask(fullyRefunded, refOf('code'))).toEqual({ state: 'closed' });
    expect(await ask(fullyRefunded, refOf('code', '2026120122001'))).toMatchObject({
      state: 'paid',
    });
  });

  test('answers about another order, seller or amount prove nothing', async () => {
    const paid = { trade_status: 'TRADE_SUCCESS' };
    expect(await ask({ ...paid, out_trade_no: 'x' })).toMatchObject({ state: 'unknown' });
    expect(await ask({ ...paid, seller_id: '2088' })).toMatchObject({ state: 'unknown' });
    for (const yuan of ['0.00', '1.005', '1e3', '', undefined]) {
      expect(await ask({ ...paid, total_amount: yuan })).toMatchObject({ state: 'unknown' });
    }
    gateway.willAnswer(failure('ACQ.TRADE_NOT_EXIST'));
    const found = await alipay.queryTrade(gateway.contextOf(), refOf('native'));
    expect(found).toEqual({ state: 'not-found' });
  });

  test('a page that nobody opened is over with its time, if Alipay signs it', async () => {
    const late = { now: () => new Date(expiresAt.getTime() + 60_000) };
    const context = () => ({ ...gateway.contextOf(), clock: late });
    gateway.willAnswer(failure('ACQ.TRADE_NOT_EXIST'));
    expect(await alipay.queryTrade(context(), refOf('h5'))).toEqual({ state: 'closed' });
    const said = { alipay_trade_query_response: failure('ACQ.TRADE_NOT_EXIST') };
    gateway.willAnswer(() => JSON.stringify(said));
    expect(await alipay.queryTrade(context(), refOf('h5'))).toEqual({ state: 'not-found' });
  });
});

describe('a close says what the order is', () => {
  const close = (product: Product, ...answers: Parameters<typeof gateway.willAnswer>) => {
    gateway.willAnswer(...answers);
    return alipay.closeTrade(gateway.contextOf(), refOf(product));
  };
  const known = success({ out_trade_no: orderNo, trade_no: '1' });

  test('closed, never scanned, or in a state that a query tells', async () => {
    expect(await close('native', known)).toEqual({ state: 'closed' });
    expect(gateway.heard[0]?.method).toBe('alipay.trade.close');
    expect(await close('native', failure('ACQ.TRADE_NOT_EXIST'))).toEqual({ state: 'not-found' });
    const over = failure('ACQ.TRADE_STATUS_ERROR');
    const paid = success({ ...paidTrade, trade_status: 'TRADE_SUCCESS' });
    expect(await close('jsapi', over, paid)).toEqual({ state: 'paid' });
    const closed = success({ ...paidTrade, trade_status: 'TRADE_CLOSED' });
    expect(await close('jsapi', over, closed)).toEqual({ state: 'closed' });
    const open = success({ ...paidTrade, trade_status: 'WAIT_BUYER_PAY' });
    expect(await close('jsapi', over, open)).toMatchObject({ state: 'unknown' });
    expect(await close('native', success({ out_trade_no: 'x' }))).toMatchObject({
      state: 'unknown',
    });
  });

  test('what nobody signed closes nothing', async () => {
    const said = { alipay_trade_close_response: failure('ACQ.TRADE_HAS_CLOSE') };
    expect(await close('jsapi', () => JSON.stringify(said))).toMatchObject({ state: 'unknown' });
    expect(await close('jsapi', failure('ACQ.TRADE_HAS_CLOSE'))).toEqual({ state: 'closed' });
  });

  test('a payment code is reversed, and again while the channel asks for it', async () => {
    const reversed = { ...known, action: 'refund', retry_flag: 'N' };
    expect(await close('code', reversed)).toEqual({ state: 'closed' });
    expect(gateway.heard[0]?.method).toBe('alipay.trade.cancel');
    expect(await close('code', { ...reversed, retry_flag: 'Y' })).toMatchObject({
      state: 'unknown',
    });
  });
});

describe('the test call', () => {
  test.each([
    [failure('ACQ.TRADE_NOT_EXIST'), { ok: true, code: 'OK' }],
    [failure('isv.invalid-signature', '40002'), { ok: false, code: 'isv.invalid-signature' }],
    ['{"code":"10000"', { ok: false, code: 'NO_CLEAR_ANSWER' }],
  ])('%j', async (answer, result) => {
    gateway.willAnswer(answer);
    expect(await alipay.test(gateway.contextOf())).toEqual(result);
  });

  test('an unsigned “not found” does not prove that the right key was pasted', async () => {
    const said = { alipay_trade_query_response: failure('ACQ.TRADE_NOT_EXIST') };
    gateway.willAnswer(() => JSON.stringify(said));
    expect(await alipay.test(gateway.contextOf())).toMatchObject({ ok: false });
  });
});
