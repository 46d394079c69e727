import type { AnswerFault, Taken } from '../faults.ts';
import type { Deps, PayDeps } from './deps.ts';
import { announce } from './notifier.ts';
import { findOrderBy, keyOf, saveTrade, transactionOf } from './orders.ts';
import { newQueryId } from './pay.ts';
import { type Merchant, type Order, type Payment, type Reversal, tradeKey } from './records.ts';
import { checkFields, checkIsRecent, rules } from './request-rules.ts';
import { Refusal } from './resp-codes.ts';
import type { Fields } from './signature.ts';
import { clearingDay } from './time.ts';

/** Technically possible for that long; guaranteed are 90 days, and 30 for codes. */
const REFUND_MOST_MS = 330 * 86_400_000;

/** Accepts a refund or a void; it ends a moment later, with a notification when it succeeds. */
export function placeReversal(
  deps: Deps,
  merchant: Merchant,
  fields: Fields,
  kind: 'refund' | 'void',
  fault: Taken<AnswerFault> | undefined,
): Reversal {
  checkFields(fields, rules.reversal);
  if (deps.records.trades.get(keyOf(fields)) !== undefined) throw new Refusal('12');
  checkIsRecent(fields.txnTime ?? '', deps.clock.now());
  const order = origOf(deps, merchant.merId, fields.origQryId ?? '');
  const payment = order?.payment ?? null;
  if (order === undefined || payment === null) throw new Refusal('35');
  const asked = transactionOf(deps, fields);
  if (asked.bizType !== order.bizType) throw new Refusal('36', 'bizType 与原交易不同');
  if (kind === 'refund') checkRefund(deps, order, payment, asked.totalFen);
  else checkVoid(deps, order, payment, asked.totalFen);
  if (fault?.fault === 'refund-refused') throw new Refusal('64', '商户可用余额不足');
  const reversal: Reversal = {
    kind,
    ...asked,
    origOrderId: order.orderId,
    origTxnTime: order.txnTime,
    origQryId: payment.queryId,
    state: 'accepted',
    ...ending(deps, fault),
    ...newQueryId(deps.clock.now()),
    doneAt: null,
  };
  saveTrade(deps, reversal);
  return planEnd(deps, reversal);
}

/** Ends all reversals whose time has come. */
export async function finishDue(deps: PayDeps): Promise<void> {
  const now = deps.clock.scheduleNow();
  const due = deps.records.unfinished.values().filter((one) => one.finishAt <= now);
  await Promise.all(due.map(({ key }) => finishByKey(deps, key)));
}

async function finishByKey(deps: PayDeps, key: string): Promise<void> {
  const trade = deps.records.trades.get(key);
  deps.records.unfinished.remove(key);
  if (trade === undefined || trade.kind === 'consume') return;
  await finish(deps, trade, trade.outcome);
}

/** Ends one reversal. A failure is not notified: only successes are. */
export async function finish(
  deps: PayDeps,
  reversal: Reversal,
  outcome: 'done' | 'failed',
): Promise<Reversal> {
  deps.records.unfinished.remove(tradeKey(reversal));
  const doneAt = outcome === 'done' ? deps.clock.now() : null;
  const ended = saveTrade<Reversal>(deps, { ...reversal, state: outcome, doneAt, finishAt: null });
  if (outcome === 'done') await announce(deps, ended, { withheld: false, copies: 1 });
  return ended;
}

export function reversalsOf(deps: Deps, order: Order): Reversal[] {
  return deps.records.trades
    .values()
    .filter((one) => one.kind !== 'consume')
    .filter(
      ({ merId, origOrderId, origTxnTime }) =>
        merId === order.merId && origOrderId === order.orderId && origTxnTime === order.txnTime,
    );
}

/** Fen returned, or on the way back. */
export function reservedFen(deps: Deps, order: Order): number {
  return reversalsOf(deps, order)
    .filter((one) => one.state !== 'failed')
    .reduce((sum, one) => sum + one.totalFen, 0);
}

/** The paid order that a reversal names. */
export function origOf(deps: Deps, merId: string, origQryId: string): Order | undefined {
  return findOrderBy(deps, (one) => one.merId === merId && one.payment?.queryId === origQryId);
}

function checkRefund(deps: Deps, order: Order, payment: Payment, totalFen: number): void {
  const leftFen = payment.totalFen - reservedFen(deps, order);
  if (leftFen === 0) throw new Refusal('45');
  if (totalFen > leftFen) throw new Refusal('36', '退货金额大于可退金额');
  if (deps.clock.now() - payment.paidAt > REFUND_MOST_MS) throw new Refusal('39');
}

function checkVoid(deps: Deps, order: Order, payment: Payment, totalFen: number): void {
  if (reservedFen(deps, order) > 0) throw new Refusal('45');
  if (totalFen !== payment.totalFen) throw new Refusal('36', '撤销金额须等于原交易金额');
  const isSameDay = clearingDay(deps.clock.now()) === clearingDay(payment.paidAt);
  if (!isSameDay) throw new Refusal('39', '只能在同一清算日内撤销');
}

/** When and how a reversal ends by itself. */
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

function planEnd(deps: Deps, reversal: Reversal): Reversal {
  const key = tradeKey(reversal);
  const { finishAt } = reversal;
  if (finishAt !== null) deps.records.unfinished.set(key, { key, finishAt });
  return reversal;
}
