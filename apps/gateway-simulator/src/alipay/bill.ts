import type { StatementFault } from '../faults.ts';
import type { Deps } from './deps.ts';
import { feeOf } from './money.ts';
import { type Trade, tradeKey } from './records.ts';
import { DAY_MS, startOfDay } from './time.ts';
import { userOfNo } from './users.ts';

/** One line of the trade detail. Amounts of refunds are positive here. */
export type BillLine = {
  kind: 'payment' | 'refund';
  trade: Trade;
  outRequestNo: string | null;
  /** ms since 1970 */
  createdAt: number;
  finishedAt: number;
  amountFen: number;
  /** Fen: taken from a payment, given back with a refund. */
  feeFen: number;
  counterparty: string;
};

export type Period = { startAt: number; endAt: number };

/** A day `yyyy-MM-dd` or a month `yyyy-MM` in Beijing. */
export function periodOf(text: string): Period | undefined {
  const month = /^(\d{4})-(\d{2})$/.exec(text);
  const startAt = startOfDay(month === null ? text : `${text}-01`);
  if (startAt === undefined) return undefined;
  if (month === null) return { startAt, endAt: startAt + DAY_MS };
  const months = Number(month[1]) * 12 + Number(month[2]);
  const next = `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`;
  return { startAt, endAt: startOfDay(next) ?? startAt };
}

/** Everything that moved money of a merchant in a period, oldest first. */
export function billLines(deps: Deps, sellerId: string, period: Period): BillLine[] {
  const isInside = (at: number | null) => at !== null && at >= period.startAt && at < period.endAt;
  const payments = deps.records.trades
    .values()
    .filter((trade) => trade.sellerId === sellerId && isInside(trade.payment?.paidAt ?? null))
    .map((trade) => paymentLine(deps, trade));
  const refunds = deps.records.refunds
    .values()
    .filter((one) => one.sellerId === sellerId && one.state === 'refunded')
    .filter((one) => isInside(one.refundedAt))
    .map((one): BillLine => {
      const trade = deps.records.trades.get(tradeKey(one));
      if (trade === undefined) throw new Error(`trade ${one.outTradeNo} has vanished`);
      return {
        kind: 'refund',
        trade,
        outRequestNo: one.outRequestNo,
        createdAt: one.requestedAt,
        finishedAt: one.refundedAt ?? one.requestedAt,
        amountFen: one.amountFen,
        feeFen: one.feeFen,
        counterparty: payerOf(trade),
      };
    });
  return [...payments, ...refunds].sort((a, b) => a.finishedAt - b.finishedAt);
}

/** The lines as a fault shows them. Totals follow the lines, except for a wrong total. */
export function spoiltLines(lines: readonly BillLine[], fault: StatementFault | undefined) {
  const [first, ...rest] = lines;
  if (first === undefined) return [...lines];
  switch (fault) {
    case 'statement-missing-row':
      return rest;
    case 'statement-duplicate-row':
      return [...lines, first];
    case 'statement-amount-off':
      return [{ ...first, amountFen: first.amountFen + 1 }, ...rest];
    case 'statement-fee-differs':
      return [{ ...first, feeFen: first.feeFen + 1 }, ...rest];
    case 'statement-extra-row':
      return [...lines, strangeLine(first)];
    default:
      return [...lines];
  }
}

function paymentLine(deps: Deps, trade: Trade): BillLine {
  const amountFen = trade.payment?.totalFen ?? 0;
  const finishedAt = trade.payment?.paidAt ?? 0;
  const app = deps.records.applications.get(trade.appId);
  return {
    kind: 'payment',
    trade,
    outRequestNo: null,
    createdAt: trade.createdAt ?? finishedAt,
    finishedAt,
    amountFen,
    feeFen: feeOf(amountFen, app?.feeRateBp ?? 0),
    counterparty: payerOf(trade),
  };
}

function payerOf(trade: Trade): string {
  const user = userOfNo(trade.payment?.userNo ?? 1);
  return `${user.maskedName}(${user.logonId})`;
}

/** A payment for an order that the merchant never made. */
function strangeLine(like: BillLine): BillLine {
  const { trade } = like;
  const tradeNo = `${(trade.tradeNo ?? '').slice(0, -4)}9999`;
  const strange = { ...trade, outTradeNo: `X${trade.outTradeNo}`.slice(0, 64), tradeNo };
  return { ...like, kind: 'payment', outRequestNo: null, trade: strange };
}
