import { beijingDigits } from '../clock.ts';
import type { AnswerFault } from '../faults.ts';
import type { Deps } from './deps.ts';
import type { Merchant, Order, Payment, Reversal } from './records.ts';
import { reversalsOf } from './reversals.ts';
import { clearingDay } from './time.ts';
import { txnTypes } from './trade-fields.ts';
import { findUser, firstUser } from './users.ts';
import { zmBytes } from './zm-file.ts';
import type { ZmRecord } from './zm-layout.ts';

/** A line of a clearing file, before it is written. */
export type Line = {
  kind: 'payment' | 'refund';
  order: Order;
  payment: Payment;
  reversal: Reversal | null;
  /** ms since 1970 */
  atMs: number;
  amountFen: number;
  /** Charged for a payment, given back for a refund. */
  feeFen: number;
};

/** All that was cleared for a merchant on a clearing day `yyyyMMdd`, in order of time. */
export function linesOf(deps: Deps, merchant: Merchant, day: string): Line[] {
  const orders = deps.records.trades
    .values()
    .filter((one) => one.kind === 'consume')
    .filter((one) => one.merId === merchant.merId);
  return orders
    .flatMap((order) => orderLines(deps, merchant, order))
    .filter((line) => clearingDay(line.atMs) === day)
    .sort((one, other) => one.atMs - other.atMs);
}

/**
 * The fee is rounded half up to a fen once per payment; refunds give back what the fee on all
 * that was returned so far has grown by, so that a full return gives back the whole fee.
 */
function orderLines(deps: Deps, merchant: Merchant, order: Order): Line[] {
  const { payment } = order;
  if (payment === null) return [];
  const { totalFen: amountFen, paidAt: atMs } = payment;
  const feeFen = feeOf(merchant, amountFen);
  const paid: Line = { kind: 'payment', order, payment, reversal: null, atMs, amountFen, feeFen };
  const done = reversalsOf(deps, order)
    .filter((one) => one.doneAt !== null)
    .sort((one, other) => (one.doneAt ?? 0) - (other.doneAt ?? 0));
  let returnedFen = 0;
  const returns = done.map((reversal): Line => {
    const before = feeOf(merchant, returnedFen);
    returnedFen += reversal.totalFen;
    return {
      kind: 'refund',
      order,
      payment,
      reversal,
      atMs: reversal.doneAt ?? 0,
      amountFen: reversal.totalFen,
      feeFen: feeOf(merchant, returnedFen) - before,
    };
  });
  return [paid, ...returns];
}

function feeOf(merchant: Merchant, amountFen: number): number {
  return Math.floor((amountFen * merchant.feeRateBp + 5_000) / 10_000);
}

/** The files of a clearing day by name: transactions, and errors, of which there are none. */
export function dayFiles(
  merchant: Merchant,
  day: string,
  lines: readonly Line[],
  fault: AnswerFault | undefined,
): Record<string, Buffer> {
  const records = spoilt(
    lines.map((line) => recordOf(merchant, line)),
    fault,
  );
  const bytes = zmBytes(records);
  const cut = fault === 'statement-truncated' ? Math.max(0, bytes.length - 300) : bytes.length;
  const head = `INN${day.slice(2)}88`;
  return {
    [`${head}ZM_${merchant.merId}`]: bytes.subarray(0, cut),
    [`${head}ZME_${merchant.merId}`]: Buffer.alloc(0),
  };
}

/** Codes of the kinds of transaction: S22 and S30 are seen in files, S31 is an invention. */
const TXN_CODES = { consume: 'S22', refund: 'S30', void: 'S31' };
const INSTITUTION = '00049992';
/** 物业管理 */
const MCC = '6513';

function recordOf(merchant: Merchant, line: Line): ZmRecord {
  const { order, payment, reversal } = line;
  const trade = reversal ?? order;
  const payer = findUser(payment.user) ?? firstUser;
  // For a payment the fee is the merchant's debit and the rest its credit; a refund turns it round.
  const [feeSign, netSign] = line.kind === 'payment' ? ['D', 'C'] : ['C', 'D'];
  const net = `${netSign}${digits(line.amountFen - line.feeFen)}`;
  return {
    txnCode: TXN_CODES[trade.kind],
    acqInsCode: INSTITUTION,
    sndInsCode: INSTITUTION,
    traceNo: reversal?.traceNo ?? payment.traceNo,
    txnTime: beijingDigits(line.atMs).slice(4),
    cardNo: payer.maskedCardNo,
    txnAmt: digits(line.amountFen),
    mcc: MCC,
    termType: order.channelType,
    queryId: reversal?.queryId ?? payment.queryId,
    orderId: trade.orderId,
    cardType: payer.cardType,
    merFee: `${feeSign}${digits(line.feeFen)}`,
    settleAmt: net,
    payMethod: order.entry === 'qr' || order.entry === 'code' ? '0501' : '0001',
    txnType: txnTypes[trade.kind],
    txnSubType: trade.txnSubType,
    bizType: trade.bizType,
    merId: merchant.merId,
    subMerAbbr: merchant.name,
    netAmt: net,
    termId: order.termId ?? '01080209',
    merReserved: trade.reqReserved ?? '',
    ...(reversal && {
      origTraceNo: payment.traceNo,
      origTxnTime: beijingDigits(payment.paidAt).slice(4),
      origQueryId: payment.queryId,
      origOrderId: order.orderId,
    }),
  };
}

function digits(fen: number): string {
  return String(fen).padStart(12, '0');
}

/** What a fault does to the rows. The file has no total row, so a wrong total loses a row. */
function spoilt(records: ZmRecord[], fault: AnswerFault | undefined): ZmRecord[] {
  const [first, ...others] = records;
  if (first === undefined) return records;
  switch (fault) {
    case 'statement-missing-row':
    case 'statement-wrong-total':
      return others;
    case 'statement-extra-row':
      return [...records, { ...first, ...EXTRA }];
    case 'statement-duplicate-row':
      return [first, ...records];
    case 'statement-amount-off':
      return [{ ...first, txnAmt: digits(Number(first.txnAmt) + 1) }, ...others];
    case 'statement-fee-differs':
      return [{ ...first, merFee: feeMore(first.merFee ?? '') }, ...others];
    default:
      return records;
  }
}

const EXTRA = { queryId: '680000000000000000000', orderId: 'NOBODYSORDER0001', txnAmt: digits(1) };

function feeMore(fee: string): string {
  return fee.slice(0, 1) + digits(Number(fee.slice(1)) + 1);
}
