import type { CloseReason, SurplusReason } from '@wuye-pay/contract';

/** What a proof says, as far as the decision needs it. */
export interface Claim {
  readonly source: 'notification' | 'query' | 'desk' | 'statement';
  readonly merchantAccountId: string | null;
  readonly amountFen: number;
}

/** How the same trade was booked before. */
export interface Booked {
  readonly outcome: 'settled' | 'surplus' | 'split';
  readonly amountFen: number;
  /** Of the case that holds the money, when one does. */
  readonly surplus: { readonly reason: SurplusReason; readonly state: 'open' | 'resolved' } | null;
}

/** The order that the proof names, as we made it. */
export interface KnownOrder {
  readonly paymentState: 'open' | 'paid' | 'closed';
  readonly attemptState: 'requested' | 'pending' | 'paid' | 'closed' | 'failed';
  readonly merchantAccountId: string | null;
  readonly amountFen: number;
}

export type Decision =
  /** The money is what we asked for: it settles the bills. */
  | { readonly kind: 'settle' }
  /** It fits nowhere: suspense, with a case. `isFinal`: the channel's own books say so. */
  | { readonly kind: 'surplus'; readonly reason: SurplusReason; readonly isFinal: boolean }
  /** Booked before: the same result. */
  | { readonly kind: 'repeat' }
  /** Booked before as another amount, and now the channel's own books say so: the order is over. */
  | { readonly kind: 'conclude'; readonly closeReason: CloseReason }
  /** A notification named another amount than the channel's own books: those are right. */
  | { readonly kind: 'correct' }
  /** Two messages of the same trade with different amounts: ask the channel. */
  | { readonly kind: 'contradiction' };

/** What to do with a proof. Whoever calls holds the lock of the payment. */
export function decide(
  claim: Claim,
  booked: Booked | undefined,
  order: KnownOrder | undefined,
): Decision {
  if (booked) return decideRepeated(claim, booked, order);
  const reason = misfit(claim, order);
  return reason === undefined
    ? { kind: 'settle' }
    : { kind: 'surplus', reason, isFinal: isOwnBooks(claim) };
}

function misfit(claim: Claim, order: KnownOrder | undefined): SurplusReason | undefined {
  if (!order) return 'unknown-order';
  if (claim.merchantAccountId !== order.merchantAccountId) return 'other-merchant';
  if (order.paymentState === 'closed') return 'closed-payment';
  if (order.paymentState === 'paid') return 'second-payment';
  if (order.attemptState === 'closed' || order.attemptState === 'failed') return 'closed-payment';
  if (claim.amountFen !== order.amountFen) return 'other-amount';
  return undefined;
}

function decideRepeated(claim: Claim, booked: Booked, order: KnownOrder | undefined): Decision {
  if (claim.amountFen === booked.amountFen) {
    const isUndecided = order?.paymentState === 'open' && booked.surplus?.reason === 'other-amount';
    return isUndecided && isOwnBooks(claim)
      ? { kind: 'conclude', closeReason: 'other-amount' }
      : { kind: 'repeat' };
  }
  const isOpenCase = booked.outcome === 'surplus' && booked.surplus?.state === 'open';
  return isOwnBooks(claim) && isOpenCase ? { kind: 'correct' } : { kind: 'contradiction' };
}

/** Asked for by us and answered from the channel's books, unlike a message pushed to us. */
function isOwnBooks({ source }: Claim): boolean {
  return source === 'query' || source === 'statement';
}
