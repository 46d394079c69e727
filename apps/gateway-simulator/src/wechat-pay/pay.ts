import { beijingDigits } from '../clock.ts';
import { ControlRefused } from '../control-input.ts';
import { moveBalance } from './balance.ts';
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
  /** The bank of the card that pays; without it the payer's usual one. */
  bankType?: string | undefined;
};

/** Lets the payer act. Returns the order as it stands afterwards. */
export async function pay(deps: PayDeps, input: PayInput): Promise<Order> {
  const { order, openid, outcome } = input;
  switch (outcome) {
    case 'cancel':
    case 'fail':
      return decline(deps, order, outcome);
    case 'paid-after-close':
      return payAfterClose(deps, input);
    case 'paid':
    case 'paid-no-notification':
    case 'paid-notification-first':
    case 'paid-notified-twice': {
      const reason = reasonAgainstPaying(order);
      if (reason !== undefined) throw new PayRefused(reason);
      return collect(deps, { order, openid, outcome, totalFen: input.totalFen });
    }
  }
}

/** Why nobody can pay this order any more; undefined when it can be paid. */
export function reasonAgainstPaying(order: Order): string | undefined {
  if (order.payment !== null) return '该订单已支付';
  return isOpen(order) ? undefined : '该订单已关闭';
}

function isOpen({ state }: Order): boolean {
  return state === 'NOTPAY' || state === 'USERPAYING';
}

/**
 * A failed attempt leaves an order as it is, but for payment codes and automatic debits: theirs
 * is over.
 */
function decline(deps: PayDeps, order: Order, outcome: 'cancel' | 'fail'): Order {
  const isDebit = order.tradeType === 'PAP' && order.state === 'NOTPAY';
  if (order.state !== 'USERPAYING' && !isDebit) return order;
  const failure =
    outcome === 'cancel'
      ? { code: 'USERCANCEL', text: '用户取消支付' }
      : { code: 'BANKERROR', text: '银行系统异常' };
  return failPayment(deps, order, failure);
}

/** The payment of a code or of a debit fails for good. */
export function failPayment(
  deps: PayDeps,
  order: Order,
  failure: { code: string; text: string },
): Order {
  const failed = saveOrder(deps, { ...order, state: 'PAYERROR', failure });
  if (order.tradeType === 'PAP') inBackground(deps.notifier.announce(failed, ONCE));
  return failed;
}

const ONCE = { withheld: false, copies: 1 };

function inBackground(work: Promise<unknown>): void {
  work.catch((error: unknown) => console.error('gateway-simulator: not notified', error));
}

/** Money of a payer who confirmed in time arrives once the order is closed. */
export async function collectLate(deps: PayDeps, late: LatePayment): Promise<void> {
  const order = findOrder(deps, late.mchid, late.outTradeNo);
  if (order !== undefined && isOpen(order)) return;
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
  const appid = order.payerAppid ?? order.appid;
  const named = wanted.openid ?? (wanted.user && openidOf(appid, wanted.user));
  const openid = named ?? order.openid ?? openidOf(appid, users[0] as SimulatedUser);
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
  if (!isOpen(order)) return collect(deps, { order, openid, outcome: 'paid', totalFen });
  const { mchid, outTradeNo } = order;
  const late = { mchid, outTradeNo, openid, ...(totalFen === undefined ? {} : { totalFen }) };
  deps.records.latePayments.set(orderKey(mchid, outTradeNo), late);
  return order;
}

async function collect(deps: PayDeps, input: PayInput): Promise<Order> {
  const { order, outcome } = input;
  const paid = savePayment(deps, input);
  const sent = deps.notifier.announce(paid, {
    // Nobody is notified of a payment code: its answer and its query tell.
    withheld: outcome === 'paid-no-notification' || order.notifyUrl === '',
    copies: outcome === 'paid-notified-twice' ? 2 : 1,
  });
  if (outcome === 'paid-notification-first') await sent;
  else inBackground(sent);
  return deps.records.orders.get(orderKey(paid.mchid, paid.outTradeNo)) ?? paid;
}

/** Pays a payment code at once: its answer tells, no notification does. */
export function collectNow(deps: PayDeps, order: Order, openid: string): Order {
  return savePayment(deps, { order, openid, outcome: 'paid' });
}

function savePayment(deps: PayDeps, input: PayInput): Order {
  const { order, openid } = input;
  const paidAt = deps.clock.now();
  const totalFen = input.totalFen ?? order.totalFen;
  const bankType =
    input.bankType ?? userOfOpenid(order.payerAppid ?? order.appid, openid)?.bankType ?? 'OTHERS';
  const transactionId = newTransactionId(paidAt);
  const payment = { transactionId, paidAt, openid, totalFen, bankType };
  moveBalance(deps, order, totalFen);
  return saveOrder(deps, { ...order, state: 'SUCCESS', payment });
}

/** 28 digits with the day in the middle. */
function newTransactionId(paidAt: number): string {
  const digits = randomText(16, '0123456789');
  return `4200${digits.slice(0, 6)}${beijingDigits(paidAt).slice(0, 8)}${digits.slice(6)}`;
}
