import type { NotificationEvent } from '../notifier.ts';
import type { Store, Table } from '../store.ts';

export type Mode = 'key' | 'certificate';

/** A certificate of ours for one application, with the key that signs. */
export type AlipayCertificate = { sn: string; pem: string; privateKeyPem: string };

/** One application of a merchant. */
export type Application = {
  appId: string;
  /** The merchant itself (PID): order numbers are unique below it. */
  sellerId: string;
  name: string;
  sellerEmail: string;
  mode: Mode;
  /** Which number of a payer the application may see. */
  identity: 'user_id' | 'open_id';
  /** Public keys (PEM) of the application in key mode, newest last. */
  appKeys: string[];
  /** Certificates of the application in certificate mode, newest last. */
  appCertificates: { sn: string; pem: string }[];
  /** "支付宝公钥" of this application and its private half. */
  alipayPublicKeyPem: string;
  alipayPrivateKeyPem: string;
  /** Newest last; the newest signs. */
  alipayCertificates: AlipayCertificate[];
  /** Hosts to which the authorisation page may send a code back. */
  redirectHosts: string[];
  /** Basis points of an amount. */
  feeRateBp: number;
  /** Where the last order asked to be notified; used for orders that the merchant never made. */
  lastNotifyUrl: string | null;
};

/** The root that signs every certificate of ours. */
export type Authority = { rootPem: string; rootPrivateKeyPem: string };

export type TradeMethod = 'create' | 'precreate' | 'wap' | 'page' | 'app' | 'pay' | 'withholding';

export type Payment = {
  /** ms since 1970 */
  paidAt: number;
  userNo: number;
  /** Fen that really came in; differs from the order only when a test says so. */
  totalFen: number;
  fundChannel: string;
  bankCode: string | null;
};

export type Trade = {
  appId: string;
  sellerId: string;
  outTradeNo: string;
  method: TradeMethod;
  /** The parameters in one canonical text; a repeated request must equal it. */
  parameters: string;
  subject: string;
  body: string | null;
  totalFen: number;
  passbackParams: string | null;
  storeId: string | null;
  operatorId: string | null;
  terminalId: string | null;
  notifyUrl: string | null;
  returnUrl: string | null;
  /** Where a wap payer who gives up is sent. */
  quitUrl: string | null;
  /** The only payer allowed. */
  userNo: number | null;
  qrCode: string | null;
  /** ms since 1970 on the schedule's clock. */
  qrExpireAt: number | null;
  /**
   * `asked`: a code or a page was made, but no trade exists until a payer comes to it.
   * `void`: a number that was cancelled before a trade existed.
   */
  state: 'asked' | 'waiting' | 'paid' | 'closed' | 'void';
  /** The payer holds the phone and must confirm: a payment code answered with 10003. */
  isConfirming: boolean;
  tradeNo: string | null;
  /** ms since 1970; null while no trade exists. */
  createdAt: number | null;
  closedAt: number | null;
  /** ms that the trade lives from its creation. */
  lifeMs: number;
  /** ms since 1970 on the schedule's clock: an absolute end, or set at the creation. */
  expireAt: number | null;
  payment: Payment | null;
  /** Request numbers of its refunds. */
  refundNos: string[];
};

export type Refund = {
  appId: string;
  sellerId: string;
  outTradeNo: string;
  outRequestNo: string;
  amountFen: number;
  reason: string | null;
  state: 'refunded' | 'pending' | 'failed';
  isCancel: boolean;
  /** ms since 1970 */
  requestedAt: number;
  refundedAt: number | null;
  /** Fen of the fee that came back with it. */
  feeFen: number;
  /** ms since 1970 on the schedule's clock at which a pending one ends by itself. */
  dueAt: number | null;
  dueOutcome: 'refunded' | 'failed';
};

/** A payer whose money arrives as soon as the trade is closed. */
export type LatePayment = {
  sellerId: string;
  outTradeNo: string;
  userNo: number;
  totalFen?: number | undefined;
};

export type CodeOutcome = 'paid' | 'password' | 'expired' | 'no-money';

/** A payment code (付款码). */
export type PaymentCode = {
  authCode: string;
  userNo: number;
  outcome: CodeOutcome;
  /** ms since 1970 on the schedule's clock. */
  expireAt: number;
  isUsed: boolean;
};

export type PeriodRule = {
  periodType: 'DAY' | 'MONTH';
  period: number;
  singleFen: number;
  totalFen: number | null;
  totalPayments: number | null;
};

export type Agreement = {
  appId: string;
  sellerId: string;
  agreementNo: string;
  externalAgreementNo: string | null;
  personalProductCode: string;
  productCode: string;
  signScene: string;
  externalLogonId: string | null;
  status: 'TEMP' | 'NORMAL' | 'STOP';
  userNo: number | null;
  /** ms since 1970 */
  requestedAt: number;
  signedAt: number | null;
  invalidAt: number;
  rule: PeriodRule | null;
  /** `yyyy-MM-dd` in Beijing of the next planned debit. */
  nextDeductOn: string | null;
  payments: number;
  paidFen: number;
  /** What the next debits meet at the payer's. */
  debitOutcome: 'paid' | 'no-money';
  notifyUrl: string | null;
  returnUrl: string | null;
};

/** A message to the merchant about a trade or an agreement. */
export type AlipayEvent = NotificationEvent & {
  appId: string;
  sellerId: string;
  url: string;
  kind: 'payment' | 'refund' | 'sign' | 'unsign';
  params: Record<string, string>;
};

export type Records = {
  applications: Table<Application>;
  authority: Table<Authority>;
  trades: Table<Trade>;
  refunds: Table<Refund>;
  latePayments: Table<LatePayment>;
  codes: Table<PaymentCode>;
  agreements: Table<Agreement>;
  events: Table<AlipayEvent>;
};

export function openRecords(store: Store): Records {
  return {
    applications: store.table('alipay-applications'),
    authority: store.table('alipay-authority'),
    trades: store.table('alipay-trades'),
    refunds: store.table('alipay-refunds'),
    latePayments: store.table('alipay-late-payments'),
    codes: store.table('alipay-codes'),
    agreements: store.table('alipay-agreements'),
    events: store.table('alipay-events'),
  };
}

export function tradeKey(one: { sellerId: string; outTradeNo: string }): string {
  return `${one.sellerId}/${one.outTradeNo}`;
}

export function refundKey(one: { sellerId: string; outTradeNo: string; outRequestNo: string }) {
  return `${one.sellerId}/${one.outTradeNo}/${one.outRequestNo}`;
}
