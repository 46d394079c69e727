import { fen, yuanText } from '@wuye-pay/money';
import type { StaffActor } from '../../../platform/actor.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { reach } from '../checkpoints.ts';
import { type PaymentDeps, type PaymentInputDeps, withChannels } from '../deps.ts';
import { paymentErrors } from '../errors.ts';
import { moveRefund } from '../store/refund-store.ts';
import { completeRefund } from './complete-refund.ts';
import { beginAttempt, releaseReservation } from './record-refund.ts';
import { recordRefundStep } from './record-refund-step.ts';
import { checkSeal, guard, lockSituation, type RefundSituation } from './refund-situation.ts';
import { sendNow } from './send-refund.ts';

export interface RefundDecision {
  readonly actor: StaffActor;
  readonly refundId: string;
}

/**
 * Approves, as another person than who asked, and sends. The number is recorded with the approval,
 * so that a crash after it loses nothing.
 * @throws REFUND_NOT_FOUND, REFUND_OWN, REFUND_STATE_WRONG, REFUND_AMOUNT_DIFFERS, REFUND_EDITED
 */
export async function approveRefund(
  input: PaymentInputDeps,
  { actor, refundId, amountFen }: RefundDecision & { readonly amountFen: number },
): Promise<void> {
  const deps = withChannels(input);
  const { companyId } = actor;
  const attempt = await deps.db.transaction(companyId, async (tx) => {
    const situation = await lockSituation(tx, refundId);
    const { refund } = situation;
    const at = deps.clock.now();
    guard('approve', situation, { id: actor.id, now: at });
    checkSeal(deps, situation);
    checkAmount(refund.amountFen, amountFen);
    const decidedBy = { id: actor.id, name: actor.name };
    await moveRefund(tx, refundId, { from: ['requested'], to: 'approved', at, decidedBy });
    await recordRefundStep(tx, deps, situation, {
      actor,
      to: 'approved',
      reason: 'approved',
      note: null,
    });
    if (refund.kind === 'adopted') {
      await adopt(tx, deps, situation, actor);
      return undefined;
    }
    return refund.merchantAccountId === null ? undefined : await beginAttempt(tx, deps, refundId);
  });
  reach(deps, 'refund.approve.committed');
  void deps.live.announce({ companyId, topic: 'payment.refund', id: refundId });
  if (attempt) await sendNow(deps, companyId, attempt);
}

/** @throws REFUND_NOT_FOUND, REFUND_OWN, REFUND_STATE_WRONG */
export async function rejectRefund(
  deps: Pick<PaymentDeps, 'db' | 'clock' | 'live'>,
  { actor, refundId, reason: note }: RefundDecision & { readonly reason: string },
): Promise<void> {
  const { companyId } = actor;
  await deps.db.transaction(companyId, async (tx) => {
    const situation = await lockSituation(tx, refundId);
    const at = deps.clock.now();
    guard('reject', situation, { id: actor.id, now: at });
    const decidedBy = { id: actor.id, name: actor.name };
    await releaseReservation(tx, situation);
    await moveRefund(tx, refundId, { from: ['requested'], to: 'rejected', at, decidedBy });
    await recordRefundStep(tx, deps, situation, {
      actor,
      to: 'rejected',
      reason: 'rejected',
      note,
    });
  });
  void deps.live.announce({ companyId, topic: 'payment.refund', id: refundId });
}

/** By whoever asked, before anybody decided. @throws REFUND_NOT_OWN, REFUND_STATE_WRONG */
export async function cancelRefund(
  deps: Pick<PaymentDeps, 'db' | 'clock' | 'live'>,
  { actor, refundId }: RefundDecision,
): Promise<void> {
  const { companyId } = actor;
  await deps.db.transaction(companyId, async (tx) => {
    const situation = await lockSituation(tx, refundId);
    const at = deps.clock.now();
    guard('cancel', situation, { id: actor.id, now: at });
    await releaseReservation(tx, situation);
    await moveRefund(tx, refundId, { from: ['requested'], to: 'cancelled', at });
    await recordRefundStep(tx, deps, situation, {
      actor,
      to: 'cancelled',
      reason: 'cancelled',
      note: null,
    });
  });
  void deps.live.announce({ companyId, topic: 'payment.refund', id: refundId });
}

function checkAmount(expected: number, given: number): void {
  if (expected === given) return;
  throw paymentErrors.REFUND_AMOUNT_DIFFERS({
    values: { expected: yuanText(fen(expected)), given: yuanText(fen(given)) },
  });
}

/** The money went back before; now the books say what it was for. */
async function adopt(
  tx: Tx,
  deps: PaymentDeps,
  situation: RefundSituation,
  actor: StaffActor,
): Promise<void> {
  await completeRefund(
    tx,
    deps,
    { ...situation, refund: { ...situation.refund, state: 'approved' } },
    {
      key: undefined,
      attempt: undefined,
      channelRefundNo: undefined,
      refundedAt: deps.clock.now(),
      reason: 'adopted',
      actor: actor.name,
    },
  );
}
