import type { MandateNews } from './mandate.ts';
import type { ChannelRefund, ChannelTrade } from './order.ts';

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
