import { fen } from '@wuye-pay/money';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  mchId,
  md5Key,
  order,
  paid,
  ref,
  type Said,
  startQrGateway,
} from '../../../../test/union-pay-qr-gateway.ts';
import type { Order } from '../channel.ts';
import { writeFlatXml } from '../flat-xml.ts';
import type { RefundOrder } from '../refund.ts';
import { unionPayQr } from './index.ts';
import { type Fields, isSignedWith } from './sign.ts';

let gateway: Awaited<ReturnType<typeof startQrGateway>>;
beforeAll(async () => {
  gateway = await startQrGateway();
});
afterAll(() => gateway.close());

describe('an order', () => {
  test('in the wallet sends the browser to the cashier of UnionPay', async () => {
    gateway.answer({ pay_url: 'https://qr.95516.com/pay/1?a=b&c=d' });
    const context = gateway.context();
    expect(await unionPayQr.prepay(context, order)).toEqual({
      state: 'accepted',
      instructions: { kind: 'redirect', url: 'https://qr.95516.com/pay/1?a=b&c=d' },
    });
    const asked = gateway.sent.at(-1) ?? {};
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
      gateway.answer({ pay_url: payUrl });
      expect(await unionPayQr.prepay(gateway.context(), order)).toMatchObject({ state: 'unknown' });
    }
  });

  test('as a code to show brings the code', async () => {
    gateway.answer({ code_url: 'https://qr.95516.com/00010000/2' });
    const native = { ...order, product: 'native' } as const;
    expect(await unionPayQr.prepay(gateway.context(), native)).toEqual({
      state: 'accepted',
      instructions: { kind: 'native', codeUrl: 'https://qr.95516.com/00010000/2' },
    });
    expect(gateway.sent.at(-1)?.service).toBe('unified.trade.native');
  });

  test('under the payer’s code is paid, waits or ends as the gateway says', async () => {
    const scanned = { ...order, product: 'code', authCode: '6220000000000000001' } as const;
    const scan = async (said: Said) => {
      gateway.answer(said);
      const context = gateway.context();
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
      isFinal: true,
      code: 'AUTHCODEEXPIRE',
      message: '二维码已过期',
    });
    expect(await scan({ raw: '', status: 500 })).toMatchObject({ state: 'unknown' });
    expect(gateway.sent.at(-1)).toMatchObject({
      service: 'unified.trade.micropay',
      auth_code: scanned.authCode,
    });
    expect(gateway.sent.at(-1)).not.toHaveProperty('notify_url');
  });

  test('is refused only for showing why', async () => {
    gateway.answer({ raw: writeFlatXml({ status: '400', message: '签名错误' }) });
    expect(await unionPayQr.prepay(gateway.context(), order)).toEqual({
      state: 'refused',
      code: '400',
      message: '签名错误',
    });
    gateway.answer({ result_code: '1', err_code: 'SYSTEM_BUSY' });
    expect(await unionPayQr.prepay(gateway.context(), order)).toMatchObject({ state: 'unknown' });
  });
});

describe('an order that nobody pays', () => {
  const close = async (said: Said, product: Order['product'] = 'jsapi') => {
    gateway.answer(said);
    return await unionPayQr.closeTrade(gateway.context(), { ...ref, product });
  };
  const failed = (code: string) => ({ result_code: '1', err_code: code });

  test('is closed; under a payer’s code it is reversed', async () => {
    expect(await close({})).toEqual({ state: 'closed' });
    expect(gateway.sent.at(-1)?.service).toBe('unified.trade.close');
    expect(await close({}, 'code')).toEqual({ state: 'closed' });
    expect(gateway.sent.at(-1)?.service).toBe('unified.micropay.reverse');
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
      gateway.answer(said);
      return await unionPayQr.refundTrade(gateway.context(), refund);
    };
    expect(await send({ refund_id: '1' })).toEqual({ state: 'accepted' });
    expect(gateway.sent.at(-1)).toMatchObject({
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
      gateway.answer({
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
      return await unionPayQr.queryRefund(gateway.context(), refund);
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
    gateway.answer(said);
    return await unionPayQr.fetchStatement(gateway.context(), { day: '2026-12-01', kind });
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
    expect(gateway.sent.at(-1)).toMatchObject({
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
