import { generateKeyPairSync } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { fen } from '@wuye-pay/money';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fakeClock } from '../../../../test/fake-clock.ts';
import type { ChannelContext, Message, Order, OrderRef } from '../channel.ts';
import { readFlatXml, writeFlatXml } from '../flat-xml.ts';
import type { RefundOrder } from '../refund.ts';
import { endpoints } from './endpoints.ts';
import { unionPayQr } from './index.ts';
import { type Fields, isSignedWith, signatureOf } from './sign.ts';

const md5Key = '0123456789abcdef0123456789abcdef';
const mchId = 'QRA000000000001';
/** This channel signs with the secret alone. */
const unusedKey = generateKeyPairSync('ed25519').privateKey;
const sent: Fields[] = [];
type Said = Fields | { readonly raw: string; readonly status?: number };
let say: (asked: Fields) => Said = () => ({});
let gatewayUrl = '';
const gateway = http.createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => {
    body += chunk.toString('utf8');
  });
  request.on('end', () => {
    const asked = readFlatXml(body) ?? {};
    sent.push(asked);
    const said = say(asked);
    if ('raw' in said) {
      response.statusCode = Number((said as { status?: number }).status ?? 200);
      response.end(String(said.raw));
      return;
    }
    const fields = { status: '0', result_code: '0', mch_id: mchId, nonce_str: 'n', ...said };
    response.end(signedXml(fields));
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    gateway.listen(0, '127.0.0.1', resolve);
  });
  gatewayUrl = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/pay/gateway`;
});
afterAll(async () => {
  gateway.closeAllConnections();
  await new Promise<void>((resolve) => {
    gateway.close(() => resolve());
  });
});

function signedXml(fields: Fields, key = md5Key): string {
  return writeFlatXml({ ...fields, sign: signatureOf(fields, key) });
}

function givenContext(changes: Partial<ChannelContext> = {}) {
  const messages: Message[] = [];
  const context: ChannelContext = {
    account: {
      companyId: '',
      id: '0190a000-0000-7000-8000-000000000002',
      number: 2,
      channel: 'union-pay-qr',
      name: '',
      mchId,
      appId: '',
      subMchId: null,
      subAppId: null,
      endpoints: { ...endpoints, gateway: gatewayUrl },
      mode: 'secret-key',
      state: 'active',
    },
    notifyUrl: 'https://pay.example.com/notify/union-pay-qr/demo/2',
    credentials: { md5Key },
    previousCredentials: undefined,
    signingKey: unusedKey,
    clock: fakeClock('2026-12-01T02:00:00Z'),
    knownKey: () => undefined,
    findKey: async () => undefined,
    record: async (message) => {
      messages.push(message);
    },
  };
  return { ...context, ...changes, messages };
}

const order: Order = {
  product: 'jsapi',
  orderNo: 'DEMO0000000000000000000000000002',
  amountFen: fen(254_70),
  description: '示例花园 3-1201 <物业费> & 水费 ]]>',
  payerOpenId: 'Ab+/cd==',
  payerIp: '203.0.113.7',
  returnUrl: 'https://pay.example.com/q/demo/return',
  requestedAt: new Date('2026-12-01T02:00:00Z'),
  expiresAt: new Date('2026-12-01T02:05:00Z'),
};
const ref: OrderRef = { ...order, tradeNo: null };
const paid = {
  out_trade_no: order.orderNo,
  transaction_id: 'QRA2026120100000001',
  total_fee: '25470',
  fee_type: 'CNY',
  time_end: '20261201100130',
  pay_result: '0',
};

describe('who pays', () => {
  const login = unionPayQr.login;
  const { account } = givenContext();
  const at = { redirectUrl: 'https://pay.example.com/cb/union-pay-qr', state: 'sIgned-state_1' };

  test('is asked of the wallet, with the state inside the address to come back to', () => {
    const url = new URL(login?.authorizeUrl(account, at) ?? '');
    expect(`${url.origin}${url.pathname}`).toBe(endpoints.authorize);
    expect(url.searchParams.get('version')).toBe('1.0.0');
    const back = new URL(url.searchParams.get('redirectUrl') ?? '');
    expect(back.toString()).toBe(`${at.redirectUrl}?state=sIgned-state_1`);
    back.searchParams.set('respCode', '00');
    const returned = `${back.toString()}&userAuthCode=a+b/c==`;
    expect(login?.readReturn(new URL(returned).searchParams)).toEqual({
      code: 'a+b/c==',
      state: at.state,
    });
    const withQuery = login?.authorizeUrl(account, { ...at, redirectUrl: `${at.redirectUrl}?x=1` });
    expect(decodeURIComponent(withQuery ?? '')).toContain('?x=1&state=');
  });

  test('is not known when the payer said no', async () => {
    const returned = new URLSearchParams({ respCode: '34', userAuthCode: 'abc', state: 's' });
    expect(login?.readReturn(returned)).toEqual({ code: '', state: 's' });
    const before = sent.length;
    expect(await login?.openIdOf(givenContext(), { code: '', userAgent: '' })).toEqual({
      failed: 'unknown',
    });
    expect(sent).toHaveLength(before);
  });

  test.each([
    ['云闪付', 'x (UnionPay/1.0 CloudPay) (clientVersion 324)', 'UnionPay/1.0 CloudPay'],
    ['a bank app', 'x UnionPay/1.0 ICBCeLife y', 'UnionPay/1.0 ICBCeLife'],
    ['a browser that does not say', 'Mozilla/5.0', 'UnionPay/1.0 CloudPay'],
  ])('in %s comes with what the wallet says of itself', async (_name, userAgent, identifier) => {
    say = () => ({ user_id: 'Ab+/cd==' });
    const context = givenContext();
    expect(await login?.openIdOf(context, { code: 'a+b', userAgent })).toEqual({
      openId: 'Ab+/cd==',
    });
    expect(sent.at(-1)).toMatchObject({
      service: 'pay.unionpay.userid',
      user_auth_code: 'a+b',
      app_up_identifier: identifier,
    });
    // Neither the code nor the payer stays in the record.
    expect(JSON.stringify(context.messages)).not.toContain('Ab+/cd==');
  });

  test('is asked again only when the code was spent', async () => {
    const of = async (said: Said) => {
      say = () => said;
      return await login?.openIdOf(givenContext(), { code: 'abc', userAgent: '' });
    };
    const spent = { result_code: '1', err_code: 'USER_AUTH_CODE_USED' };
    expect(await of(spent)).toEqual({ failed: 'used-code' });
    expect(await of({ result_code: '1', err_code: 'NOAUTH' })).toEqual({ failed: 'unknown' });
    expect(await of({ user_id: '<script>' })).toEqual({ failed: 'unknown' });
    expect(await of({ raw: '' })).toEqual({ failed: 'unknown' });
  });
});

describe('an order', () => {
  test('in the wallet sends the browser to the cashier of UnionPay', async () => {
    say = () => ({ pay_url: 'https://qr.95516.com/pay/1?a=b&c=d' });
    const context = givenContext();
    expect(await unionPayQr.prepay(context, order)).toEqual({
      state: 'accepted',
      instructions: { kind: 'redirect', url: 'https://qr.95516.com/pay/1?a=b&c=d' },
    });
    const asked = sent.at(-1) ?? {};
    expect(asked).toMatchObject({
      service: 'pay.unionpay.jspay',
      mch_id: mchId,
      out_trade_no: order.orderNo,
      body: order.description,
      user_id: 'Ab+/cd==',
      total_fee: '25470',
      mch_create_ip: '203.0.113.7',
      customer_ip: '203.0.113.7',
      notify_url: context.notifyUrl,
      callback_url: order.returnUrl,
      time_start: '20261201100000',
      time_expire: '20261201100500',
    });
    expect(isSignedWith(asked, md5Key)).toBe(true);
  });

  test('that sends the browser nowhere is unknown', async () => {
    for (const payUrl of ['', 'javascript:alert(1)', 'https://']) {
      say = () => ({ pay_url: payUrl });
      expect(await unionPayQr.prepay(givenContext(), order)).toMatchObject({ state: 'unknown' });
    }
  });

  test('as a code to show brings the code', async () => {
    say = () => ({ code_url: 'https://qr.95516.com/00010000/2' });
    const native = { ...order, product: 'native' } as const;
    expect(await unionPayQr.prepay(givenContext(), native)).toEqual({
      state: 'accepted',
      instructions: { kind: 'native', codeUrl: 'https://qr.95516.com/00010000/2' },
    });
    expect(sent.at(-1)?.service).toBe('unified.trade.native');
  });

  test('under the payer’s code is paid, waits or ends as the gateway says', async () => {
    const scanned = { ...order, product: 'code', authCode: '6220000000000000001' } as const;
    const scan = async (said: Said) => {
      say = () => said;
      const context = givenContext();
      const result = await unionPayQr.prepay(context, scanned);
      expect(JSON.stringify(context.messages)).not.toContain(scanned.authCode);
      return result;
    };
    expect(await scan(paid)).toMatchObject({
      state: 'paid',
      trade: { orderNo: order.orderNo, amountFen: 254_70 },
    });
    const wait = { state: 'accepted', instructions: { kind: 'wait' } };
    expect(await scan({ ...paid, pay_result: '1' })).toEqual(wait);
    expect(await scan({ result_code: '1', err_code: 'USERPAYING' })).toEqual(wait);
    const over = { result_code: '1', err_code: 'AUTHCODEEXPIRE', need_query: 'N' };
    expect(await scan({ ...over, err_msg: '二维码已过期' })).toEqual({
      state: 'refused',
      code: 'AUTHCODEEXPIRE',
      message: '二维码已过期',
    });
    expect(await scan({ raw: '', status: 500 })).toMatchObject({ state: 'unknown' });
    expect(sent.at(-1)).toMatchObject({
      service: 'unified.trade.micropay',
      auth_code: scanned.authCode,
    });
    expect(sent.at(-1)).not.toHaveProperty('notify_url');
  });

  test('is refused only for showing why', async () => {
    say = () => ({ raw: writeFlatXml({ status: '400', message: '签名错误' }) });
    expect(await unionPayQr.prepay(givenContext(), order)).toEqual({
      state: 'refused',
      code: '400',
      message: '签名错误',
    });
  });
});

describe('only answers under our key are believed', () => {
  const good = { status: '0', result_code: '0', mch_id: mchId, ...paid, trade_state: 'SUCCESS' };
  const ask = async (said: Said, changes: Partial<ChannelContext> = {}) => {
    say = () => said;
    return await unionPayQr.queryTrade(givenContext(changes), ref);
  };

  const doubtful: readonly (readonly [string, Said])[] = [
    ['unsigned', { raw: writeFlatXml(good) }],
    ['signed with another key', { raw: signedXml(good, 'another key') }],
    ['signed with no key', { raw: signedXml(good, '') }],
    ['changed after signing', { raw: signedXml(good).replace('25470', '00001') }],
    ['to another merchant', { ...paid, trade_state: 'SUCCESS', mch_id: 'QRA999' }],
    ['about another order', { ...paid, trade_state: 'SUCCESS', out_trade_no: 'OTHER' }],
    ['about no order', { trade_state: 'SUCCESS', transaction_id: '1', total_fee: '25470' }],
    ['with a declaration', { raw: `<!DOCTYPE xml>${signedXml(good)}` }],
    [
      'with an own entity',
      { raw: '<!DOCTYPE a [<!ENTITY b "c">]><xml><status>&b;</status></xml>' },
    ],
    ['with nesting', { raw: '<xml><status><a>0</a></status></xml>' }],
    ['with a name twice', { raw: '<xml><status>1</status><status>0</status></xml>' }],
    ['of another kind', { raw: '<html></html>' }],
    ['cut short', { raw: signedXml(good).slice(0, -3) }],
    ['of an error page', { raw: 'busy', status: 503 }],
    ['without amount', { ...paid, total_fee: '0', trade_state: 'SUCCESS' }],
    ['in an unknown state', { ...paid, trade_state: 'FROZEN' }],
    ['of an unknown failure', { result_code: '1', err_code: 'SYSTEMERROR' }],
  ];

  test.each(doubtful)('%s', async (_name, said) => {
    expect(await ask(said)).toMatchObject({ state: 'unknown' });
  });

  test('or under the key of before, while a rotation lasts', async () => {
    const credentials = { md5Key: 'a new key, not known there yet' };
    expect(await ask({ raw: signedXml(good) }, { credentials })).toMatchObject({
      state: 'unknown',
    });
    const rotating = { credentials, previousCredentials: { md5Key } };
    expect(await ask({ raw: signedXml(good) }, rotating)).toMatchObject({ state: 'paid' });
  });

  test.each([
    ['SUCCESS', 'paid'],
    ['REFUND', 'paid'],
    ['NOTPAY', 'pending'],
    ['USERPAYING', 'pending'],
    ['PAYERROR', 'pending'],
    ['CLOSED', 'closed'],
    ['REVOKED', 'closed'],
    ['REVERSE', 'closed'],
  ])('%s is %s', async (tradeState, state) => {
    expect(await ask({ ...paid, trade_state: tradeState })).toMatchObject({ state });
  });

  test('an order that the gateway does not know is not found', async () => {
    expect(await ask({ result_code: '1', err_code: 'ORDERNOTEXIST' })).toEqual({
      state: 'not-found',
    });
  });

  test('a test of the account tells a wrong key from a good one', async () => {
    const tested = async (said: Said) => {
      say = () => said;
      return await unionPayQr.test(givenContext());
    };
    const unknownOrder = { result_code: '1', err_code: 'ORDERNOTEXIST' };
    expect(await tested(unknownOrder)).toEqual({ ok: true, code: 'OK' });
    expect(await tested({ result_code: '1', err_code: 'NOAUTH' })).toMatchObject({ ok: false });
    expect(await tested({ raw: signedXml(good, 'another key') })).toEqual({
      ok: false,
      code: 'NOT_VERIFIED',
    });
    expect(await tested({ raw: writeFlatXml({ status: '400' }) })).toMatchObject({ code: '400' });
    expect(await tested({ raw: '' })).toMatchObject({ code: 'NO_CLEAR_ANSWER' });
  });

  test('a key that is none is named', () => {
    const check = (key: string) => unionPayQr.checkCredentials({ md5Key: key }, 'secret-key');
    expect(check(md5Key)).toEqual([]);
    expect(check('')).toHaveLength(1);
    expect(check(` ${md5Key}`)).toHaveLength(1);
  });
});

describe('an order that nobody pays', () => {
  const close = async (said: Said, product: Order['product'] = 'jsapi') => {
    say = () => said;
    return await unionPayQr.closeTrade(givenContext(), { ...ref, product });
  };
  const failed = (code: string) => ({ result_code: '1', err_code: code });

  test('is closed; under a payer’s code it is reversed', async () => {
    expect(await close({})).toEqual({ state: 'closed' });
    expect(sent.at(-1)?.service).toBe('unified.trade.close');
    expect(await close({}, 'code')).toEqual({ state: 'closed' });
    expect(sent.at(-1)?.service).toBe('unified.micropay.reverse');
  });

  test('is not closed by anything but a clear answer', async () => {
    expect(await close(failed('ORDERPAID'))).toEqual({ state: 'paid' });
    expect(await close(failed('ORDERCLOSED'))).toEqual({ state: 'closed' });
    expect(await close(failed('ORDERNOTEXIST'))).toEqual({ state: 'not-found' });
    expect(await close(failed('SYSTEMERROR'))).toMatchObject({ state: 'unknown' });
    expect(await close({ raw: writeFlatXml({ status: '500' }) })).toMatchObject({
      state: 'unknown',
    });
    expect(await close({ raw: '' })).toMatchObject({ state: 'unknown' });
  });
});

describe('a refund', () => {
  const refund: RefundOrder = {
    refundNo: 'DEMOR000000000000000000000000002',
    amountFen: fen(100_00),
    reason: '重复缴费',
    requestedAt: new Date('2026-12-02T02:00:00Z'),
    order: { ...order, tradeNo: paid.transaction_id, paidAt: new Date('2026-12-01T02:01:30Z') },
  };
  const failed = (code: string) => ({ result_code: '1', err_code: code, err_msg: '余额不足' });

  test('is taken on, refused clearly, or unknown', async () => {
    const send = async (said: Said) => {
      say = () => said;
      return await unionPayQr.refundTrade(givenContext(), refund);
    };
    expect(await send({ refund_id: '1' })).toEqual({ state: 'accepted' });
    expect(sent.at(-1)).toMatchObject({
      service: 'unified.trade.refund',
      out_trade_no: order.orderNo,
      transaction_id: paid.transaction_id,
      out_refund_no: refund.refundNo,
      total_fee: '25470',
      refund_fee: '10000',
      op_user_id: mchId,
    });
    expect(await send(failed('NOTENOUGH'))).toEqual({
      state: 'refused',
      code: 'NOTENOUGH',
      message: '余额不足',
    });
    expect(await send(failed('SYSTEMERROR'))).toMatchObject({ state: 'unknown' });
    expect(await send({ raw: writeFlatXml({ status: '400' }) })).toMatchObject({
      state: 'unknown',
    });
    expect(await send({ raw: '' })).toMatchObject({ state: 'unknown' });
  });

  test('is found among the refunds of its order', async () => {
    const ask = async (status: string, other: Fields = {}) => {
      say = () => ({
        out_trade_no: order.orderNo,
        refund_count: '2',
        out_refund_no_0: 'ANOTHER',
        refund_status_0: 'SUCCESS',
        refund_fee_0: '1',
        out_refund_no_1: refund.refundNo,
        refund_id_1: 'R2',
        refund_fee_1: '10000',
        refund_status_1: status,
        refund_time_1: '20261202100500',
        ...other,
      });
      return await unionPayQr.queryRefund(givenContext(), refund);
    };
    expect(await ask('SUCCESS')).toMatchObject({
      state: 'refunded',
      refund: {
        orderNo: order.orderNo,
        refundNo: refund.refundNo,
        channelRefundNo: 'R2',
        amountFen: 100_00,
        refundedAt: new Date('2026-12-02T02:05:00Z'),
      },
    });
    expect(await ask('FAIL')).toMatchObject({ state: 'failed' });
    expect(await ask('PROCESSING')).toEqual({ state: 'pending' });
    expect(await ask('NOTSURE')).toEqual({ state: 'pending' });
    expect(await ask('CHANGE')).toMatchObject({ state: 'unknown' });
    expect(await ask('SUCCESS', { refund_fee_1: '' })).toMatchObject({ state: 'unknown' });
    expect(await ask('SUCCESS', { out_refund_no_1: 'A THIRD' })).toEqual({ state: 'not-found' });
    expect(await ask('', failed('REFUNDNOTEXIST'))).toEqual({ state: 'not-found' });
    expect(await ask('', failed('SYSTEMERROR'))).toMatchObject({ state: 'unknown' });
  });
});

describe('a notice', () => {
  const read = (body: string, changes: Partial<ChannelContext> = {}) =>
    unionPayQr.readNotice(givenContext(changes), { headers: {}, rawBody: Buffer.from(body) });
  const success = { status: '0', result_code: '0', mch_id: mchId, ...paid };

  test('of a payment is enough by itself when it says so in full', async () => {
    const first = await read(signedXml(success));
    expect(first).toMatchObject({
      state: 'authentic',
      eventType: 'trade',
      trade: {
        orderNo: order.orderNo,
        tradeNo: paid.transaction_id,
        amountFen: 254_70,
        paidAt: new Date('2026-12-01T02:01:30Z'),
      },
    });
    expect(await read(signedXml(success))).toEqual(first);
    for (const other of [{ pay_result: '1' }, { result_code: '1' }, { total_fee: '' }]) {
      expect(await read(signedXml({ ...success, ...other }))).toMatchObject({
        state: 'authentic',
        lookAt: { orderNo: order.orderNo },
      });
    }
  });

  test('of a refund is booked when it says so in full, else looked up', async () => {
    const refunded = {
      ...success,
      out_refund_no: 'R1',
      refund_id: 'QR1',
      refund_fee: '10000',
      refund_status: 'SUCCESS',
      refund_time: '20261202100500',
    };
    expect(await read(signedXml(refunded))).toMatchObject({
      eventType: 'refund',
      refund: { orderNo: order.orderNo, refundNo: 'R1', amountFen: 100_00 },
    });
    expect(await read(signedXml({ ...refunded, refund_status: 'CHANGE' }))).toMatchObject({
      lookAt: { orderNo: order.orderNo, refundNo: 'R1' },
    });
  });

  test.each([
    ['not-readable', 'hello'],
    ['not-readable', '<xml><status>0</status>'],
    ['not-readable', signedXml({ ...success, out_trade_no: '' })],
    ['header-missing', writeFlatXml(success)],
    ['bad-signature', signedXml(success, 'another key')],
    ['bad-signature', signedXml(success).replace('25470', '1')],
    ['foreign-merchant', signedXml({ ...success, mch_id: 'QRA999' })],
  ])('is refused as %s', async (reason, body) => {
    expect(await read(body)).toEqual({ state: 'refused', reason });
  });

  test('under the key of before counts while a rotation lasts', async () => {
    const credentials = { md5Key: 'a new key, not known there yet' };
    expect(await read(signedXml(success), { credentials })).toMatchObject({ state: 'refused' });
    const rotating = { credentials, previousCredentials: { md5Key } };
    expect(await read(signedXml(success), rotating)).toMatchObject({ state: 'authentic' });
  });
});

describe('the bill of a day', () => {
  const columns =
    '交易时间,公众账号ID,第三方商户号,商户号,平台订单号,第三方订单号,商户订单号,交易类型,交易状态,' +
    '总金额,平台退款单号,商户退款单号,退款金额,退款状态,手续费,费率';
  const row = (...values: string[]) => values.map((value) => `\`${value}`).join(',');
  const pays = row(
    ...['2026-12-01 10:01:30', '', '', mchId, 'P1', 'U1', 'D1', 'pay.unionpay.jspay', '支付成功'],
    ...['254.70', '', '', '', '', '0.968', '0.380%'],
  );
  const returns = (fee: string) =>
    row(
      ...['2026-12-01 12:00:00', '', '', mchId, 'P1', 'U1', 'D1', 'pay.unionpay.jspay', '转入退款'],
      ...['254.70', 'PR1', 'DR1', '100.00', '退款成功', fee, '0.380%'],
    );
  const totals = (values: string) =>
    `总交易单数,总交易额,总退款金额,总企业红包退款金额,总手续费金额,总实收金额\r\n${values}`;
  const bill = (lines: readonly string[], values: string) =>
    [`\uFEFF${columns}`, ...lines, totals(values), ''].join('\r\n');
  const fetch = async (said: Said, kind: 'trade' | 'fund' = 'trade') => {
    say = () => said;
    return await unionPayQr.fetchStatement(givenContext(), { day: '2026-12-01', kind });
  };

  test.each(['-0.38', '0.38'])('is read by its columns, a returned fee as %s', async (fee) => {
    const values = '`2,`254.70,`100.00,`0.00,`0.588,`154.70';
    const result = await fetch({ raw: bill([pays, returns(fee)], values) });
    expect(result).toMatchObject({
      state: 'ready',
      statement: {
        lines: [
          {
            kind: 'payment',
            at: '2026-12-01 10:01:30',
            orderNo: 'D1',
            tradeNo: 'P1',
            refundNo: '',
            amountFen: 254_70,
            feeYuan: '0.968',
          },
          {
            kind: 'refund',
            orderNo: 'D1',
            refundNo: 'DR1',
            channelRefundNo: 'PR1',
            amountFen: 100_00,
            feeYuan: '-0.38',
          },
        ],
        totals: { paymentFen: 254_70, refundFen: 100_00, feeYuan: '0.588' },
      },
    });
    expect(sent.at(-1)).toMatchObject({
      service: 'pay.bill.merchant',
      bill_date: '20261201',
      bill_type: 'ALL',
    });
  });

  test.each([
    ['another total', bill([pays], '`1,`254.71,`0.00,`0.00,`0.968,`254.70')],
    ['another count', bill([pays], '`3,`254.70,`0.00,`0.00,`0.968,`254.70')],
    ['another fee', bill([pays], '`1,`254.70,`0.00,`0.00,`1.00,`254.70')],
    ['another refund', bill([pays], '`1,`254.70,`1.00,`0.00,`0.968,`254.70')],
    ['no totals', `${columns}\r\n${pays}`],
    ['a row cut short', bill([pays.slice(0, -20)], '`1,`254.70,`0.00,`0.00,`0.968,`254.70')],
    ['another day', bill([pays.replace('-01 ', '-02 ')], '`1,`254.70,`0,`0,`0.968,`254.70')],
  ])('that contradicts itself by %s is not believed', async (_name, raw) => {
    expect(await fetch({ raw })).toMatchObject({ state: 'broken' });
  });

  test('that is not there is asked for again', async () => {
    expect(await fetch({ raw: writeFlatXml({ status: '400', message: '无对账单' }) })).toEqual({
      state: 'not-ready',
      reason: '400 无对账单',
    });
    expect(await fetch({ result_code: '1', err_code: 'NO_BILL' })).toMatchObject({
      state: 'not-ready',
    });
    expect(await fetch({ raw: 'busy', status: 503 })).toMatchObject({ state: 'unknown' });
    expect(await fetch({ raw: '' })).toMatchObject({ state: 'unknown' });
    expect(await fetch({ raw: '' }, 'fund')).toEqual({ state: 'unsupported' });
  });
});
