import { fen } from '@wuye-pay/money';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failure, startGateway, success } from '../../../../test/alipay-gateway.ts';
import type { RefundOrder } from '../refund.ts';
import { alipay } from './index.ts';

let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const orderNo = 'test0001';
const requestedAt = new Date('2026-11-30T16:00:00Z');

describe('a refund counts when money moved', () => {
  const refund: RefundOrder = {
    refundNo: 'RF0001',
    amountFen: fen(54_70),
    reason: '多收退回',
    requestedAt,
    order: {
      product: 'native',
      orderNo,
      tradeNo: '1',
      amountFen: fen(254_70),
      requestedAt,
      paidAt: requestedAt,
    },
  };
  const give = (...answers: object[]) => {
    gateway.willAnswer(...answers);
    return alipay.refundTrade(gateway.contextOf(), refund);
  };
  const moved = success({ out_trade_no: orderNo, fund_change: 'Y', refund_fee: '100.00' });
  const found = success({
    out_trade_no: orderNo,
    out_request_no: 'RF0001',
    refund_amount: '54.7',
    refund_status: 'REFUND_SUCCESS',
    gmt_refund_pay: '2026-12-01 08:00:07',
  });

  test('of this refund alone, however much was given back before', async () => {
    expect(await give(moved)).toMatchObject({
      state: 'refunded',
      refund: { refundNo: 'RF0001', amountFen: 54_70 },
    });
    expect(gateway.heard[0]?.content).toMatchObject({
      refund_amount: '54.70',
      out_request_no: 'RF0001',
    });
    expect(await give({ ...moved, refund_fee: '10.00' })).toMatchObject({ state: 'unknown' });
  });

  test('“success” without a movement is asked about', async () => {
    const still = { ...moved, fund_change: 'N' };
    expect(await give(still, found)).toMatchObject({
      state: 'refunded',
      refund: { amountFen: 54_70, refundedAt: new Date('2026-12-01T00:00:07Z') },
    });
    expect(await give(still, success({}))).toEqual({ state: 'accepted' });
    expect(await give(still, failure('ACQ.SYSTEM_ERROR'))).toMatchObject({ state: 'unknown' });
  });

  test('a refusal that a repeat also gets after its first success is asked about', async () => {
    const over = failure('ACQ.TRADE_HAS_CLOSE');
    expect(await give(over, found)).toMatchObject({ state: 'refunded' });
    expect(await give(over, success({}))).toMatchObject({ state: 'refused' });
    expect(await give(failure('ACQ.SELLER_BALANCE_NOT_ENOUGH'))).toMatchObject({
      state: 'refused',
      code: 'ACQ.SELLER_BALANCE_NOT_ENOUGH',
    });
    const unsigned = () => JSON.stringify({ alipay_trade_refund_response: failure('ACQ.X') });
    gateway.willAnswer(unsigned);
    const result = await alipay.refundTrade(gateway.contextOf(), refund);
    expect(result).toMatchObject({ state: 'unknown' });
  });

  test.each([
    [found, 'refunded'],
    [success({}), 'not-found'],
    [failure('ACQ.TRADE_NOT_EXIST'), 'not-found'],
    [{ ...found, refund_status: undefined }, 'pending'],
    [{ ...found, refund_status: 'REFUND_PROCESSING' }, 'pending'],
    [{ ...found, out_request_no: 'RF0002' }, 'unknown'],
    [failure('ACQ.SYSTEM_ERROR'), 'unknown'],
  ])('the answer %j is %s', async (answer, state) => {
    gateway.willAnswer(answer);
    expect(await alipay.queryRefund(gateway.contextOf(), refund)).toMatchObject({ state });
  });
});
