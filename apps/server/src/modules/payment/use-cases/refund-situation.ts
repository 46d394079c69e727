import type { RefundState } from '@wuye-pay/contract';
import type { Tx } from '../../../platform/database/index.ts';
import type { AppError } from '../../../platform/errors.ts';
import type { PaymentDeps } from '../deps.ts';
import {
  type ActionName,
  type Obstacle,
  obstacleTo,
  type RefundFacts,
  type RefundLine,
} from '../domain/refund.ts';
import { refundActions, refundStates } from '../domain/refund-wording.ts';
import { paymentErrors } from '../errors.ts';
import { sealOf } from '../refund-seal.ts';
import { type LockedCase, lockCases } from '../store/case-store.ts';
import { type LockedPayment, lockPayment } from '../store/payment-store.ts';
import { type RefundAttempt, refundAttemptsOf } from '../store/refund-attempt-store.ts';
import { lockRefund, type Refund, readRefund, refundLinesOf } from '../store/refund-store.ts';

/** A refund with everything that it touches, locked. */
export interface RefundSituation {
  readonly refund: Refund;
  readonly lines: readonly RefundLine[];
  /** Oldest first. */
  readonly attempts: readonly RefundAttempt[];
  readonly payment: LockedPayment | undefined;
  readonly cases: readonly LockedCase[];
}

/**
 * Locks in the one order: payment, cases, refund; bills come after. What decides the order never
 * changes, so it is read before any lock. @throws REFUND_NOT_FOUND
 */
export async function lockSituation(tx: Tx, refundId: string): Promise<RefundSituation> {
  const known = await readRefund(tx, refundId);
  if (!known) throw paymentErrors.REFUND_NOT_FOUND();
  const { paymentId } = known;
  const payment = paymentId === null ? undefined : await lockPayment(tx, paymentId);
  const caseIds = [known.caseId, known.adoptedCaseId].flatMap((id) => (id === null ? [] : [id]));
  const cases = caseIds.length === 0 ? [] : await lockCases(tx, caseIds);
  const refund = await lockRefund(tx, refundId);
  const [lines, attempts] = await Promise.all([
    refundLinesOf(tx, refundId),
    refundAttemptsOf(tx, refundId),
  ]);
  return { refund, lines, attempts, payment, cases };
}

export function factsOf(
  refund: Pick<Refund, 'state' | 'kind' | 'merchantAccountId' | 'requestedById'>,
  attempt: RefundFacts['attempt'],
): RefundFacts {
  const { state, kind, requestedById } = refund;
  return { state, kind, requestedById, attempt, isByHand: refund.merchantAccountId === null };
}

/** @throws REFUND_STATE_WRONG, REFUND_OWN, REFUND_NOT_OWN, REFUND_STILL_OPEN */
export function guard(
  action: ActionName,
  { refund, attempts }: Pick<RefundSituation, 'refund' | 'attempts'>,
  who: { readonly id: string; readonly now: Date },
): void {
  const obstacle = obstacleTo(action, factsOf(refund, attempts.at(-1)), who);
  if (obstacle) throw errorOf(obstacle, action, refund.state);
}

export function errorOf(obstacle: Obstacle, action: ActionName, state: RefundState): AppError {
  switch (obstacle) {
    case 'own':
      return paymentErrors.REFUND_OWN();
    case 'not-own':
      return paymentErrors.REFUND_NOT_OWN();
    case 'too-early':
      return paymentErrors.REFUND_STILL_OPEN();
    case 'wrong-state':
      return paymentErrors.REFUND_STATE_WRONG({
        values: {
          state: refundStates[state].zh,
          stateEn: refundStates[state].en,
          action: refundActions[action].zh,
          actionEn: refundActions[action].en,
        },
      });
  }
}

/** What is done is what was asked for, to the letter. @throws REFUND_EDITED */
export function checkSeal(
  deps: Pick<PaymentDeps, 'log'>,
  { refund, lines }: Pick<RefundSituation, 'refund' | 'lines'>,
): void {
  if (sealOf(refund, lines).equals(refund.contentSha256)) return;
  deps.log.error({ refundId: refund.id, alarm: 'refund-edited' }, 'a refund was edited');
  throw paymentErrors.REFUND_EDITED();
}
