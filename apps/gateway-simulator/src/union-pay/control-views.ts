import { ControlRefused } from '../control-input.ts';
import type { Deps } from './deps.ts';
import { isExpired } from './orders.ts';
import { type Order, type Reversal, tradeKey } from './records.ts';
import { reversalsOf } from './reversals.ts';
import { type Line, linesOf } from './statement.ts';

/** An order in the words that all channels share, and in its own. */
export function tradeView(deps: Deps, order: Order) {
  const done = reversalsOf(deps, order).filter((one) => one.state === 'done');
  const refundedFen = done.reduce((sum, one) => sum + one.totalFen, 0);
  const { payment } = order;
  return {
    outTradeNo: order.orderId,
    txnTime: order.txnTime,
    merId: order.merId,
    entry: order.entry,
    state: stateOf(deps, order, refundedFen),
    totalFen: payment?.totalFen ?? order.totalFen,
    refundedFen,
    tradeNo: payment?.queryId ?? null,
    queryId: payment?.queryId ?? null,
    token: order.token,
    backUrl: order.backUrl,
    respCode: order.failure?.respCode ?? null,
    notifications: notificationsOf(deps, order),
  };
}

function stateOf(deps: Deps, order: Order, refundedFen: number) {
  if (order.payment !== null) return refundedFen >= order.payment.totalFen ? 'refunded' : 'paid';
  if (order.state === 'failed' || isExpired(deps, order)) return 'closed';
  return order.state === 'waiting' ? 'paying' : 'unpaid';
}

/** Those of the order and of its refunds and voids. */
function notificationsOf(deps: Deps, order: Order) {
  const kinds = new Map([
    [tradeKey(order), 'payment'],
    ...reversalsOf(deps, order).map((one): [string, string] => [tradeKey(one), one.kind]),
  ]);
  return deps.records.notifications
    .values()
    .filter((one) => kinds.has(one.tradeKey))
    .map((one) => ({
      id: one.id,
      kind: kinds.get(one.tradeKey),
      attempts: one.attempts,
      dueAt: one.dueAt,
      outcome: one.outcome,
    }));
}

export function refundView(reversal: Reversal) {
  const states = { accepted: 'pending', done: 'refunded', failed: 'failed' } as const;
  return {
    outRefundNo: reversal.orderId,
    txnTime: reversal.txnTime,
    kind: reversal.kind,
    outTradeNo: reversal.origOrderId,
    state: states[reversal.state],
    refundFen: reversal.totalFen,
    queryId: reversal.queryId,
    origQryId: reversal.origQryId,
  };
}

/** All the money that the gateway has for a merchant: what its books must come to. */
export function bookOf(deps: Deps, mchid: string | null) {
  const trades = deps.records.trades
    .values()
    .filter((one) => mchid === null || one.merId === mchid);
  const orders = trades.filter((one) => one.kind === 'consume');
  const payments = orders.flatMap(({ payment }) => (payment === null ? [] : [payment]));
  const returned = trades.filter((one) => one.kind !== 'consume' && one.state === 'done');
  return {
    count: payments.length,
    totalFen: payments.reduce((sum, one) => sum + one.totalFen, 0),
    refundCount: returned.length,
    refundedFen: returned.reduce((sum, one) => sum + one.totalFen, 0),
  };
}

/** What the clearing file of a day says; the day runs from 23:00 to 23:00. */
export function statementView(deps: Deps, query: URLSearchParams) {
  const merchant = deps.records.merchants.get(query.get('mchid') ?? '');
  if (merchant === undefined) throw new ControlRefused('没有登记这个商户', 'mchid', 404);
  const day = query.get('day') ?? '';
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new ControlRefused('day 须形如 2026-01-31', 'day');
  const lines = linesOf(deps, merchant, day.replaceAll('-', ''));
  const sum = (kind: Line['kind'], of: (line: Line) => number) =>
    lines.filter((line) => line.kind === kind).reduce((total, line) => total + of(line), 0);
  const feeFen = sum('payment', feeOf) - sum('refund', feeOf);
  return {
    lines: lines.map((line) => ({
      kind: line.kind,
      outTradeNo: line.order.orderId,
      tradeNo: line.payment.queryId,
      outRefundNo: line.reversal?.orderId ?? null,
      amountFen: line.amountFen,
      feeYuan: yuanText(line.kind === 'payment' ? line.feeFen : -line.feeFen),
    })),
    totalFen: sum('payment', (line) => line.amountFen),
    refundedFen: sum('refund', (line) => line.amountFen),
    feeYuan: yuanText(feeFen),
  };
}

const feeOf = (line: Line) => line.feeFen;

function yuanText(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
