import { beijingDigits } from '../clock.ts';
import { ControlRefused } from '../control-input.ts';
import { randomText } from './crypto.ts';
import type { Deps } from './deps.ts';
import type { Notifier } from './notifier.ts';
import { findOrder, PREPAY_LIFE_MS, saveOrder } from './orders.ts';
import { type LatePayment, type Order, orderKey, type Prepay } from './records.ts';
import { openidOf, type SimulatedUser, userOfOpenid, users } from './users.ts';

/** What the payer does at the sheet. */
export const payOutcomes = {
  paid: '支付',
  cancel: '取消',
  fail: '支付失败',
  'paid-no-notification': '已支付，但不通知商户',
  'paid-notification-first': '先通知商户，再返回结果',
  'paid-notified-twice': '已支付，重复通知',
  'paid-after-close': '关单之后才到账',
} as const;
export type PayOutcome = keyof typeof payOutcomes;

export type PayDeps = Deps & { notifier: Notifier };

/** Why a payer cannot pay. The text is what the wallet would show. */
export class PayRefused extends ControlRefused {
  constructor(message: string) {
    super(message, null, 409);
  }
}

export type PayInput = {
  order: Order;
  openid: string;
  outcome: PayOutcome;
  /** Fen really paid, when a test wants another amount than the order's. */
  totalFen?: number | undefined;
};

/** Lets the payer act. Returns the order as it stands afterwards. */
export async function pay(deps: PayDeps, input: PayInput): Promise<Order> {
  const { order, openid, outcome } = input;
  switch (outcome) {
    case 'cancel':
    case 'fail':
      return order; // A failed attempt leaves the order as it is.
    case 'paid-after-close':
      return payAfterClose(deps, input);
    case 'paid':
    case 'paid-no-notification':
    case 'paid-notification-first':
    case 'paid-notified-twice': {
      if (order.payment !== null) throw new PayRefused('该订单已支付');
      if (order.state === 'CLOSED') throw new PayRefused('该订单已关闭');
      return collect(deps, { order, openid, outcome, totalFen: input.totalFen });
    }
  }
}

/** Money of a payer who confirmed in time arrives once the order is closed. */
export async function collectLate(deps: PayDeps, late: LatePayment): Promise<void> {
  const order = findOrder(deps, late.mchid, late.outTradeNo);
  if (order?.state === 'NOTPAY') return;
  deps.records.latePayments.remove(orderKey(late.mchid, late.outTradeNo));
  if (order === undefined || order.payment !== null) return;
  await collect(deps, { ...late, order, outcome: 'paid' });
}

/** Pays whatever state the order is in; for faults that strike around an answer. */
export async function payAnyhow(deps: PayDeps, order: Order): Promise<void> {
  const now = findOrder(deps, order.mchid, order.outTradeNo) ?? order;
  if (now.payment !== null) return;
  await collect(deps, {
    order: now,
    openid: chooseOpenid(now, {}),
    outcome: 'paid-notification-first',
  });
}

/** Which payer pays: the one named, else the order's own, else the first. */
export function chooseOpenid(order: Order, wanted: { openid?: string; user?: SimulatedUser }) {
  const named = wanted.openid ?? (wanted.user && openidOf(order.appid, wanted.user));
  const openid = named ?? order.openid ?? openidOf(order.appid, users[0] as SimulatedUser);
  if (order.openid !== null && order.openid !== openid) {
    throw new PayRefused('下单账号与支付账号不一致，请核实后再支付');
  }
  return openid;
}

export function checkPrepayAge(deps: Pick<Deps, 'clock'>, prepay: Prepay): void {
  if (prepay.createdAt + PREPAY_LIFE_MS <= deps.clock.scheduleNow()) {
    throw new PayRefused('该订单已过期，请重新下单');
  }
}

async function payAfterClose(deps: PayDeps, { order, openid, totalFen }: PayInput) {
  if (order.payment !== null) throw new PayRefused('该订单已支付');
  if (order.state === 'CLOSED') return collect(deps, { order, openid, outcome: 'paid', totalFen });
  const { mchid, outTradeNo } = order;
  const late = { mchid, outTradeNo, openid, ...(totalFen === undefined ? {} : { totalFen }) };
  deps.records.latePayments.set(orderKey(mchid, outTradeNo), late);
  return order;
}

async function collect(deps: PayDeps, input: PayInput): Promise<Order> {
  const { order, openid, outcome } = input;
  const paidAt = deps.clock.now();
  const paid = saveOrder(deps, {
    ...order,
    state: 'SUCCESS',
    payment: {
      transactionId: newTransactionId(paidAt),
      paidAt,
      openid,
      totalFen: input.totalFen ?? order.totalFen,
      bankType: userOfOpenid(order.appid, openid)?.bankType ?? 'OTHERS',
    },
  });
  const sent = deps.notifier.announce(paid, {
    withheld: outcome === 'paid-no-notification',
    copies: outcome === 'paid-notified-twice' ? 2 : 1,
  });
  if (outcome === 'paid-notification-first') await sent;
  else sent.catch((error: unknown) => console.error('gateway-simulator: not notified', error));
  return deps.records.orders.get(orderKey(paid.mchid, paid.outTradeNo)) ?? paid;
}

/** 28 digits with the day in the middle. */
function newTransactionId(paidAt: number): string {
  const digits = randomText(16, '0123456789');
  return `4200${digits.slice(0, 6)}${beijingDigits(paidAt).slice(0, 8)}${digits.slice(6)}`;
}
