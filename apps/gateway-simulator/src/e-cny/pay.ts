import { beijingDigits } from '../clock.ts';
import { type PayOutcome, PayRefused } from '../union-pay/outcomes.ts';
import { digits } from './codes.ts';
import { announcePayment } from './notices.ts';
import { findOrder, saveOrder } from './orders.ts';
import { keyOf, type LatePayment, type Order, type PayDeps } from './records.ts';

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
  const { order, user, outcome, totalFen } = input;
  if (order.payment !== null) throw new PayRefused('该订单已支付');
  if (outcome === 'paid-after-close' && order.state !== 'closed') {
    const key = keyOf(order.mchid, order.outTradeNo);
    deps.records.latePayments.set(key, { key, user, ...(totalFen && { totalFen }) });
    return order;
  }
  if (order.state === 'closed' && outcome !== 'paid-after-close') {
    throw new PayRefused('该订单已关闭');
  }
  switch (outcome) {
    case 'cancel':
    case 'fail':
      // At the cashier the payer may try again; who refuses a scanned code has decided.
      return order.state === 'paying' ? saveOrder(deps, { ...order, state: 'closed' }) : order;
    default:
      return collect(deps, input);
  }
}

export async function collect(deps: PayDeps, input: PayInput): Promise<Order> {
  const { order, user, outcome } = input;
  const paidAt = deps.clock.now();
  const paid = saveOrder(deps, {
    ...order,
    state: 'paid',
    payment: {
      tradeNo: `DC${beijingDigits(paidAt)}${digits(10)}`,
      walletId: `00${user}0${String(user).repeat(12)}`,
      paidAt,
      totalFen: input.totalFen ?? order.totalFen,
    },
  });
  const sent = announcePayment(deps, paid, {
    isWithheld: outcome === 'paid-no-notification',
    copies: outcome === 'paid-notified-twice' ? 2 : 1,
  });
  if (outcome === 'paid-notification-first') await sent;
  else sent.catch((error: unknown) => console.error('gateway-simulator: not notified', error));
  return findOrder(deps, paid.mchid, paid.outTradeNo) ?? paid;
}

/** Pays whatever state the order is in; for faults that strike around an answer. */
export async function payAnyhow(deps: PayDeps, order: Order): Promise<void> {
  const now = findOrder(deps, order.mchid, order.outTradeNo) ?? order;
  if (now.payment !== null) return;
  await collect(deps, { order: now, user: now.user ?? 1, outcome: 'paid-notification-first' });
}

/** Money of a payer who confirmed in time arrives once the order is closed. */
export async function collectLate(deps: PayDeps, late: LatePayment): Promise<void> {
  const known = deps.records.orders.get(late.key);
  const order = known && findOrder(deps, known.mchid, known.outTradeNo);
  if (order?.state === 'open' || order?.state === 'paying') return;
  deps.records.latePayments.remove(late.key);
  if (order?.payment === null) await collect(deps, { ...late, order, outcome: 'paid' });
}
