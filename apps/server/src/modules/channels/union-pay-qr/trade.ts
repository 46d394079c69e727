import { instantOfBeijing } from '../beijing-time.ts';
import type { ChannelTrade, MerchantAccount } from '../channel.ts';
import { fenOfDigits } from '../wire-text.ts';
import type { Fields } from './sign.ts';

/** The trade that fields tell of. @returns undefined when number or amount are missing */
export function tradeOf(
  account: MerchantAccount,
  fields: Fields,
  now: Date,
): ChannelTrade | undefined {
  const amountFen = fenOfDigits(fields.total_fee);
  const { out_trade_no: orderNo, transaction_id: tradeNo, openid } = fields;
  if (!orderNo || !tradeNo || amountFen === undefined) return undefined;
  return {
    channel: account.channel,
    merchantAccountId: account.id,
    orderNo,
    tradeNo,
    amountFen,
    currency: fields.fee_type || 'CNY',
    mchId: fields.mch_id || account.mchId,
    appId: account.appId,
    paidAt: instantOfBeijing(fields.time_end ?? '') ?? now,
    raw: JSON.stringify(fields),
    ...(openid && { payerOpenId: openid }),
  };
}
