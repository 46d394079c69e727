import type { NotificationEvent } from '../notifier.ts';
import type { Store, Table } from '../store.ts';

export type Merchant = {
  mchid: string;
  name: string;
  /** The secret of the MD5 signature. */
  key: string;
  /** Basis points that the acquirer keeps of every payment. */
  feeRateBp: number;
  /** Where the last order asked to be notified; used for orders the merchant never made. */
  lastNotifyUrl: string | null;
};

export type Service = 'jspay' | 'native' | 'micropay';

export type Payment = {
  transactionId: string;
  /** The number at UnionPay behind the acquirer. */
  outTransactionId: string;
  /** ms since 1970 */
  paidAt: number;
  /** Number of the simulated user. */
  user: number;
  /** Fen that really came in; differs from the order only when a test says so. */
  totalFen: number;
};

export type Order = {
  mchid: string;
  outTradeNo: string;
  service: Service;
  /** Opens the cashier: part of pay_url and code_url. */
  token: string;
  /** The parameters in one text; a repeated request must equal it. */
  parameters: string;
  description: string;
  attach: string;
  notifyUrl: string | null;
  callbackUrl: string | null;
  totalFen: number;
  /** The payer named by the order or by its code. */
  user: number | null;
  /** `waiting`: a code was read and its owner still has to confirm. */
  state: 'open' | 'waiting' | 'paid' | 'closed' | 'failed' | 'reversed';
  createdAt: number;
  /** ms since 1970 on the schedule's clock; nobody can pay afterwards. */
  expireAt: number;
  payment: Payment | null;
};

export type Refund = {
  mchid: string;
  outRefundNo: string;
  outTradeNo: string;
  refundId: string;
  refundFen: number;
  state: 'accepted' | 'done' | 'failed';
  /** ms since 1970 on the schedule's clock at which it ends by itself; null: control decides. */
  finishAt: number | null;
  /** How it ends by itself. */
  outcome: 'done' | 'failed';
  createdAt: number;
  /** ms since 1970; null until it is done */
  doneAt: number | null;
};

/** A payer whose money arrives once the order is closed. */
export type LatePayment = { key: string; user: number; totalFen?: number | undefined };

export type Notification = NotificationEvent & { orderKey: string };

export type Records = {
  merchants: Table<Merchant>;
  orders: Table<Order>;
  refunds: Table<Refund>;
  latePayments: Table<LatePayment>;
  /** Refunds that end by themselves, by the key of the refund. */
  unfinished: Table<{ key: string; finishAt: number }>;
  notifications: Table<Notification>;
};

export function openRecords(store: Store): Records {
  return {
    merchants: store.table('union-pay-qr-merchants'),
    orders: store.table('union-pay-qr-orders'),
    refunds: store.table('union-pay-qr-refunds'),
    latePayments: store.table('union-pay-qr-late-payments'),
    unfinished: store.table('union-pay-qr-unfinished'),
    notifications: store.table('union-pay-qr-notifications'),
  };
}

/** Numbers of orders and of refunds are unique per merchant. */
export function keyOf(mchid: string, number: string): string {
  return `${mchid}/${number}`;
}
