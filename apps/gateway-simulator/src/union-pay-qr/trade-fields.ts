import { beijingDigits } from '../clock.ts';
import { findUser, firstUser } from '../union-pay/users.ts';
import type { Order } from './records.ts';
import { userIdOf } from './users.ts';
import type { Fields } from './xml.ts';

export const serviceNames = {
  jspay: 'pay.unionpay.jspay',
  native: 'unified.trade.native',
  micropay: 'unified.trade.micropay',
} as const;

/** What every message of ours begins with. */
export function commonFields(mchid: string): Fields {
  return { version: '2.0', charset: 'UTF-8', sign_type: 'MD5', mch_id: mchid };
}

/** A payment as notifications and queries tell it. */
export function paymentFields(order: Order): Fields {
  const { payment } = order;
  if (payment === null) return orderFields(order);
  const payer = findUser(payment.user) ?? firstUser;
  return {
    ...orderFields(order),
    total_fee: `${payment.totalFen}`,
    transaction_id: payment.transactionId,
    out_transaction_id: payment.outTransactionId,
    openid: userIdOf(payer),
    bank_type: payer.cardType === '02' ? 'CREDIT' : 'DEBIT',
    time_end: beijingDigits(payment.paidAt),
  };
}

export function orderFields(order: Order): Fields {
  return {
    ...commonFields(order.mchid),
    trade_type: serviceNames[order.service],
    out_trade_no: order.outTradeNo,
    total_fee: `${order.totalFen}`,
    fee_type: 'CNY',
    attach: order.attach,
  };
}
