import { beijingDigits } from '../../clock.ts';
import type { Contract } from '../payer-records.ts';
import type { Order } from '../records.ts';
import { findUser, openidOf, userOfOpenid } from '../users.ts';
import type { Fields } from './xml.ts';

type Parties = Pick<Order, 'mchid' | 'spMchid' | 'appid' | 'subAppid'>;

/** Who the message is for, in the words of v2. */
export function partyFields({ mchid, spMchid, appid, subAppid }: Parties): Fields {
  if (spMchid === undefined) return { appid, mch_id: mchid };
  const parties: Fields = { appid, mch_id: spMchid, sub_mch_id: mchid };
  return subAppid === undefined ? parties : { ...parties, sub_appid: subAppid };
}

/** A payment in the words of v2. */
export function paymentFields(order: Order, payment: NonNullable<Order['payment']>): Fields {
  const user = userOfOpenid(order.payerAppid ?? order.appid, payment.openid);
  const sub: Fields =
    order.subAppid === undefined || user === undefined
      ? {}
      : { sub_openid: openidOf(order.subAppid, user), sub_is_subscribe: 'N' };
  return {
    openid: user === undefined ? payment.openid : openidOf(order.appid, user),
    is_subscribe: 'N',
    ...sub,
    trade_type: order.tradeType,
    bank_type: payment.bankType,
    total_fee: String(payment.totalFen),
    fee_type: 'CNY',
    cash_fee: String(payment.totalFen),
    cash_fee_type: 'CNY',
    transaction_id: payment.transactionId,
    out_trade_no: order.outTradeNo,
    ...(order.attach === null ? {} : { attach: order.attach }),
    time_end: beijingDigits(payment.paidAt),
  };
}

/** The payer of a contract, as the app of the contract knows them; empty before signing. */
export function contractOpenid(contract: Contract): string {
  const user = findUser(contract.user);
  return user === undefined ? '' : openidOf(contract.appid, user);
}
