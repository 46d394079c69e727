import type { Fen } from '@wuye-pay/money';
import type { ChannelRefund } from './order.ts';
import type { Product } from './product.ts';

/** What any channel needs to give money back by the way it came. */
export interface RefundOrder {
  /** Ours; the same number on every retry is the same refund. Letters and digits, at most 32. */
  readonly refundNo: string;
  readonly amountFen: Fen;
  /** Shown to the payer. */
  readonly reason: string;
  /** When this refund was first asked for; the same when it is asked for again. */
  readonly requestedAt: Date;
  /** The order that was paid. */
  readonly order: {
    readonly orderNo: string;
    readonly tradeNo: string;
    readonly product: Product;
    readonly amountFen: Fen;
    readonly requestedAt: Date;
    readonly paidAt: Date;
  };
}

export type RefundRef = RefundOrder;

/**
 * `accepted`: under way, the result comes by notice or query. `refused`: a clear no, and nothing
 * moved: the same number may be sent again. `unknown`: it may have been accepted.
 */
export type RefundResult =
  | { readonly state: 'refunded'; readonly refund: ChannelRefund }
  | { readonly state: 'accepted' }
  | { readonly state: 'refused'; readonly code: string; readonly message: string }
  | { readonly state: 'unknown'; readonly reason: string };

/**
 * `pending` with a code: it stays so until a person does at the channel what the message says.
 * `failed`: the channel says for good that this number moved nothing.
 */
export type RefundState =
  | { readonly state: 'refunded'; readonly refund: ChannelRefund }
  | { readonly state: 'pending'; readonly code?: string; readonly message?: string }
  | { readonly state: 'failed'; readonly code: string; readonly message: string }
  | { readonly state: 'not-found' }
  | { readonly state: 'unknown'; readonly reason: string };
