import type { KeyObject } from 'node:crypto';
import type { Fen } from '@wuye-pay/money';
import type { Clock } from '../../platform/clock.ts';
import type { Problem } from '../../platform/errors.ts';

export type ChannelName = 'wechat-pay';
/** `jsapi`: inside the wallet's browser; `native`: a code to scan. */
export type Product = 'jsapi' | 'native';
export type KeyMode = 'certificate' | 'public-key';

/** A merchant account (商户号) without its secrets. */
export interface MerchantAccount {
  readonly companyId: string;
  readonly id: string;
  /** Short public number, part of the notify URL. */
  readonly number: number;
  readonly channel: ChannelName;
  readonly name: string;
  readonly mchId: string;
  readonly appId: string;
  /** Origin of the payment API. */
  readonly baseUrl: string;
  /** Origin of the API that exchanges a login code for the payer's id. */
  readonly loginUrl: string;
  /** The page that a browser is sent to for a login code. */
  readonly authorizeUrl: string;
  readonly mode: KeyMode;
  readonly state: 'active' | 'disabled';
}

/** Money that a channel says it collected for us. */
export interface ChannelTrade {
  readonly channel: ChannelName;
  readonly merchantAccountId: string;
  readonly orderNo: string;
  readonly tradeNo: string;
  readonly amountFen: Fen;
  readonly currency: string;
  readonly mchId: string;
  readonly appId: string;
  readonly payerOpenId?: string;
  readonly paidAt: Date;
  /** The channel's own words, as verified or decrypted. */
  readonly raw: string;
}

export interface Order {
  readonly product: Product;
  readonly orderNo: string;
  readonly amountFen: Fen;
  readonly description: string;
  /** Of the account's app id; needed for `jsapi`. */
  readonly payerOpenId?: string;
  readonly expiresAt: Date;
}

/** What the payer's device needs to pay. */
export type PayInstructions =
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
  | { readonly kind: 'native'; readonly codeUrl: string };

/**
 * `refused` is for showing the payer why: refusals carry no signature, so the order stays pending
 * until a query or a close tells. `unknown` means that the order may exist.
 */
export type PrepayResult =
  | { readonly state: 'accepted'; readonly instructions: PayInstructions }
  | { readonly state: 'refused'; readonly code: string; readonly message: string }
  | { readonly state: 'unknown'; readonly reason: string };

/** `not-found` is unsigned as well: it keeps the order pending until its time is over. */
export type TradeState =
  | { readonly state: 'paid'; readonly trade: ChannelTrade }
  | { readonly state: 'closed' }
  | { readonly state: 'pending' }
  | { readonly state: 'not-found' }
  | { readonly state: 'unknown'; readonly reason: string };

/** `paid` is a hint without proof: query next. */
export type CloseResult =
  | { readonly state: 'closed' }
  | { readonly state: 'paid' }
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

/** `trade` is absent on notices that tell of something else than collected money. */
export type NoticeReading =
  | {
      readonly state: 'authentic';
      readonly notificationId: string;
      readonly eventType: string;
      readonly trade: ChannelTrade | undefined;
    }
  | { readonly state: 'refused'; readonly reason: RefusalReason };

/** The payer's id at the channel, or why there is none. */
export type PayerLogin = { readonly openId: string } | { readonly failed: 'used-code' | 'unknown' };

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
  readonly signingKey: KeyObject;
  readonly clock: Clock;
  /** The trusted key of a serial, as far as it is known here. */
  readonly knownKey: (serial: string) => KeyObject | undefined;
  /** The trusted key of a serial, looked up anew at the channel at most once a minute. */
  readonly findKey: (serial: string) => Promise<KeyObject | undefined>;
  readonly record: (message: Message) => Promise<void>;
}

/** A channel adapter: it translates and nothing else. Registered in registry.ts. */
export interface Channel {
  prepay(context: ChannelContext, order: Order): Promise<PrepayResult>;
  queryTrade(context: ChannelContext, orderNo: string): Promise<TradeState>;
  closeTrade(context: ChannelContext, orderNo: string): Promise<CloseResult>;
  readNotice(context: ChannelContext, notice: Notice): Promise<NoticeReading>;
  /** @param redirectUrl where the browser comes back with `code` and `state` */
  authorizeUrl(account: MerchantAccount, login: { redirectUrl: string; state: string }): string;
  openIdOf(context: ChannelContext, code: string): Promise<PayerLogin>;
  /** Keys that the channel lets us download; undefined when it did not answer believably. */
  fetchKeys(context: ChannelContext): Promise<readonly PlatformKey[] | undefined>;
  /** Whether a download can ever bring the key of this serial. */
  isDownloadable(serial: string): boolean;
  /** Asks for an order that does not exist: a clear "not found" proves that our signature is good. */
  test(context: ChannelContext): Promise<TestResult>;
  /** What is wrong with the secrets of an account, in words for whoever pasted them. */
  checkCredentials(credentials: Credentials, mode: KeyMode): readonly Problem[];
  readonly hosts: {
    readonly baseUrl: string;
    readonly loginUrl: string;
    readonly authorizeUrl: string;
  };
}
