/** A payment code (付款码) shown by a payer; good once. */
export type AuthCode = {
  code: string;
  user: number;
  outcome: 'paid' | 'password' | 'expired' | 'no-money';
  /** ms since 1970 on the schedule's clock. */
  expireAt: number;
  /** The order that used it. */
  usedFor: { mchid: string; outTradeNo: string } | null;
};

/** A contract of automatic debit (委托代扣). */
export type Contract = {
  contractId: string;
  mchid: string;
  spMchid?: string | undefined;
  appid: string;
  subAppid?: string | undefined;
  planId: string;
  /** The merchant's own number. */
  contractCode: string;
  requestSerial: string;
  displayAccount: string;
  notifyUrl: string;
  outerid?: string | undefined;
  state: 'signing' | 'signed' | 'terminated';
  user: number | null;
  signedAt: number | null;
  /** ms since 1970 on the schedule's clock until which one debit needs no notice. */
  freeDebitUntil: number | null;
  terminatedAt: number | null;
  /** 2 by the payer, 3 by the merchant's call. */
  terminationMode: number;
  terminationRemark: string;
  /** Debits carried out so far. */
  debits: number;
  /** The notice before the next debit. */
  notice: { at: number; mostFen: number | null } | null;
  /** What becomes of the debits to come. */
  debitsAre: 'paid' | 'no-money' | 'pending';
};

/** An automatic debit that was accepted and runs at a moment of the schedule's clock. */
export type Debit = { mchid: string; outTradeNo: string; at: number };
