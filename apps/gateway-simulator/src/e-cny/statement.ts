import { createHash } from 'node:crypto';
import type { AnswerFault } from '../faults.ts';
import { type Fields, textIn } from './fields.ts';
import {
  type Deps,
  type Merchant,
  type Order,
  type Payment,
  type Refund,
  Refusal,
} from './records.ts';
import { refundsOf } from './refunds.ts';

/** A line of a day, before it is written. */
export type Line = {
  kind: 'payment' | 'refund';
  order: Order;
  payment: Payment;
  refund: Refund | null;
  /** ms since 1970 */
  atMs: number;
  amountFen: number;
  /** Fen charged for a payment; negative: given back for a refund. */
  feeFen: number;
};

const DAY_MS = 86_400_000;
const BEIJING_MS = 8 * 3_600_000;
const HEAD = '类型,时间,订单号,交易号,退款单号,银行退款号,金额,手续费,状态';

/** The file of a day, with its hash. Throws Refusal STATEMENT_NOT_READY until the day is over. */
export function statementOf(
  deps: Deps,
  merchant: Merchant,
  fields: Fields,
  fault: AnswerFault | undefined,
): Fields {
  const day = textIn(fields, 'day', /^\d{4}-\d\d-\d\d$/);
  const endMs = Date.parse(`${day}T00:00:00+08:00`) + DAY_MS;
  if (fault === 'statement-not-ready' || !(endMs <= deps.clock.now())) {
    throw new Refusal('STATEMENT_NOT_READY', '对账单尚未生成，次日零点后再来下载');
  }
  const file = Buffer.from(csvOf(linesOf(deps, merchant, day), fault));
  const sent = fault === 'statement-truncated' ? file.subarray(0, file.length / 2) : file;
  const hash = createHash('sha256').update(fault === 'statement-bad-hash' ? 'other' : sent);
  const sha256 = hash.digest('hex');
  const fileName = `dcep-${merchant.mchid}-${day}.csv`;
  return { day, fileName, sha256, file: sent.toString('base64') };
}

/** All that moved for a merchant on a day of Beijing, in order of time. */
export function linesOf(deps: Deps, merchant: Merchant, day: string): Line[] {
  return deps.records.orders
    .values()
    .filter((order) => order.mchid === merchant.mchid)
    .flatMap((order) => orderLines(deps, merchant, order))
    .filter((line) => timeText(line.atMs).startsWith(day))
    .sort((one, other) => one.atMs - other.atMs);
}

/** Fees are rounded half up; refunds give back what the fee on all returned so far grows by. */
function orderLines(deps: Deps, merchant: Merchant, order: Order): Line[] {
  const { payment } = order;
  if (payment === null) return [];
  const feeOf = (fen: number) => Math.floor((fen * merchant.feeRateBp + 5_000) / 10_000);
  const base = { order, payment };
  const { totalFen: amountFen, paidAt } = payment;
  const feeFen = feeOf(amountFen);
  const paid: Line = { ...base, kind: 'payment', refund: null, atMs: paidAt, amountFen, feeFen };
  let returnedFen = 0;
  const returns = refundsOf(deps, order)
    .flatMap((refund) => (refund.doneAt === null ? [] : [{ refund, atMs: refund.doneAt }]))
    .sort((one, other) => one.atMs - other.atMs)
    .map(({ refund, atMs }): Line => {
      const before = feeOf(returnedFen);
      returnedFen += refund.refundFen;
      const feeFen = before - feeOf(returnedFen);
      return { ...base, kind: 'refund', refund, atMs, amountFen: refund.refundFen, feeFen };
    });
  return [paid, ...returns];
}

/** UTF-8 without a mark, lines end with LF, a head line, and the totals in the last line. */
function csvOf(lines: readonly Line[], fault: AnswerFault | undefined): string {
  const rows = spoilt(lines.map(rowOf), fault);
  const sum = (kind: Line['kind']) =>
    lines.filter((line) => line.kind === kind).reduce((all, line) => all + line.amountFen, 0);
  const fees = lines.reduce((all, line) => all + line.feeFen, 0);
  const off = fault === 'statement-wrong-total' ? 1 : 0;
  const totals = [
    '合计',
    lines.length,
    yuan(sum('payment') + off),
    yuan(sum('refund')),
    yuan(fees),
  ];
  return `${[HEAD, ...rows.map((row) => row.join(',')), totals.join(',')].join('\n')}\n`;
}

function rowOf({ kind, order, payment, refund, atMs, amountFen, feeFen }: Line): string[] {
  return [
    kind === 'payment' ? '支付' : '退款',
    timeText(atMs),
    order.outTradeNo,
    payment.tradeNo,
    refund?.outRefundNo ?? '',
    refund?.bankRefundNo ?? '',
    yuan(amountFen),
    yuan(feeFen),
    '成功',
  ];
}

const [ORDER_AT, TRADE_AT, AMOUNT_AT, FEE_AT] = [2, 3, 6, 7];

function spoilt(rows: string[][], fault: AnswerFault | undefined): string[][] {
  const [first, ...others] = rows;
  if (first === undefined) return rows;
  switch (fault) {
    case 'statement-missing-row':
      return others;
    case 'statement-extra-row':
      return [...rows, first.with(ORDER_AT, 'NOBODYSORDER0001').with(TRADE_AT, 'NOBODYS0001')];
    case 'statement-duplicate-row':
      return [first, ...rows];
    case 'statement-amount-off':
      return [fenMore(first, AMOUNT_AT), ...others];
    case 'statement-fee-differs':
      return [fenMore(first, FEE_AT), ...others];
    default:
      return rows;
  }
}

function fenMore(row: string[], at: number): string[] {
  return row.with(at, yuan(Math.round(Number(row[at]) * 100) + 1));
}

/** `yyyy-MM-dd HH:mm:ss` in Beijing. */
function timeText(atMs: number): string {
  return new Date(atMs + BEIJING_MS).toISOString().slice(0, 19).replace('T', ' ');
}

export function yuan(fen: number): string {
  const text = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}
