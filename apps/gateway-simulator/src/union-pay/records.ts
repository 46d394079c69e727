import type { NotificationEvent } from '../notifier.ts';
import type { Store, Table } from '../store.ts';
import type { SignMethod } from './signature.ts';

export type Merchant = {
  merId: string;
  name: string;
  /** Public keys (PEM) by certId, the decimal serial number of the merchant's certificate. */
  keys: Record<string, string>;
  /** The secret of signMethod 11; null when the merchant has none. */
  secureKey: string | null;
  /** Basis points that the acquirer keeps of every payment. */
  feeRateBp: number;
  /** Where the last order asked to be notified; used for orders the merchant never made. */
  lastBackUrl: string | null;
};

/** What a payer's money became known by. */
export type Payment = {
  /** 21 digits: names the payment in refunds, voids and in the clearing file. */
  queryId: string;
  /** 6 digits */
  traceNo: string;
  /** ms since 1970 */
  paidAt: number;
  /** Number of the simulated user. */
  user: number;
  /** Fen that really came in; differs from the order only when a test says so. */
  totalFen: number;
};

/** What all three kinds have in common. Identity: merId, orderId and txnTime together. */
type Transaction = {
  merId: string;
  orderId: string;
  /** `yyyyMMddHHmmss`, as the merchant wrote it. */
  txnTime: string;
  txnSubType: string;
  bizType: string;
  channelType: string;
  accessType: string;
  currencyCode: string;
  signMethod: SignMethod;
  backUrl: string;
  reqReserved: string | null;
  totalFen: number;
  /** ms since 1970 */
  createdAt: number;
};

/** How a payer reaches the order. */
export type Entry = 'front' | 'app' | 'order' | 'qr' | 'code';

/** A consume transaction: somebody is to pay. */
export type Order = Transaction & {
  kind: 'consume';
  entry: Entry;
  /** Opens the cashier: part of tn, qrCode and payUrl. */
  token: string;
  /** The fields of the request without signature, to tell a repetition from a contradiction. */
  parameters: string;
  frontUrl: string | null;
  frontFailUrl: string | null;
  description: string;
  termId: string | null;
  /** `waiting`: a payer's code was read and its owner still has to confirm. */
  state: 'open' | 'waiting' | 'paid' | 'failed';
  /** What a query says of an order that failed. */
  failure: { respCode: string; respMsg: string } | null;
  /** ms since 1970 on the schedule's clock; nobody can pay afterwards. */
  expireAt: number;
  /** Payer of an order made from a payment code. */
  user: number | null;
  payment: Payment | null;
};

/** A refund (04) or a void (31) of a payment. */
export type Reversal = Transaction & {
  kind: 'refund' | 'void';
  /** Identity of the order that is reversed. */
  origOrderId: string;
  origTxnTime: string;
  origQryId: string;
  state: 'accepted' | 'done' | 'failed';
  /** ms since 1970 on the schedule's clock at which it ends by itself; null: control decides. */
  finishAt: number | null;
  /** How it ends by itself. */
  outcome: 'done' | 'failed';
  queryId: string;
  traceNo: string;
  /** ms since 1970; null until it is done */
  doneAt: number | null;
};

export type Trade = Order | Reversal;

/** A payer whose money arrives once the time to pay is over. */
export type LatePayment = { key: string; user: number; totalFen?: number | undefined };

export type Notification = NotificationEvent & { tradeKey: string };

/** UnionPay's own keys and certificates. */
export type Certificates = {
  rootPem: string;
  middlePem: string;
  middleKeyPem: string;
  signPem: string;
  signKeyPem: string;
  /** Decimal serial number of the signing certificate. */
  signCertId: string;
  encryptPem: string;
  encryptCertId: string;
};

export type Records = {
  merchants: Table<Merchant>;
  trades: Table<Trade>;
  latePayments: Table<LatePayment>;
  /** Reversals that end by themselves, by the key of the trade. */
  unfinished: Table<{ key: string; finishAt: number }>;
  notifications: Table<Notification>;
  /** Under one key. */
  certificates: Table<Certificates>;
};

export function openRecords(store: Store): Records {
  return {
    merchants: store.table('union-pay-merchants'),
    trades: store.table('union-pay-trades'),
    latePayments: store.table('union-pay-late-payments'),
    unfinished: store.table('union-pay-unfinished'),
    notifications: store.table('union-pay-notifications'),
    certificates: store.table('union-pay-certificates'),
  };
}

/** The order number alone does not name a transaction: its time belongs to it. */
export function tradeKey(trade: { merId: string; orderId: string; txnTime: string }): string {
  return `${trade.merId}/${trade.orderId}/${trade.txnTime}`;
}
