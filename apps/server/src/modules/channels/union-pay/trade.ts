import { beijingDigits, instantOfBeijing } from '../beijing-time.ts';
import type { ChannelTrade, MerchantAccount } from '../channel.ts';
import { fenOfDigits } from '../wire-text.ts';
import type { Fields } from './fields.ts';

/** The trade that fields tell of. @returns undefined when number or amount are missing */
export function tradeOf(
  account: MerchantAccount,
  fields: Fields,
  now: Date,
): ChannelTrade | undefined {
  const amountFen = fenOfDigits(fields.txnAmt);
  const { orderId, queryId } = fields;
  if (!orderId || !queryId || amountFen === undefined) return undefined;
  return {
    channel: account.channel,
    merchantAccountId: account.id,
    orderNo: orderId,
    tradeNo: queryId,
    amountFen,
    currency: currencyOf(fields.currencyCode),
    mchId: fields.merId ?? '',
    appId: account.appId,
    paidAt: happenedAt(fields, now),
    raw: JSON.stringify(fields),
  };
}

function currencyOf(code: string | undefined): string {
  return code === undefined || code === '156' ? 'CNY' : code;
}

/** `traceTime` (MMDDhhmmss) is the gateway's clock; its year is the one nearest to the order's. */
export function happenedAt({ traceTime, txnTime }: Fields, now: Date): Date {
  const orderedAt = instantOfBeijing(txnTime ?? '');
  const near = orderedAt ?? now;
  return instantNear(traceTime ?? '', near) ?? near;
}

/** @returns the instant of MMDDhhmmss in Beijing, in the year that brings it nearest */
export function instantNear(digits: string, near: Date): Date | undefined {
  const year = Number(beijingDigits(near).slice(0, 4));
  const distance = (at: Date) => Math.abs(at.getTime() - near.getTime());
  return [year - 1, year, year + 1]
    .map((one) => instantOfBeijing(`${one}${digits}`))
    .filter((at) => at !== undefined)
    .sort((a, b) => distance(a) - distance(b))[0];
}
