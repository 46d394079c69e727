import { ControlRefused } from '../control-input.ts';
import { type Line, linesOf, yuanText } from './bill.ts';
import type { Deps } from './deps.ts';
import { keyOf, type Order, type Refund } from './records.ts';
import { refundsOf } from './refunds.ts';

/** An order in the words that all channels share, and in its own. */
export function orderView(deps: Deps, order: Order) {
  const done = refundsOf(deps, order).filter((one) => one.state === 'done');
  const refundedFen = done.reduce((sum, one) => sum + one.refundFen, 0);
  const { payment } = order;
  const key = keyOf(order.mchid, order.outTradeNo);
  return {
    outTradeNo: order.outTradeNo,
    mchid: order.mchid,
    service: order.service,
    state: stateOf(order, refundedFen),
    totalFen: payment?.totalFen ?? order.totalFen,
    refundedFen,
    tradeNo: payment?.transactionId ?? null,
    token: order.token,
    notifyUrl: order.notifyUrl,
    isReversed: order.state === 'reversed',
    notifications: deps.records.notifications
      .values()
      .filter((one) => one.orderKey === key)
      .map(({ id, attempts, dueAt, outcome }) => ({ id, attempts, dueAt, outcome })),
  };
}

function stateOf(order: Order, refundedFen: number) {
  if (order.payment !== null) return refundedFen >= order.payment.totalFen ? 'refunded' : 'paid';
  if (order.state === 'waiting') return 'paying';
  return order.state === 'open' ? 'unpaid' : 'closed';
}

export function refundView(refund: Refund) {
  const states = { accepted: 'pending', done: 'refunded', failed: 'failed' } as const;
  const { outRefundNo, outTradeNo, refundFen, refundId, state } = refund;
  return { outRefundNo, outTradeNo, state: states[state], refundFen, refundId };
}

/** All the money that the access has for a merchant: what its books must come to. */
export function bookOf(deps: Deps, mchid: string | null) {
  const isMine = (one: { mchid: string }) => mchid === null || one.mchid === mchid;
  const payments = deps.records.orders
    .values()
    .filter(isMine)
    .flatMap(({ payment }) => (payment === null ? [] : [payment]));
  const returned = deps.records.refunds
    .values()
    .filter((one) => isMine(one) && one.state === 'done');
  return {
    count: payments.length,
    totalFen: payments.reduce((sum, one) => sum + one.totalFen, 0),
    refundCount: returned.length,
    refundedFen: returned.reduce((sum, one) => sum + one.refundFen, 0),
  };
}

/** What the bill of a day says; the day is one of Beijing. */
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
      outTradeNo: line.order.outTradeNo,
      tradeNo: line.payment.transactionId,
      outRefundNo: line.refund?.outRefundNo ?? null,
      amountFen: line.amountFen,
      feeYuan: yuanText(line.kind === 'payment' ? line.feeFen : -line.feeFen),
    })),
    totalFen: sum('payment', (line) => line.amountFen),
    refundedFen: sum('refund', (line) => line.amountFen),
    feeYuan: yuanText(feeFen),
  };
}

const feeOf = (line: Line) => line.feeFen;
