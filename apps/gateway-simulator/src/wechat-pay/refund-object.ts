import { beijingTime } from '../clock.ts';
import type { Order, Refund } from './records.ts';
import { userOfOpenid } from './users.ts';

/** The refund object of an answer and of a query. */
export function refundOf(refund: Refund, order: Order): Record<string, unknown> {
  const { refundFen, totalFen, succeededAt } = refund;
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: refund.transactionId,
    out_trade_no: refund.outTradeNo,
    channel: refund.channel,
    user_received_account: receivedAccount(order, refund),
    ...(succeededAt === null ? {} : { success_time: beijingTime(succeededAt) }),
    create_time: beijingTime(refund.createdAt),
    status: refund.state,
    funds_account: refund.fundsAccount,
    amount: {
      total: totalFen,
      refund: refundFen,
      from: [],
      payer_total: totalFen,
      payer_refund: refundFen,
      settlement_refund: refundFen,
      settlement_total: totalFen,
      discount_refund: 0,
      currency: 'CNY',
      refund_fee: 0,
    },
    promotion_detail: [],
  };
}

/** Where the money goes back to, in WeChat Pay's words. */
export function receivedAccount(order: Order, refund: Refund): string {
  if (refund.channel === 'OTHER_BANKCARD') return '用户银行卡';
  if (refund.channel === 'OTHER_BALANCE') return '商户结算银行账户';
  const payment = order.payment;
  const user = payment && userOfOpenid(order.payerAppid ?? order.appid, payment.openid);
  if (payment === null || payment.bankType === 'OTHERS' || user == null) return '支付用户零钱';
  return user.cardName;
}
