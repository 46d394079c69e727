import type { Fen } from '@wuye-pay/money';

/** `trade`: payments and refunds one by one; `fund`: every movement of the account's balance. */
export type StatementKind = 'trade' | 'fund';

export interface StatementRequest {
  /** YYYY-MM-DD, in the channel's own calendar (China; UnionPay: the clearing day). */
  readonly day: string;
  readonly kind: StatementKind;
}

export interface StatementLine {
  /** `other`: fees, settlements, adjustments; kept, not interpreted here. */
  readonly kind: 'payment' | 'refund' | 'other';
  /** As the file says, with the channel's clock: YYYY-MM-DD HH:mm:ss, or what it has of it. */
  readonly at: string;
  /** The merchant's order number; empty where the file has none. */
  readonly orderNo: string;
  readonly tradeNo: string;
  readonly refundNo: string;
  readonly channelRefundNo: string;
  /** At least 0; `kind` says the direction. Of an `other` line: signed, in our favour positive. */
  readonly amountFen: Fen;
  /** Exact yuan as in the file, such as `1.52820`; a cost is positive, a returned fee negative. */
  readonly feeYuan: string;
  /** The channel's word for the state or the kind of movement. */
  readonly state: string;
}

export interface StatementTotals {
  readonly paymentCount: number;
  readonly paymentFen: Fen;
  readonly refundCount: number;
  readonly refundFen: Fen;
  /** Exact yuan, a cost is positive. */
  readonly feeYuan: string;
}

export interface Statement {
  readonly day: string;
  readonly kind: StatementKind;
  readonly fileName: string;
  /** The file as the channel gave it, unpacked from its transport. */
  readonly file: Buffer;
  readonly lines: readonly StatementLine[];
  /** Of the lines, computed. */
  readonly totals: StatementTotals;
}

/**
 * `none`: the channel says there was nothing on that day. `broken`: the file came, but its hash,
 * its own totals or a row (`row` counts from 1) contradict it; nothing of it is to be believed.
 */
export type StatementResult =
  | { readonly state: 'ready'; readonly statement: Statement }
  | { readonly state: 'none' }
  | { readonly state: 'not-ready'; readonly reason: string }
  | { readonly state: 'broken'; readonly reason: string; readonly row?: number }
  | { readonly state: 'unsupported' }
  | { readonly state: 'unknown'; readonly reason: string };
