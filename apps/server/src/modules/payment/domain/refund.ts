import type { BillEffect, RefundAction, RefundKind, RefundState } from '@wuye-pay/contract';
import type { Fen } from '@wuye-pay/money';

export type RefundAttemptState =
  | 'requested'
  | 'pending'
  | 'refused'
  | 'failed'
  | 'refunded'
  | 'returned';

/** What is asked for: none of it ever changes. */
export interface RefundContent {
  readonly id: string;
  readonly kind: RefundKind;
  readonly paymentId: string | null;
  readonly caseId: string | null;
  readonly adoptedCaseId: string | null;
  readonly amountFen: Fen;
  /** Of it out of the balance of the payment's unit. */
  readonly topUpFen: Fen;
  readonly billEffect: BillEffect | null;
  readonly reason: string;
  readonly channel: string;
  readonly merchantAccountId: string | null;
  readonly orderNo: string;
  readonly tradeNo: string;
  readonly orderAmountFen: Fen;
}

export interface RefundLine {
  readonly allocationId: string;
  readonly billId: string;
  readonly amountFen: Fen;
}

/** What decides whether something may be done with a refund. */
export interface RefundFacts {
  readonly state: RefundState;
  readonly kind: RefundKind;
  /** Not by a channel: a person pays it out. */
  readonly isByHand: boolean;
  readonly requestedById: string | null;
  readonly attempt:
    | {
        readonly state: RefundAttemptState;
        readonly requestedAt: Date;
        readonly lastAnswer: string | null;
      }
    | undefined;
}

export type ActionName = RefundAction['action'];

/** Why an action is not possible: in another state, by the same person, or too early. */
export type Obstacle = 'wrong-state' | 'own' | 'not-own' | 'too-early';

/** A number that the channel does not know a day later never arrived there. */
export const lostAfterMs = 24 * 3_600_000;

/** Who may do what when; undefined: nothing stands in the way. */
export function obstacleTo(
  action: ActionName,
  refund: RefundFacts,
  who: { readonly id: string; readonly now: Date },
): Obstacle | undefined {
  const isOwn = refund.requestedById === who.id;
  const is = (...states: RefundState[]) => states.includes(refund.state);
  switch (action) {
    case 'approve':
    case 'reject':
      return is('requested') ? (isOwn ? 'own' : undefined) : 'wrong-state';
    case 'cancel':
      return is('requested') ? (isOwn ? undefined : 'not-own') : 'wrong-state';
    case 'retry':
      return is('refused') ? undefined : 'wrong-state';
    case 'reissue':
      return is('failed') ? undefined : lostObstacle(refund, who.now);
    case 'give-up':
      return giveUpObstacle(refund, isOwn, who.now);
    case 'check':
      return is('approved', 'processing') && !refund.isByHand ? undefined : 'wrong-state';
    case 'pay-out':
      return is('approved') && refund.isByHand ? undefined : 'wrong-state';
  }
}

function giveUpObstacle(refund: RefundFacts, isOwn: boolean, now: Date): Obstacle | undefined {
  const isEndable =
    refund.state === 'refused' ||
    refund.state === 'failed' ||
    (refund.state === 'approved' && refund.isByHand);
  const obstacle = isEndable ? undefined : lostObstacle(refund, now);
  return obstacle ?? (isOwn ? 'own' : undefined);
}

/** Under way, and the channel does not know the number, long after it was sent. */
function lostObstacle({ state, attempt }: RefundFacts, now: Date): Obstacle | undefined {
  if (state !== 'processing' || attempt === undefined) return 'wrong-state';
  const isLost =
    attempt.lastAnswer === 'not-found' &&
    now.getTime() - attempt.requestedAt.getTime() >= lostAfterMs;
  return isLost ? undefined : 'too-early';
}
