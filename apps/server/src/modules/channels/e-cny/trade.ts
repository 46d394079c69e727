import { fen } from '@wuye-pay/money';
import type { ChannelRefund, ChannelTrade, MerchantAccount } from '../channel.ts';
import { textOf } from '../json.ts';
import type { Fields } from './client.ts';

/** The trade that an answer or a notice tells of; undefined when anything is missing. */
export function tradeOf(account: MerchantAccount, data: Fields): ChannelTrade | undefined {
  const [known, tradeNo, paidAt] = [common(account, data), textOf(data.tradeNo), data.paidAt];
  const [currency, payerOpenId] = [textOf(data.currency), textOf(data.walletId)];
  if (!known || !tradeNo || !currency || !isCount(paidAt)) return undefined;
  const { mchId, appId } = account;
  const payer = payerOpenId !== undefined && { payerOpenId };
  return { ...known, ...payer, tradeNo, currency, mchId, appId, paidAt: new Date(paidAt * 1000) };
}

/** The same for a refund that is done. */
export function refundOf(account: MerchantAccount, data: Fields): ChannelRefund | undefined {
  const [known, refundNo, doneAt] = [common(account, data), textOf(data.refundNo), data.doneAt];
  if (data.status !== 'DONE' || !known || !refundNo || !isCount(doneAt)) return undefined;
  const channelRefundNo = textOf(data.bankRefundNo) ?? '';
  return { ...known, refundNo, channelRefundNo, refundedAt: new Date(doneAt * 1000) };
}

function common({ channel, id: merchantAccountId }: MerchantAccount, data: Fields) {
  const [orderNo, amount] = [textOf(data.orderNo), data.amount];
  if (!orderNo || !isCount(amount)) return undefined;
  const [amountFen, raw] = [fen(amount), JSON.stringify(data)];
  return { channel, merchantAccountId, orderNo, amountFen, raw };
}

/** Fen, or seconds since 1970: whole and above 0. */
function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
