import type { NotificationEvent } from '../notifier.ts';
import type { Store, Table } from '../store.ts';

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
};

export type Prepay = {
  prepayId: string;
  codeUrl: string | null;
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

export type Order = {
  mchid: string;
  appid: string;
  outTradeNo: string;
  tradeType: 'JSAPI' | 'NATIVE';
  /** The parameters of the order in one canonical text; a repeated request must equal it. */
  parameters: string;
  description: string;
  attach: string | null;
  notifyUrl: string;
  totalFen: number;
  /** The payer of a JSAPI order. */
  openid: string | null;
  state: 'NOTPAY' | 'SUCCESS' | 'CLOSED';
  createdAt: number;
  /** ms since 1970 on the schedule's clock. */
  expireAt: number;
  prepays: Prepay[];
  payment: Payment | null;
};

/** A payer whose money arrives as soon as the order is closed. */
export type LatePayment = {
  mchid: string;
  outTradeNo: string;
  openid: string;
  totalFen?: number | undefined;
};

/** One event of the merchant's. */
export type Notification = NotificationEvent & {
  mchid: string;
  /** Keeps the cipher text the same in every repetition. */
  nonce: string;
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
    certificates: store.table('platform-certificates'),
    rotation: store.table('rotation'),
  };
}

/** Order numbers are unique per merchant, not over all of them. */
export function orderKey(mchid: string, outTradeNo: string): string {
  return `${mchid}/${outTradeNo}`;
}

export function merchantOfApp(records: Records, appid: string): Merchant | undefined {
  return records.merchants.find((one) => Object.hasOwn(one.apps, appid));
}
