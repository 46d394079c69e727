import { randomInt } from 'node:crypto';
import { beijingDigits } from '../clock.ts';
import { confirmationTable } from './confirmations.ts';
import type { PayDeps } from './deps.ts';
import { announce } from './notifier.ts';
import { currentOrder, failed, isExpired, saveTrade } from './orders.ts';
import { type PayOutcome, PayRefused } from './outcomes.ts';
import { type LatePayment, type Order, tradeKey } from './records.ts';
import { firstUser } from './users.ts';

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
  const { order, outcome } = input;
  if (outcome === 'paid-after-close') return payAfterClose(deps, input);
  if (order.payment !== null) throw new PayRefused('该订单已支付');
  if (order.state === 'failed') throw new PayRefused('该订单已失败，请重新下单');
  if (isExpired(deps, order)) throw new PayRefused('该订单已超过支付时间');
  confirmationTable(deps.store).remove(`/union-pay/cashier?token=${order.token}`);
  switch (outcome) {
    case 'cancel':
    case 'fail':
      // At a cashier the payer may try again; who refuses a scanned code has decided.
      return order.entry === 'code' ? saveTrade(deps, failed(order, '01')) : order;
    case 'paid':
    case 'paid-no-notification':
    case 'paid-notification-first':
    case 'paid-notified-twice':
      return collect(deps, { ...input, outcome });
  }
}

/** Money of a payer who confirmed in time arrives once the time to pay is over. */
export async function collectLate(deps: PayDeps, late: LatePayment): Promise<void> {
  const order = deps.records.trades.get(late.key);
  if (order?.kind === 'consume' && order.payment === null && !isExpired(deps, order)) {
    if (order.state !== 'failed') return;
  }
  deps.records.latePayments.remove(late.key);
  if (order?.kind !== 'consume' || order.payment !== null) return;
  await collect(deps, { ...late, order, outcome: 'paid' });
}

/** Pays whatever state the order is in; for faults that strike around an answer. */
export async function payAnyhow(deps: PayDeps, order: Order): Promise<void> {
  const now = currentOrder(deps, order);
  if (now.payment !== null) return;
  await collect(deps, {
    order: now,
    user: now.user ?? firstUser.no,
    outcome: 'paid-notification-first',
  });
}

async function payAfterClose(deps: PayDeps, input: PayInput): Promise<Order> {
  const { order, user, totalFen } = input;
  if (order.payment !== null) throw new PayRefused('该订单已支付');
  if (isExpired(deps, order) || order.state === 'failed') {
    return collect(deps, { ...input, outcome: 'paid' });
  }
  const key = tradeKey(order);
  deps.records.latePayments.set(key, { key, user, ...(totalFen ? { totalFen } : {}) });
  return order;
}

export async function collect(deps: PayDeps, input: PayInput): Promise<Order> {
  const { order, user, outcome } = input;
  const paidAt = deps.clock.now();
  const { queryId, traceNo } = newQueryId(paidAt);
  const payment = { queryId, traceNo, paidAt, user, totalFen: input.totalFen ?? order.totalFen };
  const paid = saveTrade<Order>(deps, { ...order, state: 'paid', failure: null, payment });
  const sent = announce(deps, paid, {
    withheld: outcome === 'paid-no-notification',
    copies: outcome === 'paid-notified-twice' ? 2 : 1,
  });
  if (outcome === 'paid-notification-first') await sent;
  else sent.catch((error: unknown) => console.error('gateway-simulator: not notified', error));
  return currentOrder(deps, paid);
}

/** 21 digits: 68, the second in Beijing, seven more; the last six are the trace number. */
export function newQueryId(atMs: number): { queryId: string; traceNo: string } {
  const number = String(randomInt(10_000_000)).padStart(7, '0');
  return { queryId: `68${beijingDigits(atMs).slice(2)}${number}`, traceNo: number.slice(1) };
}
