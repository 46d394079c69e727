import type { Fen } from '@wuye-pay/money';

export type ProofSource = 'notification' | 'query' | 'desk' | 'statement';

/** What a channel, a query or the desk said of collected money. */
export interface Evidence {
  readonly source: ProofSource;
  /** A channel's name, or how the desk was paid. */
  readonly channel: string;
  readonly merchantAccountId: string | null;
  readonly orderNo: string;
  /** The channel's own number of the trade. */
  readonly tradeNo: string;
  readonly amountFen: Fen;
  readonly currency: string;
  readonly paidAt: Date;
  /** The words themselves. */
  readonly body: string;
}

export interface Proof extends Evidence {
  readonly id: string;
  /** The recording day, UTC: the partition. */
  readonly day: string;
  readonly keyId: string;
}
