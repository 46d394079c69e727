import { fen } from '@wuye-pay/money';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  contextAt,
  type Gateway,
  order,
  signedByUnionPay,
  startGateway,
} from '../../../../test/union-pay-context.ts';
import type { RefundOrder } from '../refund.ts';
import { unionPay } from './index.ts';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());
const context = () => contextAt(gateway);

describe('a refund', () => {
  const refund: RefundOrder = {
    refundNo: 'DEMOR000000000000000000000000001',
    amountFen: fen(100_00),
    reason: '重复缴费',
    requestedAt: new Date('2026-12-02T02:00:00Z'),
    order: {
      orderNo: order.orderNo,
      tradeNo: '682612011000000000001',
      product: 'page',
      amountFen: order.amountFen,
      requestedAt: order.requestedAt,
      paidAt: new Date('2026-12-01T02:01:30Z'),
    },
  };
  const whole = { ...refund, amountFen: order.amountFen };
  const done = {
    respCode: '00',
    origRespCode: '00',
    txnAmt: '10000',
    queryId: '68',
    traceTime: '1202100500',
  };

  test('is taken on, and done only when the query says so', async () => {
    gateway.answer(() => ({ respCode: '00' }));
    const ours = context();
    expect(await unionPay.refundTrade(ours, refund)).toEqual({ state: 'accepted' });
    expect(gateway.sent.at(-1)).toMatchObject({
      path: '/gateway/api/backTransReq.do',
      fields: {
        txnType: '04',
        txnSubType: '00',
        bizType: '000201',
        channelType: '07',
        orderId: refund.refundNo,
        txnTime: '20261202100000',
        txnAmt: '10000',
        origQryId: refund.order.tradeNo,
        backUrl: ours.notifyUrl,
        reqReserved: order.orderNo,
      },
    });
    gateway.answer(() => ({ respCode: '00', origRespCode: '05' }));
    expect(await unionPay.queryRefund(ours, refund)).toEqual({ state: 'pending' });
    gateway.answer(() => done);
    expect(await unionPay.queryRefund(ours, refund)).toMatchObject({
      state: 'refunded',
      refund: {
        orderNo: order.orderNo,
        refundNo: refund.refundNo,
        channelRefundNo: '68',
        amountFen: 100_00,
        refundedAt: new Date('2026-12-02T02:05:00Z'),
      },
    });
    expect(gateway.sent.at(-1)?.fields).toMatchObject({
      orderId: refund.refundNo,
      txnTime: '20261202100000',
    });
  });

  test.each([
    ['the whole amount within the clearing day', '2026-12-01T12:00:00Z', whole, '31'],
    ['a part', '2026-12-01T12:00:00Z', refund, '04'],
    ['the whole amount close to 23:00', '2026-12-01T14:50:00Z', whole, '04'],
    ['the whole amount after 23:00', '2026-12-01T15:10:00Z', whole, '04'],
  ] as const)('of %s', async (_name, requestedAt, given, txnType) => {
    gateway.answer(() => ({ respCode: '00' }));
    await unionPay.refundTrade(context(), { ...given, requestedAt: new Date(requestedAt) });
    expect(gateway.sent.at(-1)?.fields.txnType).toBe(txnType);
  });

  test('that was sent before, or whose answer is lost, is never refused', async () => {
    const send = async (said: Record<string, string>) => {
      gateway.answer(() => said);
      return await unionPay.refundTrade(context(), refund);
    };
    expect(await send({ respCode: '12' })).toEqual({ state: 'accepted' });
    expect(await send({ respCode: '05' })).toEqual({ state: 'accepted' });
    expect(await send({ respCode: '03' })).toMatchObject({ state: 'unknown' });
    expect(await send({ respCode: '06' })).toMatchObject({ state: 'unknown' });
    expect(await send({ raw: 'respCode=45' })).toMatchObject({ state: 'unknown' });
    expect(await send({ raw: '' })).toMatchObject({ state: 'unknown' });
    expect(await send({ respCode: '36', respMsg: '金额不符' })).toEqual({
      state: 'refused',
      code: '36',
      message: '金额不符',
    });
  });

  test('that failed, is not known, or cannot be told', async () => {
    const ask = async (said: Record<string, string>) => {
      gateway.answer(() => said);
      return await unionPay.queryRefund(context(), refund);
    };
    expect(await ask({ respCode: '00', origRespCode: '64', origRespMsg: '余额不足' })).toEqual({
      state: 'failed',
      code: '64',
      message: '余额不足',
    });
    expect(await ask({ respCode: '34' })).toEqual({ state: 'not-found' });
    expect(await ask({ respCode: '06' })).toMatchObject({ state: 'unknown' });
    expect(await ask({ raw: 'respCode=34' })).toMatchObject({ state: 'unknown' });
    expect(await ask({ ...done, txnAmt: 'x' })).toMatchObject({ state: 'unknown' });
  });

  test('is told of by a notice, also where it names our order only as we sent it', async () => {
    const read = (fields: Record<string, string>) => {
      const said = { merId: context().account.mchId, ...fields };
      const rawBody = Buffer.from(new URLSearchParams(signedByUnionPay(said)).toString());
      return unionPay.readNotice(context(), { headers: {}, rawBody });
    };
    const notice = {
      txnType: '04',
      orderId: refund.refundNo,
      txnTime: '20261202100000',
      txnAmt: '10000',
      respCode: '00',
      queryId: '68',
      traceTime: '1202100500',
    };
    const told = { orderNo: order.orderNo, refundNo: refund.refundNo, amountFen: 100_00 };
    expect(await read({ ...notice, origOrderId: order.orderNo })).toMatchObject({ refund: told });
    expect(await read({ ...notice, txnType: '31', reqReserved: order.orderNo })).toMatchObject({
      eventType: '31.00',
      refund: told,
    });
    expect(await read({ ...notice, respCode: 'A6', reqReserved: order.orderNo })).toMatchObject({
      lookAt: { orderNo: order.orderNo, refundNo: refund.refundNo },
    });
    const bare = await read(notice);
    expect(bare).toMatchObject({ state: 'authentic' });
    expect(bare).not.toHaveProperty('refund');
    expect(await read({ ...notice, txnType: '01', respCode: 'A6' })).toMatchObject({
      lookAt: { orderNo: refund.refundNo },
    });
    expect(await read({ ...notice, txnType: '72' })).not.toHaveProperty('lookAt');
  });
});
