import { fen } from '@wuye-pay/money';
import type {
  ChannelContext,
  ChannelTrade,
  MerchantAccount,
  OrderRef,
  RefusalReason,
  TradeState,
} from '../channel.ts';
import { asRecord, instantOf, parseJson, textOf } from './json.ts';
import { foreignParty, payerOpenIdOf } from './party.ts';

export interface Transaction {
  /** Whose it is, if not this account's. */
  readonly foreign: RefusalReason | undefined;
  readonly orderNo: string;
  /** SUCCESS, REFUND, NOTPAY, CLOSED, REVOKED, USERPAYING, PAYERROR, ACCEPT */
  readonly tradeState: string;
  readonly tradeNo: string | undefined;
  readonly amountFen: number | undefined;
  readonly currency: string;
  readonly payerOpenId: string | undefined;
  readonly paidAt: Date | undefined;
  readonly raw: string;
}

/** The transaction object of a query or a notification. @returns undefined if it is not one */
export function readTransaction(account: MerchantAccount, json: string): Transaction | undefined {
  const wire = asRecord(parseJson(json));
  const orderNo = textOf(wire?.out_trade_no);
  const tradeState = textOf(wire?.trade_state);
  if (!wire || !orderNo || !tradeState) return undefined;
  const amount = asRecord(wire.amount);
  return {
    orderNo,
    tradeState,
    foreign: foreignParty(account, wire),
    tradeNo: textOf(wire.transaction_id),
    amountFen: wholeFen(amount?.total),
    currency: textOf(amount?.currency) ?? 'CNY',
    payerOpenId: payerOpenIdOf(account, asRecord(wire.payer)),
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
    mchId: account.mchId,
    appId: account.appId,
    paidAt: transaction.paidAt ?? now,
    raw: transaction.raw,
    ...(payerOpenId !== undefined && { payerOpenId }),
  };
}

/** A failed try leaves an order payable; only a code or a debit that failed is over. */
const closedStates = new Set(['CLOSED', 'REVOKED']);
const failedStates = new Set(['PAYERROR', 'PAY_FAIL']);

export function stateOf(
  { account, clock }: ChannelContext,
  { orderNo, product }: OrderRef,
  transaction: Transaction,
): TradeState {
  const { foreign, tradeState } = transaction;
  if (transaction.orderNo !== orderNo || foreign === 'foreign-merchant') {
    return { state: 'unknown', reason: 'the answer is about another order' };
  }
  if (foreign) return { state: 'unknown', reason: 'the answer is about another app' };
  if (isCollected(transaction)) {
    const trade = tradeOf(account, transaction, clock.now());
    if (!trade) return { state: 'unknown', reason: 'the transaction lacks number or amount' };
    return { state: 'paid', trade };
  }
  const isOnce = product === 'code' || product === 'debit';
  const isClosed = closedStates.has(tradeState) || (isOnce && failedStates.has(tradeState));
  return { state: isClosed ? 'closed' : 'pending' };
}

/** Collected, and perhaps returned since. */
export function isCollected({ tradeState }: Pick<Transaction, 'tradeState'>): boolean {
  return tradeState === 'SUCCESS' || tradeState === 'REFUND';
}

export function wholeFen(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined;
}
