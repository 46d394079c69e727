import type { CoreDeps } from '../deps.ts';
import type { NotificationEvent, Notifier } from '../notifier.ts';
import type { Store, Table } from '../store.ts';

export type Merchant = {
  mchid: string;
  name: string;
  /** Public keys of the merchant by the ids under which requests name them. */
  keys: Record<string, string>;
  /** Basis points that the bank keeps of every payment. */
  feeRateBp: number;
  /** Where the last order asked to be notified; used for orders the merchant never made. */
  lastNotifyUrl: string | null;
};

/** H5: a page of the wallet; CODE: a code to show; SCAN: the payer's code was read. */
export type Product = 'H5' | 'CODE' | 'SCAN';

export type Payment = {
  tradeNo: string;
  walletId: string;
  /** ms since 1970 */
  paidAt: number;
  /** Fen that really came in; differs from the order only when a test says so. */
  totalFen: number;
};

export type Order = {
  mchid: string;
  outTradeNo: string;
  product: Product;
  /** Opens the cashier: part of payUrl and codeUrl. */
  token: string;
  /** The request in one text; a repeated one must equal it. */
  content: string;
  subject: string;
  notifyUrl: string;
  returnUrl: string | null;
  totalFen: number;
  /** The payer whose code was read. */
  user: number | null;
  /** `paying`: a code was read and its owner still has to confirm. */
  state: 'open' | 'paying' | 'paid' | 'closed';
  createdAt: number;
  /** ms since 1970 on the schedule's clock; nobody can pay afterwards. */
  expireAt: number;
  payment: Payment | null;
};

/** What happens when a cashier reads the code. */
export const codeOutcomes = ['paid', 'password', 'expired', 'no-money'] as const;
export type CodeOutcome = (typeof codeOutcomes)[number];

/** A 付款码 on the screen of a payer's wallet. */
export type PaymentCode = {
  walletCode: string;
  user: number;
  outcome: CodeOutcome;
  /** ms since 1970 on the schedule's clock. */
  expireAt: number;
  isUsed: boolean;
};

export type Refund = {
  mchid: string;
  outRefundNo: string;
  outTradeNo: string;
  bankRefundNo: string;
  refundFen: number;
  state: 'pending' | 'done' | 'failed';
  /** ms since 1970 on the schedule's clock at which it ends by itself; null: control decides. */
  finishAt: number | null;
  /** How it ends by itself. */
  ending: 'done' | 'failed';
  notifyUrl: string | null;
  createdAt: number;
  /** ms since 1970; null until it is done */
  doneAt: number | null;
};

/** A payer whose money arrives once the order is closed. */
export type LatePayment = { key: string; user: number; totalFen?: number | undefined };

/** Of an order when `refundKey` is null. */
export type Notice = NotificationEvent & { orderKey: string; refundKey: string | null };

/** The key that the bank signs with; an id of one that was replaced is never used again. */
export type BankKey = { id: string; privateKeyPem: string; publicKeyPem: string };

export type Records = {
  merchants: Table<Merchant>;
  orders: Table<Order>;
  refunds: Table<Refund>;
  latePayments: Table<LatePayment>;
  notices: Table<Notice>;
  codes: Table<PaymentCode>;
  bankKeys: Table<BankKey>;
};

export type Deps = CoreDeps & { records: Records };
export type PayDeps = Deps & { notifier: Notifier<Notice> };

export function openRecords(store: Store): Records {
  return {
    merchants: store.table('e-cny-merchants'),
    orders: store.table('e-cny-orders'),
    refunds: store.table('e-cny-refunds'),
    latePayments: store.table('e-cny-late-payments'),
    notices: store.table('e-cny-notices'),
    codes: store.table('e-cny-codes'),
    bankKeys: store.table('e-cny-bank-keys'),
  };
}

/** Numbers of orders and of refunds are unique per merchant. */
export function keyOf(mchid: string, number: string): string {
  return `${mchid}/${number}`;
}

/** A clear no, told in a signed answer. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
