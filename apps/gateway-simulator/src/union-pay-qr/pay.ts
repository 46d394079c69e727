import { randomInt } from 'node:crypto';
import { beijingDigits } from '../clock.ts';
import { confirmationTable } from '../union-pay/confirmations.ts';
import { type PayOutcome, PayRefused } from '../union-pay/outcomes.ts';
import { firstUser } from '../union-pay/users.ts';
import type { PayDeps } from './deps.ts';
import { announce } from './notifier.ts';
import { findOrder, saveOrder } from './orders.ts';
import { keyOf, type LatePayment, type Order } from './records.ts';

export type PayInput = {
  order: Order;
  /** Number of the simulated user. */
  user: number;
  outcome: PayOutcome;
  /** Fen really paid, when a test wants another amount than the order's. */
  totalFen?: number | undefined;
};

/** Lets the payer act. Returns the order as it stands afterwards. */
export async function pay(deps: PayDeps, input: PayInput): Promise<Order> {
  const { order, user, outcome } = input;
  if (order.user !== null && order.user !== user) {
    throw new PayRefused('下单用户与付款用户不一致，请核实后再支付');
  }
  if (order.payment !== null) throw new PayRefused('该订单已支付');
  if (outcome === 'paid-after-close') return payAfterClose(deps, input);
  if (isOver(order)) throw new PayRefused('该订单已关闭');
  confirmationTable(deps.store).remove(cashierPath(order));
  switch (outcome) {
    case 'cancel':
    case 'fail':
      // At the cashier the payer may try again; who refuses a scanned code has decided.
      return order.service === 'micropay' ? saveOrder(deps, { ...order, state: 'failed' }) : order;
    case 'paid':
    case 'paid-no-notification':
    case 'paid-notification-first':
    case 'paid-notified-twice':
      return collect(deps, { ...input, outcome });
  }
}

export function cashierPath(order: Order): string {
  return `/union-pay-qr/cashier?token=${order.token}`;
}

/** Money of a payer who confirmed in time arrives once the order is closed. */
export async function collectLate(deps: PayDeps, late: LatePayment): Promise<void> {
  const known = deps.records.orders.get(late.key);
  const order = known && findOrder(deps, known.mchid, known.outTradeNo);
  if (order !== undefined && order.payment === null && !isOver(order)) return;
  deps.records.latePayments.remove(late.key);
  if (order === undefined || order.payment !== null) return;
  await collect(deps, { ...late, order, outcome: 'paid' });
}

/** Pays whatever state the order is in; for faults that strike around an answer. */
export async function payAnyhow(deps: PayDeps, order: Order): Promise<void> {
  const now = findOrder(deps, order.mchid, order.outTradeNo) ?? order;
  if (now.payment !== null) return;
  const user = now.user ?? firstUser.no;
  await collect(deps, { order: now, user, outcome: 'paid-notification-first' });
}

export async function collect(deps: PayDeps, input: PayInput): Promise<Order> {
  const { order, user, outcome } = input;
  const paidAt = deps.clock.now();
  const totalFen = input.totalFen ?? order.totalFen;
  const payment = { ...newNumbers(order.mchid, paidAt), paidAt, user, totalFen };
  const paid = saveOrder(deps, { ...order, state: 'paid', payment });
  const sent = announce(deps, paid, {
    withheld: outcome === 'paid-no-notification',
    copies: outcome === 'paid-notified-twice' ? 2 : 1,
  });
  if (outcome === 'paid-notification-first') await sent;
  else sent.catch((error: unknown) => console.error('gateway-simulator: not notified', error));
  return findOrder(deps, paid.mchid, paid.outTradeNo) ?? paid;
}

function isOver(order: Order): boolean {
  return order.state === 'closed' || order.state === 'failed' || order.state === 'reversed';
}

async function payAfterClose(deps: PayDeps, input: PayInput): Promise<Order> {
  const { order, user, totalFen } = input;
  if (isOver(order)) return collect(deps, { ...input, outcome: 'paid' });
  const key = keyOf(order.mchid, order.outTradeNo);
  deps.records.latePayments.set(key, { key, user, ...(totalFen ? { totalFen } : {}) });
  return order;
}

function newNumbers(mchid: string, atMs: number) {
  const time = beijingDigits(atMs);
  return {
    transactionId: `${mchid}${time.slice(0, 8)}${digits(10)}`,
    outTransactionId: `68${time.slice(2)}${digits(7)}`,
  };
}

export function digits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join('');
}
