import { type Fen, fenFromYuan } from '@wuye-pay/money';
import type { ChannelContext, ChannelTrade } from '../channel.ts';
import { textOf } from '../json.ts';
import type { Wire } from './reply.ts';
import { instantOf } from './time.ts';

/**
 * The trade that an answer or a notice tells of; that it was collected is the caller's to know.
 * @returns undefined when number or amount are missing: it cannot be booked as it stands
 */
export function tradeOf(
  { account, clock }: ChannelContext,
  wire: Wire,
  raw: string,
): ChannelTrade | undefined {
  const orderNo = textOf(wire.out_trade_no);
  const tradeNo = textOf(wire.trade_no);
  const amountFen = positiveFen(wire.total_amount);
  if (!orderNo || !tradeNo || amountFen === undefined) return undefined;
  const payer = payerOf(wire);
  return {
    channel: account.channel,
    merchantAccountId: account.id,
    orderNo,
    tradeNo,
    amountFen,
    // Only trades abroad name one.
    currency: textOf(wire.trans_currency) ?? 'CNY',
    // Answers do not say whose they are: they are to a call that named the app.
    mchId: textOf(wire.seller_id) ?? account.mchId,
    appId: textOf(wire.app_id) ?? account.appId,
    paidAt: instantOf(textOf(wire.gmt_payment) ?? textOf(wire.send_pay_date)) ?? clock.now(),
    raw,
    ...(payer !== undefined && { payerOpenId: payer }),
  };
}

/**
 * Older applications are told a user_id, newer ones an open_id of their own. Both are kept as
 * they come; `isUserId` tells them apart.
 */
export function payerOf(wire: Wire): string | undefined {
  const names = ['buyer_user_id', 'buyer_id', 'user_id', 'alipay_user_id'];
  const openNames = ['buyer_open_id', 'open_id', 'alipay_open_id'];
  return [...names, ...openNames].map((name) => textOf(wire[name])).find((id) => id !== undefined);
}

/** A user_id is a number of 16 digits; an open_id is longer and has letters. */
export function isUserId(payer: string): boolean {
  return /^2088\d{12}$/.test(payer);
}

/** @returns undefined for what is no amount above zero in whole fen */
export function positiveFen(yuan: unknown): Fen | undefined {
  const amount = fenOf(yuan);
  return amount !== undefined && amount > 0 ? amount : undefined;
}

/** "1280.5" and "1280.50" both come. @returns undefined for what is no amount in whole fen */
export function fenOf(yuan: unknown): Fen | undefined {
  const text = textOf(yuan);
  if (text === undefined) return undefined;
  try {
    return fenFromYuan(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
