import { beijingDigits } from '../clock.ts';
import type { AnswerFault, Taken } from '../faults.ts';
import { digits } from './codes.ts';
import { type Fields, fenIn, textIn } from './fields.ts';
import { announceRefund } from './notices.ts';
import { orderIn, saveOrder } from './orders.ts';
import {
  type Deps,
  keyOf,
  type Merchant,
  type Order,
  type PayDeps,
  type Refund,
  Refusal,
} from './records.ts';

const refundNo = /^[0-9A-Za-z_-]{1,32}$/;

/** Takes a refund. The same number again tells of the same refund, whatever became of it. */
export function placeRefund(
  deps: Deps,
  merchant: Merchant,
  fields: Fields,
  fault: Taken<AnswerFault> | undefined,
): Refund {
  const outRefundNo = textIn(fields, 'refundNo', refundNo);
  const refundFen = fenIn(fields, 'amount');
  const order = orderIn(deps, merchant, fields);
  const known = deps.records.refunds.get(keyOf(merchant.mchid, outRefundNo));
  if (known !== undefined) {
    const isSame = known.outTradeNo === order.outTradeNo && known.refundFen === refundFen;
    if (isSame) return known;
    throw new Refusal('REFUND_NO_USED', '退款单号已用于另一笔退款');
  }
  if (order.payment === null) throw new Refusal('ORDER_NOT_PAID', '订单未支付');
  if (refundFen > order.payment.totalFen - reservedFen(deps, order)) {
    throw new Refusal('REFUND_TOO_MUCH', '退款金额超过可退金额');
  }
  if (fault?.fault === 'refund-refused') {
    throw new Refusal('MERCHANT_BALANCE_TOO_SMALL', '商户钱包余额不足');
  }
  const notifyUrl = typeof fields.notifyUrl === 'string' ? fields.notifyUrl : null;
  const refund = newRefund(deps, order, { outRefundNo, refundFen, notifyUrl });
  return saveRefund(deps, { ...refund, ...endingOf(deps, fault) });
}

/** The scanner's undo: an unpaid order is closed, a paid one is paid back at once. */
export function reverse(deps: Deps, order: Order): Order {
  const leftFen = order.payment ? order.payment.totalFen - reservedFen(deps, order) : 0;
  if (leftFen > 0) {
    const outRefundNo = `REVERSE_${order.outTradeNo}`.slice(0, 40);
    const refund = newRefund(deps, order, { outRefundNo, refundFen: leftFen, notifyUrl: null });
    saveRefund(deps, { ...refund, state: 'done', doneAt: deps.clock.now() });
  }
  return saveOrder(deps, { ...order, state: 'closed' });
}

export function refundIn(deps: Deps, merchant: Merchant, fields: Fields): Refund {
  const refund = deps.records.refunds.get(
    keyOf(merchant.mchid, textIn(fields, 'refundNo', refundNo)),
  );
  if (refund !== undefined) return refund;
  throw new Refusal('REFUND_NOT_FOUND', '退款不存在');
}

export function refundsOf(deps: Deps, order: Order): Refund[] {
  return deps.records.refunds
    .values()
    .filter((one) => one.mchid === order.mchid && one.outTradeNo === order.outTradeNo);
}

export function refundedFenOf(deps: Deps, order: Order): number {
  return sumOf(refundsOf(deps, order).filter((one) => one.state === 'done'));
}

/** Ends all refunds whose time has come. */
export async function finishDue(deps: PayDeps): Promise<void> {
  const now = deps.clock.scheduleNow();
  const due = deps.records.refunds
    .values()
    .filter((one) => one.state === 'pending' && one.finishAt !== null && one.finishAt <= now);
  await Promise.all(due.map((refund) => finish(deps, refund, refund.ending)));
}

/** Ends one refund and tells the merchant, whichever way it went. */
export async function finish(
  deps: PayDeps,
  refund: Refund,
  state: 'done' | 'failed',
): Promise<Refund> {
  const doneAt = state === 'done' ? deps.clock.now() : null;
  const ended = saveRefund(deps, { ...refund, state, doneAt, finishAt: null });
  await announceRefund(deps, ended);
  return ended;
}

/** Fen returned, or on the way back. */
function reservedFen(deps: Deps, order: Order): number {
  return sumOf(refundsOf(deps, order).filter((one) => one.state !== 'failed'));
}

function sumOf(refunds: readonly Refund[]): number {
  return refunds.reduce((sum, one) => sum + one.refundFen, 0);
}

function newRefund(
  deps: Deps,
  { mchid, outTradeNo }: Order,
  wanted: Pick<Refund, 'outRefundNo' | 'refundFen' | 'notifyUrl'>,
): Refund {
  const createdAt = deps.clock.now();
  return {
    mchid,
    outTradeNo,
    ...wanted,
    bankRefundNo: `DR${beijingDigits(createdAt)}${digits(10)}`,
    state: 'pending',
    finishAt: null,
    ending: 'done',
    createdAt,
    doneAt: null,
  };
}

/** When and how a refund ends by itself. */
function endingOf(
  deps: Deps,
  fault: Taken<AnswerFault> | undefined,
): Pick<Refund, 'ending' | 'finishAt'> {
  const now = deps.clock.scheduleNow();
  const inTime = now + (fault?.delayMs ?? 0);
  switch (fault?.fault) {
    case 'refund-pending':
      return { ending: 'done', finishAt: fault.delayMs === undefined ? null : inTime };
    case 'refund-fails-later':
    case 'refund-moved-nothing':
      return { ending: 'failed', finishAt: inTime };
    default:
      return { ending: 'done', finishAt: now };
  }
}

function saveRefund(deps: Deps, refund: Refund): Refund {
  return deps.records.refunds.set(keyOf(refund.mchid, refund.outRefundNo), refund);
}
