import type { KeyObject } from 'node:crypto';
import type { Fen } from '@wuye-pay/money';
import type { Clock } from '../../platform/clock.ts';
import type { Problem } from '../../platform/errors.ts';
import type { ChannelDescription } from './description.ts';
import type { MandateVerbs } from './mandate.ts';
import type { RefundOrder, RefundRef, RefundResult, RefundState } from './refund.ts';
import type { StatementRequest, StatementResult } from './statement.ts';

/** The name under which registry.ts knows a channel, such as `wechat-pay`. */
export type ChannelName = string;

/**
 * How the payer reaches the channel. `jsapi`: the page in the wallet's browser; `mini-program`:
 * the wallet's mini-program; `native`: a code that the payer scans; `h5` and `page`: the browser of
 * a phone or of a computer; `app`: our own app; `code`: the desk scans the payer's 付款码; `debit`:
 * under a mandate, without the payer.
 */
export const products = [
  'jsapi',
  'mini-program',
  'native',
  'h5',
  'page',
  'app',
  'code',
  'debit',
] as const;
export type Product = (typeof products)[number];

/** How the channel's words are verified; `secret-key`: both sides hold the same secret. */
export type KeyMode = 'certificate' | 'public-key' | 'secret-key';

/** A merchant account (商户号) without its secrets. */
export interface MerchantAccount {
  readonly companyId: string;
  readonly id: string;
  /** Short public number, part of the notify URL. */
  readonly number: number;
  readonly channel: ChannelName;
  readonly name: string;
  /** Of the partner (服务商) when `subMchId` is there. */
  readonly mchId: string;
  /** Empty where the channel knows no apps. */
  readonly appId: string;
  /** The company's own number when it is served by a partner. */
  readonly subMchId: string | null;
  readonly subAppId: string | null;
  /** Origins and pages by the names of the channel's description. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly mode: KeyMode;
  readonly state: 'active' | 'disabled';
}

/** Money that a channel says it collected for us. */
export interface ChannelTrade {
  readonly channel: ChannelName;
  readonly merchantAccountId: string;
  readonly orderNo: string;
  readonly tradeNo: string;
  /** What the order was for, before any discount that the channel itself pays. */
  readonly amountFen: Fen;
  readonly currency: string;
  readonly mchId: string;
  readonly appId: string;
  readonly payerOpenId?: string;
  readonly paidAt: Date;
  /** The channel's own words, as verified or decrypted. */
  readonly raw: string;
}

/** Money that a channel says it gave back for us. */
export interface ChannelRefund {
  readonly channel: ChannelName;
  readonly merchantAccountId: string;
  readonly orderNo: string;
  readonly refundNo: string;
  /** The channel's own number of the refund; empty where it gives none. */
  readonly channelRefundNo: string;
  /** Of this refund alone, never cumulated. */
  readonly amountFen: Fen;
  readonly refundedAt: Date;
  readonly raw: string;
}

export interface Order {
  readonly product: Product;
  readonly orderNo: string;
  readonly amountFen: Fen;
  readonly description: string;
  /** Of the account's app; needed for `jsapi` and `mini-program`. */
  readonly payerOpenId?: string;
  /** What the payer's wallet shows, for `code`. Used once, never stored. */
  readonly authCode?: string;
  /** The channel's number of the mandate, for `debit`; the door takes ours. */
  readonly mandateNo?: string;
  readonly payerIp?: string;
  /** Where the browser comes back to, for `h5` and `page`. It proves nothing. */
  readonly returnUrl?: string;
  /** When the order was first placed; the same when it is placed again. */
  readonly requestedAt: Date;
  readonly expiresAt: Date;
}

/** An order that was placed before: all that any channel needs to find it again. */
export interface OrderRef {
  readonly orderNo: string;
  readonly product: Product;
  readonly amountFen: Fen;
  readonly requestedAt: Date;
  /** Until when it was payable. */
  readonly expiresAt: Date;
  /** The channel's own number, once it is known. */
  readonly tradeNo: string | null;
}

/** What the payer's device needs to pay. */
export type PayInstructions =
  /** For `WeixinJSBridge` (`jsapi`) or `wx.requestPayment` (`mini-program`). */
  | {
      readonly kind: 'jsapi';
      readonly params: {
        readonly appId: string;
        readonly timeStamp: string;
        readonly nonceStr: string;
        readonly package: string;
        readonly signType: 'RSA';
        readonly paySign: string;
      };
    }
  /** For `AlipayJSBridge` (`jsapi`) or `my.tradePay` (`mini-program`). */
  | { readonly kind: 'alipay-trade'; readonly tradeNo: string }
  /** A code to show; the payer scans it. */
  | { readonly kind: 'native'; readonly codeUrl: string }
  /** An address that the payer's browser opens. */
  | { readonly kind: 'redirect'; readonly url: string }
  /** A form that the payer's browser posts. */
  | {
      readonly kind: 'form';
      readonly action: string;
      readonly fields: Readonly<Record<string, string>>;
    }
  /** For the wallet's library in our own app. */
  | { readonly kind: 'app'; readonly params: Readonly<Record<string, string>> }
  /** Nothing for a device: the payer confirms in the wallet, or nobody has to. */
  | { readonly kind: 'wait' };

/**
 * `refused` is for showing the payer why: unless it is final, the order stays pending until a query
 * or a close tells. `unknown` means that the order may exist. `paid` at once:
 * `code` and `debit` only.
 */
export type PrepayResult =
  | { readonly state: 'accepted'; readonly instructions: PayInstructions }
  | { readonly state: 'paid'; readonly trade: ChannelTrade }
  | {
      readonly state: 'refused';
      readonly code: string;
      readonly message: string;
      /** The refusal is signed, and the order cannot be paid any more under this number. */
      readonly isFinal?: true;
    }
  | { readonly state: 'unknown'; readonly reason: string };

/**
 * `not-found` is unsigned at some channels, and an order may still be on its way: it keeps the
 * order pending until its time is over. A trade that was refunded since is still `paid`.
 */
export type TradeState =
  | { readonly state: 'paid'; readonly trade: ChannelTrade }
  | { readonly state: 'closed' }
  | { readonly state: 'pending' }
  | { readonly state: 'not-found' }
  | { readonly state: 'unknown'; readonly reason: string };

/**
 * `paid` is a hint without proof: query next. `open`: the channel has no close; the order stays
 * payable until its time is over. A `code` order that is closed is reversed (撤销): money that
 * came in between goes back, and the query then says `closed`.
 */
export type CloseResult =
  | { readonly state: 'closed' }
  | { readonly state: 'paid' }
  | { readonly state: 'open' }
  | { readonly state: 'not-found' }
  | { readonly state: 'unknown'; readonly reason: string };

export type RefusalReason =
  | 'unknown-account'
  | 'too-large'
  | 'header-missing'
  | 'wrong-algorithm'
  | 'signature-probe'
  | 'stale-timestamp'
  | 'unknown-serial'
  | 'bad-signature'
  | 'not-readable'
  | 'not-decryptable'
  | 'foreign-merchant'
  | 'foreign-app';

/** A notice as it came in. */
export interface Notice {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly rawBody: Buffer;
}

/** What an authentic notice tells of; at most one of the three, or something we do not use. */
export interface NoticeNews {
  readonly trade?: ChannelTrade | undefined;
  readonly refund?: ChannelRefund | undefined;
  readonly mandate?: MandateNews | undefined;
  /**
   * The order that the notice is about when it says no more than "look there": a refund that
   * failed, a trade in a state that is not told in full. The order and its refunds are queried.
   */
  readonly lookAt?: { readonly orderNo: string; readonly refundNo?: string } | undefined;
}

/** The payer agreed to be debited, or ended it. */
export interface MandateNews {
  /** Our own number. */
  readonly mandateNo: string;
  /** The channel's number; debits name it. */
  readonly channelMandateNo: string;
  readonly state: 'active' | 'ended';
  readonly payerOpenId?: string;
  readonly at: Date;
}

export type NoticeReading =
  | ({
      readonly state: 'authentic';
      /** The same on every repeat of one notice. */
      readonly notificationId: string;
      readonly eventType: string;
    } & NoticeNews)
  | { readonly state: 'refused'; readonly reason: RefusalReason };

/** An answer to a notice, word for word. */
export interface NoticeAnswer {
  readonly status: number;
  readonly contentType?: string;
  readonly body: string;
}

export interface NoticeAnswers {
  /** Stored for good. */
  readonly accepted: NoticeAnswer;
  /** Forged, foreign or stale: nothing was done. */
  readonly refused: NoticeAnswer;
  /** Not stored: send it again. */
  readonly failed: NoticeAnswer;
}

/** The payer's id at the channel, or why there is none. */
export type PayerLogin = { readonly openId: string } | { readonly failed: 'used-code' | 'unknown' };

/** How a wallet's browser tells who the payer is. */
export interface LoginVerbs {
  /** @param redirectUrl where the browser comes back with a code and the state */
  authorizeUrl(account: MerchantAccount, login: { redirectUrl: string; state: string }): string;
  /** Takes code and state from what the wallet put behind the redirect address. */
  readReturn(query: URLSearchParams): { readonly code: string; readonly state: string };
  openIdOf(
    context: ChannelContext,
    login: { readonly code: string; readonly userAgent: string },
  ): Promise<PayerLogin>;
  /** The same for a code of the wallet's mini-program. */
  openIdOfMiniProgram?(context: ChannelContext, code: string): Promise<PayerLogin>;
}

export type TestResult = { readonly ok: boolean; readonly code: string };

/** A key under which the channel signs what it says. */
export interface PlatformKey {
  readonly serial: string;
  readonly kind: KeyMode;
  readonly pem: string;
  readonly validFrom: Date | null;
  readonly validTo: Date | null;
}

export type Credentials = Readonly<Record<string, string>>;

/** One request and its answer, for the record; secrets are already masked. */
export interface Message {
  readonly verb: string;
  readonly orderNo: string | null;
  readonly request: string;
  readonly response: string;
  readonly status: number | null;
  readonly outcome: 'verified' | 'refused' | 'unknown';
  readonly durationMs: number;
  readonly sentAt: Date;
}

/** What an adapter is given: one account, opened. It knows neither the database nor the core. */
export interface ChannelContext {
  readonly account: MerchantAccount;
  /** Where the channel shall notify this account. */
  readonly notifyUrl: string;
  readonly credentials: Credentials;
  /** What the credentials were before the last rotation, while its overlap lasts. */
  readonly previousCredentials: Credentials | undefined;
  /** The key of `credentials.privateKeyPem`, parsed once. @throws Error where there is none */
  readonly signingKey: KeyObject;
  readonly clock: Clock;
  /** The trusted key of a serial, as far as it is known here. */
  readonly knownKey: (serial: string) => KeyObject | undefined;
  /** All trusted keys that are good now: for messages that do not say which one signed them. */
  readonly knownKeys?: () => readonly KeyObject[];
  /** The trusted key of a serial, looked up anew at the channel at most once a minute. */
  readonly findKey: (serial: string) => Promise<KeyObject | undefined>;
  readonly record: (message: Message) => Promise<void>;
}

/** A channel adapter: it translates and nothing else. Registered in registry.ts. */
export interface Channel {
  readonly description: ChannelDescription;
  prepay(context: ChannelContext, order: Order): Promise<PrepayResult>;
  queryTrade(context: ChannelContext, order: OrderRef): Promise<TradeState>;
  closeTrade(context: ChannelContext, order: OrderRef): Promise<CloseResult>;
  refundTrade(context: ChannelContext, refund: RefundOrder): Promise<RefundResult>;
  queryRefund(context: ChannelContext, refund: RefundRef): Promise<RefundState>;
  readNotice(context: ChannelContext, notice: Notice): Promise<NoticeReading>;
  readonly noticeAnswers: NoticeAnswers;
  /** Where notices come in more than one form, and each wants its own answers. */
  answersTo?(notice: Notice): NoticeAnswers;
  fetchStatement(context: ChannelContext, request: StatementRequest): Promise<StatementResult>;
  /** Where the wallet tells who pays. */
  readonly login?: LoginVerbs;
  /** Where payers can agree to be debited. */
  readonly mandates?: MandateVerbs;
  /** Keys that come with the credentials themselves: pasted, not downloaded. */
  trustedKeys(credentials: Credentials, mode: KeyMode): readonly PlatformKey[];
  /** Keys that the channel lets us download; undefined when it did not answer believably. */
  fetchKeys?(context: ChannelContext, serial?: string): Promise<readonly PlatformKey[] | undefined>;
  /** Whether a download can ever bring the key of this serial. */
  isDownloadable?(serial: string): boolean;
  /** Asks for an order that does not exist: a clear "not found" proves that our signature is good. */
  test(context: ChannelContext): Promise<TestResult>;
  /**
   * What is kept of secrets as they were pasted, before they are checked: a .pfx becomes PEM.
   * What it cannot read it leaves, for `checkCredentials` to name.
   */
  tidyCredentials?(credentials: Credentials): Credentials;
  /** What is wrong with the secrets of an account, in words for whoever pasted them. */
  checkCredentials(credentials: Credentials, mode: KeyMode): readonly Problem[];
  /** When secrets of ours stop being good, as far as they say so themselves (certificates). */
  expiriesOf?(credentials: Credentials): readonly { readonly field: string; readonly at: Date }[];
}
