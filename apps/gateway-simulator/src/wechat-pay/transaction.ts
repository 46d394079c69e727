import { beijingTime } from '../clock.ts';
import type { Order, OrderState } from './records.ts';
import { openidOf, userOfOpenid } from './users.ts';

export const stateDescriptions: Record<OrderState, string> = {
  SUCCESS: '支付成功',
  REFUND: '转入退款',
  NOTPAY: '订单未支付',
  CLOSED: '订单已关闭',
  REVOKED: '订单已撤销',
  USERPAYING: '用户支付中，等待输入密码',
  PAYERROR: '支付失败',
};

/** The transaction object of a query and of a notification. */
export function transactionOf(order: Order): Record<string, unknown> {
  return order.payment === null ? unpaid(order) : paid(order, order.payment);
}

function paid(order: Order, payment: NonNullable<Order['payment']>) {
  return {
    ...parties(order),
    out_trade_no: order.outTradeNo,
    transaction_id: payment.transactionId,
    trade_type: order.tradeType,
    trade_state: order.state,
    trade_state_desc: stateDescriptions[order.state],
    bank_type: payment.bankType,
    ...(order.attach === null ? {} : { attach: order.attach }),
    success_time: beijingTime(payment.paidAt),
    payer: payerOf(order, payment.openid),
    amount: {
      total: payment.totalFen,
      payer_total: payment.totalFen,
      currency: 'CNY',
      payer_currency: 'CNY',
    },
  };
}

/** An unpaid order shows a subset only: no number of WeChat Pay's, no payer, no time. */
function unpaid(order: Order) {
  return {
    ...parties(order),
    out_trade_no: order.outTradeNo,
    trade_state: order.state,
    trade_state_desc: stateDescriptions[order.state],
    ...(order.attach === null ? {} : { attach: order.attach }),
    amount: { total: order.totalFen, payer_currency: 'CNY' },
    promotion_detail: [],
    scene_info: { device_id: '' },
  };
}

function parties(order: Order): Record<string, string> {
  if (order.spMchid === undefined) return { mchid: order.mchid, appid: order.appid };
  return {
    sp_mchid: order.spMchid,
    sub_mchid: order.mchid,
    sp_appid: order.appid,
    ...(order.subAppid === undefined ? {} : { sub_appid: order.subAppid }),
  };
}

/** The same person has an id in the partner's app and another one in the sub-merchant's. */
function payerOf(order: Order, openid: string): Record<string, string> {
  if (order.spMchid === undefined) return { openid };
  const user = userOfOpenid(order.payerAppid ?? order.appid, openid);
  if (user === undefined) return { sp_openid: openid };
  const { subAppid } = order;
  return {
    sp_openid: openidOf(order.appid, user),
    ...(subAppid === undefined ? {} : { sub_openid: openidOf(subAppid, user) }),
  };
}
