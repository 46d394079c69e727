import type { NotificationEvent } from '../notifier.ts';
import type { Store, Table } from '../store.ts';
import type { AuthCode, Contract, Debit } from './payer-records.ts';

/** How answers to a merchant are signed when the request does not ask for a key. */
export type Mode = 'certificate' | 'public-key';

export type Merchant = {
  mchid: string;
  name: string;
  /** 32 bytes of ASCII. */
  apiV3Key: string;
  /** App secrets by the app ids bound to this merchant. */
  apps: Record<string, string>;
  /** Public keys (PEM) by the serial number of the merchant's certificate. */
  keys: Record<string, string>;
  mode: Mode;
  /** Percent of the notifications signed with the public key while the mode is `certificate`. */
  publicKeyShare: number;
  publicKeyId: string;
  publicKeyPem: string;
  /** The private half of the WeChat Pay public key. */
  publicKeyPrivatePem: string;
  /** Hosts to which the authorisation page may send a code back. */
  redirectHosts: string[];
  /** Where the last order of the merchant asked to be notified; used for orders it never made. */
  lastNotifyUrl: string | null;
  /** Notifications sent so far: spreads them over both keys exactly by share. */
  notificationsSent: number;
  /** 32 characters; without it the merchant has no v2. */
  apiV2Key?: string | undefined;
  /** Merchants that this one, a partner (服务商), acts for, by number. */
  subMerchants?: Record<string, SubMerchant> | undefined;
  /** Hundredths of a percent of every payment; 60 without it. */
  feeRateBp?: number | undefined;
  /** Fen from which refunds are taken; without it refunds never lack money. */
  balanceFen?: number | undefined;
  /** ms until an accepted refund succeeds; 1,000 without it. */
  refundDelayMs?: number | undefined;
  /** Plans of 委托代扣 that were approved; without a list every plan is. */
  planIds?: string[] | undefined;
};

export type SubMerchant = {
  name: string;
  appid?: string | undefined;
  appSecret?: string | undefined;
};

export type Prepay = {
  prepayId: string;
  codeUrl: string | null;
  /** Part of an h5_url. */
  h5Package?: string | undefined;
  /** ms since 1970 on the schedule's clock. */
  createdAt: number;
};

export type Payment = {
  transactionId: string;
  /** ms since 1970 */
  paidAt: number;
  openid: string;
  /** Fen that really came in; differs from the order only when a test says so. */
  totalFen: number;
  bankType: string;
};

export type TradeType = 'JSAPI' | 'NATIVE' | 'MWEB' | 'APP' | 'MICROPAY' | 'PAP';
export type OrderState =
  | 'NOTPAY'
  | 'USERPAYING'
  | 'SUCCESS'
  | 'REFUND'
  | 'CLOSED'
  | 'REVOKED'
  | 'PAYERROR';

export type Order = {
  /** Whose money it is: the sub-merchant's number in partner mode. */
  mchid: string;
  /** The partner that acts for the merchant. */
  spMchid?: string | undefined;
  /** The partner's app in partner mode. */
  appid: string;
  subAppid?: string | undefined;
  outTradeNo: string;
  tradeType: TradeType;
  /** The parameters of the order in one canonical text; a repeated request must equal it. */
  parameters: string;
  description: string;
  attach: string | null;
  /** Empty when nobody is to be notified: payment codes. */
  notifyUrl: string;
  totalFen: number;
  /** The payer to whom the order is bound. */
  openid: string | null;
  /** The app that `openid` belongs to when it is not `appid`. */
  payerAppid?: string | undefined;
  state: OrderState;
  createdAt: number;
  /** ms since 1970 on the schedule's clock. */
  expireAt: number;
  prepays: Prepay[];
  payment: Payment | null;
  /** The contract that an automatic debit runs on. */
  contractId?: string | undefined;
  /** Why the payment failed, as v2 names it. */
  failure?: { code: string; text: string } | undefined;
};

/** A payer whose money arrives as soon as the order is closed. */
export type LatePayment = {
  mchid: string;
  outTradeNo: string;
  openid: string;
  totalFen?: number | undefined;
};

/** What an event tells: a payment or a refund in v3 or v2, or a change of a debit contract. */
export type EventKind = 'payment' | 'refund' | 'v2-payment' | 'v2-refund' | 'v2-contract';

/** One event of the merchant's. */
export type Notification = NotificationEvent & {
  /** `payment` without it. */
  kind?: EventKind | undefined;
  /** The merchant whose money it is. */
  mchid: string;
  outRefundNo?: string | undefined;
  contractId?: string | undefined;
  /** Whether a contract was added or ended, and when. */
  change?: 'ADD' | 'DELETE' | undefined;
  /** Keeps the cipher text the same in every repetition. */
  nonce: string;
};

export type RefundState = 'PROCESSING' | 'SUCCESS' | 'CLOSED' | 'ABNORMAL';

export type Refund = {
  refundId: string;
  outRefundNo: string;
  /** Whose money it is, and who acts for it, as in the order. */
  mchid: string;
  spMchid?: string | undefined;
  outTradeNo: string;
  transactionId: string;
  /** The parameters of the request; a repetition must equal them. */
  parameters: string;
  reason: string | null;
  notifyUrl: string | null;
  fundsAccount: string;
  refundFen: number;
  totalFen: number;
  state: RefundState;
  channel: 'ORIGINAL' | 'OTHER_BANKCARD' | 'OTHER_BALANCE';
  createdAt: number;
  succeededAt: number | null;
  /** ms since 1970 on the schedule's clock; null: finishes only by control, or has finished. */
  finishAt: number | null;
  finishAs: Exclude<RefundState, 'PROCESSING'>;
  version: 'v2' | 'v3';
  /** Money given back by a reversal (撤销), which no refund query finds. */
  isReversal?: boolean | undefined;
};

export type PlatformCertificate = {
  serialNo: string;
  certificatePem: string;
  privateKeyPem: string;
  effectiveAt: number;
  expireAt: number;
};

export type Records = {
  merchants: Table<Merchant>;
  orders: Table<Order>;
  latePayments: Table<LatePayment>;
  notifications: Table<Notification>;
  refunds: Table<Refund>;
  codes: Table<AuthCode>;
  contracts: Table<Contract>;
  debits: Table<Debit>;
  certificates: Table<PlatformCertificate>;
  /** Percent of answers and notifications signed with the newest certificate, under one key. */
  rotation: Table<{ newShare: number; signed: number }>;
};

export function openRecords(store: Store): Records {
  return {
    merchants: store.table('merchants'),
    orders: store.table('orders'),
    latePayments: store.table('late-payments'),
    notifications: store.table('notifications'),
    refunds: store.table('refunds'),
    codes: store.table('payment-codes'),
    contracts: store.table('contracts'),
    debits: store.table('debits'),
    certificates: store.table('platform-certificates'),
    rotation: store.table('rotation'),
  };
}

/** Order numbers are unique per merchant, not over all of them. */
export function orderKey(mchid: string, outTradeNo: string): string {
  return `${mchid}/${outTradeNo}`;
}

export function refundsOf(records: Records, order: Order): Refund[] {
  return records.refunds
    .values()
    .filter((one) => one.mchid === order.mchid && one.outTradeNo === order.outTradeNo);
}

/** Fen given back or on their way back; a refund that was closed gave nothing. */
export function refundedFenOf(records: Records, order: Order): number {
  return refundsOf(records, order)
    .filter((one) => one.state !== 'CLOSED')
    .reduce((sum, one) => sum + one.refundFen, 0);
}

/** The merchant, or the partner of the sub-merchant, to whom an app is bound, and its secret. */
export function findApp(
  records: Records,
  appid: string,
): { merchant: Merchant; secret: string } | undefined {
  const merchant = records.merchants.find((one) => secretOf(one, appid) !== undefined);
  const secret = merchant && secretOf(merchant, appid);
  return merchant && secret !== undefined ? { merchant, secret } : undefined;
}

function secretOf(merchant: Merchant, appid: string): string | undefined {
  const subs = Object.values(merchant.subMerchants ?? {});
  return merchant.apps[appid] ?? subs.find((sub) => sub.appid === appid)?.appSecret;
}

/** Who is called for an order: signs, is signed for, and holds the keys. */
export function actingMerchant(
  records: Records,
  order: { mchid: string; spMchid?: string | undefined },
): Merchant | undefined {
  return records.merchants.get(order.spMchid ?? order.mchid);
}

/** Did this merchant make it, for itself or for a sub-merchant? */
export function isUnder(
  { mchid }: Merchant,
  one: { mchid: string; spMchid?: string | undefined },
): boolean {
  return (one.spMchid ?? one.mchid) === mchid;
}

/** The name that a payer sees. */
export function payeeOf(
  records: Records,
  one: { mchid: string; spMchid?: string | undefined },
): string {
  const acting = actingMerchant(records, one);
  const sub = one.spMchid === undefined ? undefined : acting?.subMerchants?.[one.mchid];
  return sub?.name ?? acting?.name ?? one.mchid;
}
