import { beijingDigits } from '../clock.ts';
import type { Order, Reversal, Trade } from './records.ts';
import { respMsg } from './resp-codes.ts';
import type { Fields } from './signature.ts';
import { clearingDay } from './time.ts';
import { findUser, firstUser } from './users.ts';

/** What identifies a trade in every message about it. */
export function identityFields(trade: Trade): Fields {
  return {
    version: '5.1.0',
    encoding: 'UTF-8',
    txnType: txnTypes[trade.kind],
    txnSubType: trade.txnSubType,
    bizType: trade.bizType,
    accessType: trade.accessType,
    merId: trade.merId,
    orderId: trade.orderId,
    txnTime: trade.txnTime,
    currencyCode: trade.currencyCode,
    txnAmt: `${trade.totalFen}`,
    reqReserved: trade.reqReserved ?? '',
  };
}

export const txnTypes = { consume: '01', refund: '04', void: '31' } as const;

/** A success as notifications and queries tell it; for a trade that succeeded. */
export function successFields(trade: Trade): Fields {
  return trade.kind === 'consume' ? paymentFields(trade) : reversalFields(trade);
}

function paymentFields(order: Order): Fields {
  const { payment } = order;
  if (payment === null) return identityFields(order);
  const payer = findUser(payment.user) ?? firstUser;
  return {
    ...identityFields(order),
    txnAmt: `${payment.totalFen}`,
    queryId: payment.queryId,
    ...settled(payment.totalFen, payment.paidAt, payment.traceNo),
    accNo: payer.maskedCardNo,
    payCardType: payer.cardType,
    payType: order.entry === 'qr' || order.entry === 'code' ? '0501' : '0001',
    payCardIssueName: payer.bank,
  };
}

function reversalFields(reversal: Reversal): Fields {
  const { origQryId, origOrderId, origTxnTime, queryId, doneAt, createdAt, totalFen } = reversal;
  return {
    ...identityFields(reversal),
    queryId,
    ...settled(totalFen, doneAt ?? createdAt, reversal.traceNo),
    origQryId,
    origOrderId,
    origTxnTime,
  };
}

function settled(totalFen: number, atMs: number, traceNo: string): Fields {
  return {
    settleAmt: `${totalFen}`,
    settleCurrencyCode: '156',
    settleDate: clearingDay(atMs).slice(4),
    traceNo,
    traceTime: beijingDigits(atMs).slice(4),
    exchangeRate: '0',
  };
}

/** A notification, and what the browser brings to frontUrl. */
export function noticeFields(trade: Trade): Fields {
  return { ...successFields(trade), respCode: '00', respMsg: respMsg('00') };
}
