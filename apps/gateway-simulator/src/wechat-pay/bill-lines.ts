import { beijingTime } from '../clock.ts';
import type { Deps } from './deps.ts';
import { type Order, orderKey, type Refund } from './records.ts';

/** One movement of money as a bill of a day tells it. */
export type BillLine =
  | { kind: 'payment'; at: number; order: Order; amountFen: number; feeFen: number }
  | { kind: 'refund'; at: number; order: Order; refund: Refund; amountFen: number; feeFen: number };

/** Whose bill: the signer's own, one sub-merchant's, or those of all its sub-merchants. */
export type BillOwner = { mchid: string; subMchid?: string | undefined };

const FEE_RATE_BP = 60;

/** The fee of a payment in whole fen, half a fen rounded up. */
export function feeOf(totalFen: number, rateBp: number): number {
  return Math.floor((totalFen * rateBp + 5_000) / 10_000);
}

export function feeRateOf(deps: Pick<Deps, 'records'>, mchid: string): number {
  return deps.records.merchants.get(mchid)?.feeRateBp ?? FEE_RATE_BP;
}

/**
 * Payments and refunds of one day in Beijing, oldest first. A refund stands on the day on which
 * it was asked for; one that was closed moved no money and is left out.
 */
export function billLines(deps: Pick<Deps, 'records'>, owner: BillOwner, day: string): BillLine[] {
  const refunds = refundsByOrder(deps);
  const lines = deps.records.orders
    .values()
    .filter((order) => order.payment !== null && isOwnedBy(owner, order))
    .flatMap((order) => linesOf(deps, order, refunds))
    .filter((line) => beijingTime(line.at).slice(0, 10) === day);
  return lines.sort((a, b) => a.at - b.at);
}

function isOwnedBy({ mchid, subMchid }: BillOwner, order: Order): boolean {
  if (subMchid !== undefined) return order.spMchid === mchid && order.mchid === subMchid;
  return (order.spMchid ?? order.mchid) === mchid;
}

type RefundsByOrder = Map<string, Refund[]>;

/** Refunds that moved money, oldest first, by the order they belong to. */
function refundsByOrder({ records }: Pick<Deps, 'records'>): RefundsByOrder {
  const found: RefundsByOrder = new Map();
  const moved = records.refunds.values().filter((one) => one.state !== 'CLOSED');
  for (const refund of moved.sort((a, b) => a.createdAt - b.createdAt)) {
    const key = orderKey(refund.mchid, refund.outTradeNo);
    found.set(key, [...(found.get(key) ?? []), refund]);
  }
  return found;
}

function linesOf(
  deps: Pick<Deps, 'records'>,
  order: Order,
  refundsByKey: RefundsByOrder,
): BillLine[] {
  const { payment } = order;
  if (payment === null) return [];
  const rate = feeRateOf(deps, order.spMchid ?? order.mchid);
  const { totalFen } = payment;
  const paid: BillLine = {
    kind: 'payment',
    at: payment.paidAt,
    order,
    amountFen: totalFen,
    feeFen: feeOf(totalFen, rate),
  };
  let keptFen = totalFen;
  const refunds = refundsByKey.get(orderKey(order.mchid, order.outTradeNo)) ?? [];
  const returned = refunds.map((refund): BillLine => {
    // Each refund gives back the fee of what it takes away: the last one leaves no fen behind.
    const before = feeOf(keptFen, rate);
    keptFen -= refund.refundFen;
    return {
      kind: 'refund',
      at: refund.createdAt,
      order,
      refund,
      amountFen: refund.refundFen,
      feeFen: feeOf(keptFen, rate) - before,
    };
  });
  return [paid, ...returned];
}

/** Five decimals, as fees stand in the bills. */
export function feeYuan(feeFen: number): string {
  return `${(feeFen / 100).toFixed(2)}000`;
}

export function yuanText(fen: number): string {
  return (fen / 100).toFixed(2);
}

/** A line of money that nobody asked for, made from a real one. */
export function strangeLine(line: BillLine): BillLine {
  const no = `EXTRA${line.order.outTradeNo}`.slice(0, 32);
  const { payment } = line.order;
  const strange = payment && {
    ...payment,
    transactionId: payment.transactionId.split('').reverse().join(''),
  };
  const order: Order = { ...line.order, outTradeNo: no, payment: strange };
  const { at, amountFen } = line;
  return { kind: 'payment', at, order, amountFen, feeFen: feeOf(amountFen, FEE_RATE_BP) };
}
