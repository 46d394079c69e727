import type { Fen } from '@wuye-pay/money';
import type { ChannelName, Product } from './product.ts';

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
  /** `reason`: the channel's code or words of a debit that failed. */
  | { readonly state: 'closed'; readonly reason?: string }
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
