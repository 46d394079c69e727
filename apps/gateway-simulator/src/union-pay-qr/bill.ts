import { beijingDigits } from '../clock.ts';
import type { AnswerFault } from '../faults.ts';
import { readDigits } from '../union-pay/time.ts';
import { findUser, firstUser } from '../union-pay/users.ts';
import type { Deps } from './deps.ts';
import type { Merchant, Order, Payment, Refund } from './records.ts';
import { refundsOf } from './refunds.ts';
import { serviceNames } from './trade-fields.ts';
import { userIdOf } from './users.ts';

/** A line of a bill, before it is written. */
export type Line = {
  kind: 'payment' | 'refund';
  order: Order;
  payment: Payment;
  refund: Refund | null;
  /** ms since 1970 */
  atMs: number;
  amountFen: number;
  /** Charged for a payment, given back for a refund. */
  feeFen: number;
};

const DAY_MS = 86_400_000;

/** ms since 1970 at which a day `yyyyMMdd` of Beijing is over; undefined when there is none. */
export function dayEnd(day: string): number | undefined {
  const from = readDigits(`${day}000000`);
  return from === undefined ? undefined : from + DAY_MS;
}

/** All that moved for a merchant on a day of Beijing, `yyyyMMdd`, in order of time. */
export function linesOf(deps: Deps, merchant: Merchant, day: string): Line[] {
  return deps.records.orders
    .values()
    .filter((order) => order.mchid === merchant.mchid)
    .flatMap((order) => orderLines(deps, merchant, order))
    .filter((line) => beijingDigits(line.atMs).slice(0, 8) === day)
    .sort((one, other) => one.atMs - other.atMs);
}

/** Fees as in the clearing file of the gateway: half up, given back as the return grows. */
function orderLines(deps: Deps, merchant: Merchant, order: Order): Line[] {
  const { payment } = order;
  if (payment === null) return [];
  const feeOf = (fen: number) => Math.floor((fen * merchant.feeRateBp + 5_000) / 10_000);
  const { totalFen: amountFen, paidAt: atMs } = payment;
  const feeFen = feeOf(amountFen);
  const paid: Line = { kind: 'payment', order, payment, refund: null, atMs, amountFen, feeFen };
  let returnedFen = 0;
  const returns = refundsOf(deps, order)
    .filter((one) => one.doneAt !== null)
    .sort((one, other) => (one.doneAt ?? 0) - (other.doneAt ?? 0))
    .map((refund): Line => {
      const before = feeOf(returnedFen);
      returnedFen += refund.refundFen;
      return {
        kind: 'refund',
        order,
        payment,
        refund,
        atMs: refund.doneAt ?? 0,
        amountFen: refund.refundFen,
        feeFen: feeOf(returnedFen) - before,
      };
    });
  return [paid, ...returns];
}

const COLUMNS =
  '交易时间,商户号,平台订单号,第三方订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,' +
  '总金额,平台退款单号,商户退款单号,退款金额,退款状态,商品名称,商户数据包,手续费,费率';
const TOTALS = '总交易单数,总交易额,总退款金额,总手续费金额';

/** The bill as text: a comma between fields, a grave accent before each value, CRLF, UTF-8. */
export function billText(
  merchant: Merchant,
  lines: readonly Line[],
  fault: AnswerFault | undefined,
): string {
  const shown = spoilt(
    lines.map((line) => rowOf(merchant, line)),
    fault,
  );
  const sum = (kind: Line['kind'], of: (line: Line) => number) =>
    lines.filter((line) => line.kind === kind).reduce((total, line) => total + of(line), 0);
  const off = fault === 'statement-wrong-total' ? 1 : 0;
  const totals = [
    `${lines.length}`,
    yuanText(sum('payment', amountOf) + off),
    yuanText(sum('refund', amountOf)),
    yuanText(sum('payment', feeOf) - sum('refund', feeOf)),
  ];
  const text = [COLUMNS, ...shown.map(written), TOTALS, written(totals)].join('\r\n');
  const isCut = fault === 'statement-truncated' || fault === 'statement-bad-hash';
  return isCut ? text.slice(0, Math.floor(text.length / 2)) : `${text}\r\n`;
}

const amountOf = (line: Line) => line.amountFen;
const feeOf = (line: Line) => line.feeFen;

function rowOf(merchant: Merchant, line: Line): string[] {
  const { order, payment, refund } = line;
  const payer = findUser(payment.user) ?? firstUser;
  return [
    timeText(line.atMs),
    merchant.mchid,
    payment.transactionId,
    payment.outTransactionId,
    order.outTradeNo,
    userIdOf(payer),
    serviceNames[order.service],
    line.kind === 'payment' ? '支付成功' : '转入退款',
    payer.bank,
    'CNY',
    yuanText(line.kind === 'payment' ? line.amountFen : 0),
    refund?.refundId ?? '',
    refund?.outRefundNo ?? '',
    yuanText(line.kind === 'refund' ? line.amountFen : 0),
    refund === null ? '' : '退款成功',
    // Commas of texts would shift the columns; the real file leaves them out as well.
    order.description.replaceAll(',', ' '),
    order.attach.replaceAll(',', ' '),
    yuanText(line.kind === 'payment' ? line.feeFen : -line.feeFen),
    `${(merchant.feeRateBp / 100).toFixed(2)}%`,
  ];
}

function written(values: readonly string[]): string {
  return values.map((value) => `\`${value}`).join(',');
}

const AMOUNT_AT = 10;
const REFUND_AT = 13;
const FEE_AT = 17;
const ORDER_AT = 4;
const TRANSACTION_AT = 2;

function spoilt(rows: string[][], fault: AnswerFault | undefined): string[][] {
  const [first, ...others] = rows;
  if (first === undefined) return rows;
  switch (fault) {
    case 'statement-missing-row':
      return others;
    case 'statement-extra-row':
      return [
        ...rows,
        first.with(ORDER_AT, 'NOBODYSORDER0001').with(TRANSACTION_AT, 'NOBODYS0001'),
      ];
    case 'statement-duplicate-row':
      return [first, ...rows];
    case 'statement-amount-off': {
      const at = first[AMOUNT_AT] === '0.00' ? REFUND_AT : AMOUNT_AT;
      return [fenMore(first, at), ...others];
    }
    case 'statement-fee-differs':
      return [fenMore(first, FEE_AT), ...others];
    default:
      return rows;
  }
}

function fenMore(row: string[], at: number): string[] {
  return row.with(at, yuanText(Math.round(Number(row[at]) * 100) + 1));
}

function timeText(atMs: number): string {
  const text = beijingDigits(atMs);
  const pairs = text.match(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/)?.slice(1) ?? [];
  return `${pairs.slice(0, 3).join('-')} ${pairs.slice(3).join(':')}`;
}

export function yuanText(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
