import type { RefundState } from '@wuye-pay/contract';

/** What a proof says of money that went back. */
export interface RefundClaim {
  readonly source: 'answer' | 'notification' | 'query' | 'desk' | 'statement';
  readonly merchantAccountId: string | null;
  readonly amountFen: number;
}

/** The refund behind a number of ours. */
export interface KnownRefund {
  readonly state: RefundState;
  readonly merchantAccountId: string | null;
  readonly amountFen: number;
}

export type RefundDecision =
  /** It is what we asked for. */
  | 'complete'
  /** Booked before: the same result. */
  | 'repeat'
  /** Booked before with another amount: somebody erred, and a person is told. */
  | 'contradiction'
  /** A pushed message names another amount than we asked for: the channel's own books decide. */
  | 'ask'
  /** The channel's own books name another amount than we asked for. */
  | 'other-amount'
  /** We did not ask for it, or not any more: money left us all the same. */
  | 'unasked';

const completable: readonly RefundState[] = ['approved', 'processing', 'refused', 'failed'];

/** What to do with a proof of a refund. Whoever calls holds the refund's lock. */
export function decideRefund(
  claim: RefundClaim,
  booked: { readonly amountFen: number } | undefined,
  known: KnownRefund | undefined,
): RefundDecision {
  if (booked) return booked.amountFen === claim.amountFen ? 'repeat' : 'contradiction';
  if (!known || known.merchantAccountId !== claim.merchantAccountId) return 'unasked';
  if (!completable.includes(known.state)) return 'unasked';
  if (claim.amountFen === known.amountFen) return 'complete';
  return claim.source === 'notification' ? 'ask' : 'other-amount';
}
