import { beijingTime } from '../clock.ts';
import type { Order } from './records.ts';

const DESCRIPTIONS = { SUCCESS: '支付成功', NOTPAY: '订单未支付', CLOSED: '订单已关闭' };

/** The transaction object of a query and of a notification. */
export function transactionOf(order: Order): Record<string, unknown> {
  return order.payment === null ? unpaid(order) : paid(order, order.payment);
}

function paid(order: Order, payment: NonNullable<Order['payment']>) {
  return {
    mchid: order.mchid,
    appid: order.appid,
    out_trade_no: order.outTradeNo,
    transaction_id: payment.transactionId,
    trade_type: order.tradeType,
    trade_state: order.state,
    trade_state_desc: DESCRIPTIONS[order.state],
    bank_type: payment.bankType,
    ...(order.attach === null ? {} : { attach: order.attach }),
    success_time: beijingTime(payment.paidAt),
    payer: { openid: payment.openid },
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
    mchid: order.mchid,
    appid: order.appid,
    out_trade_no: order.outTradeNo,
    trade_state: order.state,
    trade_state_desc: DESCRIPTIONS[order.state],
    ...(order.attach === null ? {} : { attach: order.attach }),
    amount: { total: order.totalFen, payer_currency: 'CNY' },
    promotion_detail: [],
    scene_info: { device_id: '' },
  };
}
