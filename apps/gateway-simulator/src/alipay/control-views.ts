import { ControlRefused } from '../control-input.ts';
import { billLines, periodOf } from './bill.ts';
import type { PayDeps } from './deps.ts';
import { yuanText } from './money.ts';
import type { Refund, Trade } from './records.ts';
import { refundedFen, refundsOf } from './refunds.ts';
import { statusOf } from './trades.ts';

/** A trade as tests look at it. */
export function orderView(deps: PayDeps, trade: Trade) {
  const notifications = deps.records.events
    .values()
    .filter((one) => one.sellerId === trade.sellerId && one.outTradeNo === trade.outTradeNo)
    .map(({ id, kind, attempts, dueAt, outcome }) => ({ id, kind, attempts, dueAt, outcome }));
  return {
    outTradeNo: trade.outTradeNo,
    mchid: trade.sellerId,
    appId: trade.appId,
    method: trade.method,
    state: stateOf(deps, trade),
    tradeStatus: statusOf(deps, trade),
    tradeNo: trade.tradeNo,
    qrCode: trade.qrCode,
    totalFen: trade.payment?.totalFen ?? trade.totalFen,
    refundedFen: refundedFen(deps, trade),
    paidAt: trade.payment?.paidAt ?? null,
    notifyUrl: trade.notifyUrl,
    refunds: refundsOf(deps, trade).map(refundView),
    notifications,
  };
}

export function refundView(refund: Refund) {
  const { outRequestNo: outRefundNo, outTradeNo, sellerId: mchid, amountFen } = refund;
  const { state, isCancel, requestedAt, refundedAt } = refund;
  return {
    outRefundNo,
    outTradeNo,
    mchid,
    amountFen,
    state,
    isCancel,
    requestedAt,
    refundedAt,
  };
}

/** All the money that came in and went back: what the merchant's books must come to. */
export function bookOf(deps: PayDeps, mchid: string | null) {
  const sellerId = mchid === null ? null : sellerOf(deps, mchid);
  const isMine = (one: { sellerId: string }) => sellerId === null || one.sellerId === sellerId;
  const paid = deps.records.trades.values().filter((one) => one.payment !== null && isMine(one));
  const refunds = deps.records.refunds
    .values()
    .filter((one) => one.state === 'refunded' && isMine(one));
  return {
    count: paid.length,
    totalFen: paid.reduce((sum, one) => sum + (one.payment?.totalFen ?? 0), 0),
    refundCount: refunds.length,
    refundedFen: refunds.reduce((sum, one) => sum + one.amountFen, 0),
    transactions: paid.map(({ outTradeNo, tradeNo, payment }) => ({
      outTradeNo,
      tradeNo,
      totalFen: payment?.totalFen ?? 0,
    })),
  };
}

/** What the file of a day says, for comparison. */
export function statementView(deps: PayDeps, sellerId: string, day: string) {
  const period = periodOf(day);
  if (period === undefined) throw new ControlRefused('day 须是 YYYY-MM-DD', 'day');
  const lines = billLines(deps, sellerId, period);
  const sum = (kind: string, name: 'amountFen' | 'feeFen') =>
    lines.filter((one) => one.kind === kind).reduce((total, one) => total + one[name], 0);
  return {
    lines: lines.map((one) => ({
      kind: one.kind,
      outTradeNo: one.trade.outTradeNo,
      tradeNo: one.trade.tradeNo,
      outRefundNo: one.outRequestNo,
      amountFen: one.amountFen,
      feeYuan: yuanText(one.kind === 'payment' ? one.feeFen : -one.feeFen),
    })),
    totalFen: sum('payment', 'amountFen'),
    refundedFen: sum('refund', 'amountFen'),
    feeYuan: yuanText(sum('payment', 'feeFen') - sum('refund', 'feeFen')),
  };
}

/** The merchant's number (PID), also when the number of one of its applications is given. */
export function sellerOf(deps: PayDeps, mchid: string | null): string {
  const app = deps.records.applications.find(
    (one) => one.sellerId === mchid || one.appId === mchid,
  );
  if (app === undefined) throw new ControlRefused(`没有登记商户 ${mchid ?? ''}`, 'mchid', 404);
  return app.sellerId;
}

/** The words that every channel of the simulator uses. */
function stateOf(deps: PayDeps, trade: Trade) {
  switch (trade.state) {
    case 'asked':
      return 'unpaid';
    case 'waiting':
      return trade.isConfirming ? 'paying' : 'unpaid';
    case 'paid':
      return 'paid';
    case 'void':
      return 'closed';
    case 'closed':
      return trade.payment !== null && refundedFen(deps, trade) > 0 ? 'refunded' : 'closed';
  }
}
