import { fen } from '@wuye-pay/money';
import type { ChannelTrade, MerchantAccount } from '../channel.ts';
import { asRecord, instantOf, parseJson, textOf } from './json.ts';

export interface Transaction {
  readonly mchId: string;
  readonly appId: string;
  readonly orderNo: string;
  /** SUCCESS, REFUND, NOTPAY, CLOSED, REVOKED, USERPAYING, PAYERROR */
  readonly tradeState: string;
  readonly tradeNo: string | undefined;
  readonly amountFen: number | undefined;
  readonly currency: string;
  readonly payerOpenId: string | undefined;
  readonly paidAt: Date | undefined;
  readonly raw: string;
}

/** The transaction object of a query or a notification. @returns undefined if it is not one */
export function readTransaction(json: string): Transaction | undefined {
  const wire = asRecord(parseJson(json));
  const orderNo = textOf(wire?.out_trade_no);
  const tradeState = textOf(wire?.trade_state);
  if (!wire || !orderNo || !tradeState) return undefined;
  const amount = asRecord(wire.amount);
  return {
    orderNo,
    tradeState,
    mchId: textOf(wire.mchid) ?? '',
    appId: textOf(wire.appid) ?? '',
    tradeNo: textOf(wire.transaction_id),
    amountFen: wholeFen(amount?.total),
    currency: textOf(amount?.currency) ?? 'CNY',
    payerOpenId: textOf(asRecord(wire.payer)?.openid),
    paidAt: instantOf(wire.success_time),
    raw: json,
  };
}

/**
 * The trade behind a collected transaction.
 * @returns undefined when number or amount are missing: it cannot be booked as it stands
 */
export function tradeOf(
  account: MerchantAccount,
  transaction: Transaction,
  now: Date,
): ChannelTrade | undefined {
  const { tradeNo, amountFen, payerOpenId } = transaction;
  if (tradeNo === undefined || amountFen === undefined) return undefined;
  return {
    channel: account.channel,
    merchantAccountId: account.id,
    orderNo: transaction.orderNo,
    tradeNo,
    amountFen: fen(amountFen),
    currency: transaction.currency,
    mchId: transaction.mchId,
    appId: transaction.appId,
    paidAt: transaction.paidAt ?? now,
    raw: transaction.raw,
    ...(payerOpenId !== undefined && { payerOpenId }),
  };
}

/** Collected, and perhaps returned since. */
export function isCollected(transaction: Transaction): boolean {
  return transaction.tradeState === 'SUCCESS' || transaction.tradeState === 'REFUND';
}

function wholeFen(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined;
}
