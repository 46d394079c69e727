import { beijingDigits } from '../clock.ts';
import type { AnswerFault, Taken } from '../faults.ts';
import type { Deps } from './deps.ts';
import { checkFields, orderOf, saveOrder } from './orders.ts';
import { digits } from './pay.ts';
import { keyOf, type Merchant, type Order, type Refund } from './records.ts';
import { Refusal } from './refusals.ts';
import type { Fields } from './xml.ts';

const rules = {
  out_refund_no: /^[0-9A-Za-z_\-|*@]{1,64}$/,
  total_fee: /^[1-9]\d{0,9}$/,
  refund_fee: /^[1-9]\d{0,9}$/,
};

/** Accepts a refund. The same number again tells of the same refund, or retries a failed one. */
export function placeRefund(
  deps: Deps,
  merchant: Merchant,
  fields: Fields,
  fault: Taken<AnswerFault> | undefined,
): Refund {
  checkFields(fields, rules);
  const order = orderOf(deps, merchant, fields);
  const { payment } = order;
  if (payment === null) throw new Refusal('ORDERNOTPAID');
  const refundFen = Number(fields.refund_fee);
  const outRefundNo = fields.out_refund_no ?? '';
  const known = deps.records.refunds.get(keyOf(merchant.mchid, outRefundNo));
  if (known !== undefined) {
    const isSame = known.outTradeNo === order.outTradeNo && known.refundFen === refundFen;
    if (!isSame) throw new Refusal('REFUND_NO_USED');
    if (known.state !== 'failed') return known;
  }
  if (Number(fields.total_fee) !== payment.totalFen) throw new Refusal('PARAM_ERROR', 'total_fee');
  if (refundFen > payment.totalFen - reservedFen(deps, order)) {
    throw new Refusal('REFUND_FEE_INVALID');
  }
  if (fault?.fault === 'refund-refused') throw new Refusal('MCH_NOTENOUGH');
  return saveRefund(deps, {
    ...newRefund(deps, order, outRefundNo, refundFen),
    ...ending(deps, fault),
  });
}

/** The scanner's undo: an unpaid order is closed, a paid one is paid back at once. */
export function reverse(deps: Deps, order: Order): void {
  if (order.state === 'reversed') return;
  if (order.payment === null) {
    saveOrder(deps, { ...order, state: 'reversed' });
    return;
  }
  const leftFen = order.payment.totalFen - reservedFen(deps, order);
  saveOrder(deps, { ...order, state: 'reversed' });
  if (leftFen === 0) return;
  const refund = newRefund(deps, order, `REVERSE_${order.outTradeNo}`, leftFen);
  saveRefund(deps, { ...refund, state: 'done', doneAt: deps.clock.now() });
}

export function refundsOf(deps: Deps, order: Order): Refund[] {
  return deps.records.refunds
    .values()
    .filter((one) => one.mchid === order.mchid && one.outTradeNo === order.outTradeNo);
}

/** Fen returned, or on the way back. */
function reservedFen(deps: Deps, order: Order): number {
  return refundsOf(deps, order)
    .filter((one) => one.state !== 'failed')
    .reduce((sum, one) => sum + one.refundFen, 0);
}

/** Ends all refunds whose time has come. */
export function finishDue(deps: Deps): void {
  const now = deps.clock.scheduleNow();
  for (const { key, finishAt } of deps.records.unfinished.values()) {
    if (finishAt > now) continue;
    const refund = deps.records.refunds.get(key);
    deps.records.unfinished.remove(key);
    if (refund !== undefined) finish(deps, refund, refund.outcome);
  }
}

/** Ends one refund. Nobody is notified: the merchant asks. */
export function finish(deps: Deps, refund: Refund, outcome: 'done' | 'failed'): Refund {
  const doneAt = outcome === 'done' ? deps.clock.now() : null;
  return saveRefund(deps, { ...refund, state: outcome, doneAt, finishAt: null });
}

/** What is asked for of all refunds of an order, numbered from 0. */
export function refundFields(refunds: readonly Refund[]): Fields {
  const statuses = { accepted: 'PROCESSING', done: 'SUCCESS', failed: 'FAIL' };
  const fields: Fields = { refund_count: `${refunds.length}` };
  for (const [index, refund] of refunds.entries()) {
    fields[`out_refund_no_${index}`] = refund.outRefundNo;
    fields[`refund_id_${index}`] = refund.refundId;
    fields[`refund_channel_${index}`] = 'ORIGINAL';
    fields[`refund_fee_${index}`] = `${refund.refundFen}`;
    fields[`refund_time_${index}`] = beijingDigits(refund.doneAt ?? refund.createdAt);
    fields[`refund_status_${index}`] = statuses[refund.state];
  }
  return fields;
}

function newRefund(deps: Deps, order: Order, outRefundNo: string, refundFen: number): Refund {
  const createdAt = deps.clock.now();
  return {
    mchid: order.mchid,
    outRefundNo,
    outTradeNo: order.outTradeNo,
    refundId: `${order.mchid}${beijingDigits(createdAt).slice(0, 8)}${digits(10)}`,
    refundFen,
    state: 'accepted',
    finishAt: null,
    outcome: 'done',
    createdAt,
    doneAt: null,
  };
}

/** When and how a refund ends by itself. */
function ending(deps: Deps, fault: Taken<AnswerFault> | undefined) {
  const now = deps.clock.scheduleNow();
  const inTime = now + (fault?.delayMs ?? 0);
  switch (fault?.fault) {
    case 'refund-pending':
      return { outcome: 'done' as const, finishAt: fault.delayMs === undefined ? null : inTime };
    case 'refund-fails-later':
    case 'refund-moved-nothing':
      return { outcome: 'failed' as const, finishAt: inTime };
    default:
      return { outcome: 'done' as const, finishAt: now };
  }
}

function saveRefund(deps: Deps, refund: Refund): Refund {
  const key = keyOf(refund.mchid, refund.outRefundNo);
  const { finishAt } = refund;
  if (refund.state === 'accepted' && finishAt !== null) {
    deps.records.unfinished.set(key, { key, finishAt });
  } else deps.records.unfinished.remove(key);
  return deps.records.refunds.set(key, refund);
}
