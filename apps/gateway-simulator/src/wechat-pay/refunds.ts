import { beijingDigits } from '../clock.ts';
import type { AnswerFault, Taken } from '../faults.ts';
import { moveBalance } from './balance.ts';
import { randomText } from './crypto.ts';
import { saveOrder } from './orders.ts';
import type { PayDeps } from './pay.ts';
import {
  actingMerchant,
  type Order,
  orderKey,
  type Refund,
  type RefundState,
  refundedFenOf,
  refundsOf,
} from './records.ts';

/** Why a refund is refused; v2 and v3 have their own words for it. */
export type RefundProblem =
  | 'not-paid'
  | 'total-differs'
  | 'exceeds'
  | 'too-late'
  | 'too-many'
  | 'not-enough'
  | 'number-used';

export class RefundRefused extends Error {
  readonly problem: RefundProblem;

  constructor(problem: RefundProblem) {
    super(problem);
    this.problem = problem;
  }
}

export type RefundRequest = {
  order: Order;
  outRefundNo: string;
  refundFen: number;
  totalFen: number;
  reason: string | null;
  notifyUrl: string | null;
  fundsAccount: string;
  parameters: string;
  version: 'v2' | 'v3';
};

const YEAR_MS = 365 * 86_400_000;
const REFUNDS_MOST = 50;
/** Money is back after this time unless the merchant was registered with another one. */
const DELAY_MS = 1_000;

/** Takes a refund or a repetition of one. The number decides: it moves money once. */
export function askRefund(
  deps: PayDeps,
  request: RefundRequest,
  fault: Taken<AnswerFault> | undefined,
): Refund {
  const { order, outRefundNo } = request;
  const known = deps.records.refunds.get(orderKey(order.mchid, outRefundNo));
  if (known !== undefined) {
    if (known.parameters !== request.parameters) throw new RefundRefused('number-used');
    return known;
  }
  check(deps, request);
  if (fault?.fault === 'refund-refused') throw new RefundRefused('not-enough');
  moveBalance(deps, order, -request.refundFen);
  saveOrder(deps, { ...order, state: 'REFUND' });
  return saveRefund(deps, newRefund(deps, request, fault));
}

/** Ends a refund and tells the merchant. */
export async function finishRefund(
  deps: PayDeps,
  refund: Refund,
  state: Exclude<RefundState, 'PROCESSING'>,
): Promise<Refund> {
  const succeededAt = state === 'SUCCESS' ? deps.clock.now() : null;
  const finished = saveRefund(deps, { ...refund, state, succeededAt, finishAt: null });
  const order = deps.records.orders.get(orderKey(refund.mchid, refund.outTradeNo));
  if (state === 'CLOSED' && order !== undefined) moveBalance(deps, order, refund.refundFen);
  if (refund.notifyUrl !== null) await deps.notifier.announceRefund(finished);
  return finished;
}

/** Refunds whose time has come. */
export async function finishDueRefunds(deps: PayDeps): Promise<void> {
  const now = deps.clock.scheduleNow();
  const due = deps.records.refunds
    .values()
    .filter((one) => one.finishAt !== null && one.finishAt <= now);
  await Promise.all(due.map((one) => finishRefund(deps, one, one.finishAs)));
}

export function saveRefund(deps: Pick<PayDeps, 'records'>, refund: Refund): Refund {
  return deps.records.refunds.set(orderKey(refund.mchid, refund.outRefundNo), refund);
}

/** When an accepted refund of this order's merchant succeeds. */
export function refundDueAt(deps: PayDeps, order: Order): number {
  const delayMs = actingMerchant(deps.records, order)?.refundDelayMs ?? DELAY_MS;
  return deps.clock.scheduleNow() + delayMs;
}

/** 29 digits with the day in the middle. */
export function newRefundId(atMs: number): string {
  const digits = randomText(17, '0123456789');
  return `5030${digits.slice(0, 7)}${beijingDigits(atMs).slice(0, 8)}${digits.slice(7)}`;
}

function check(deps: PayDeps, { order, refundFen, totalFen }: RefundRequest): void {
  const { records, clock } = deps;
  if (order.payment === null || order.state === 'REVOKED') throw new RefundRefused('not-paid');
  if (order.payment.totalFen !== totalFen) throw new RefundRefused('total-differs');
  if (order.payment.paidAt + YEAR_MS < clock.now()) throw new RefundRefused('too-late');
  const counted = refundsOf(records, order).filter((one) => one.state !== 'CLOSED');
  if (counted.length >= REFUNDS_MOST) throw new RefundRefused('too-many');
  if (refundedFenOf(records, order) + refundFen > totalFen) throw new RefundRefused('exceeds');
  const balanceFen = actingMerchant(records, order)?.balanceFen;
  if (balanceFen !== undefined && balanceFen < refundFen) throw new RefundRefused('not-enough');
}

function newRefund(
  deps: PayDeps,
  request: RefundRequest,
  fault: Taken<AnswerFault> | undefined,
): Refund {
  const { order, ...asked } = request;
  const now = deps.clock.now();
  const kind = fault?.fault;
  const dueAt = fault?.delayMs === undefined ? null : deps.clock.scheduleNow() + fault.delayMs;
  const failsLater = kind === 'refund-fails-later' || kind === 'refund-moved-nothing';
  return {
    ...asked,
    refundId: newRefundId(now),
    mchid: order.mchid,
    spMchid: order.spMchid,
    outTradeNo: order.outTradeNo,
    transactionId: order.payment?.transactionId ?? '',
    state: 'PROCESSING',
    channel: 'ORIGINAL',
    createdAt: now,
    succeededAt: null,
    finishAt: kind === 'refund-pending' ? dueAt : (dueAt ?? refundDueAt(deps, order)),
    finishAs: failsLater ? 'CLOSED' : 'SUCCESS',
  };
}
