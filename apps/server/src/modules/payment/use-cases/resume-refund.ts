import type { StaffActor } from '../../../platform/actor.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { type PaymentDeps, type PaymentInputDeps, withChannels } from '../deps.ts';
import { refundSendMs } from '../limits.ts';
import {
  endRefundAttempt,
  type RefundAttempt,
  reopenRefundAttempt,
} from '../store/refund-attempt-store.ts';
import { moveRefund, recordRefundChange } from '../store/refund-store.ts';
import { beginAttempt, releaseReservation } from './record-refund.ts';
import { recordRefundStep } from './record-refund-step.ts';
import { checkSeal, guard, lockSituation, type RefundSituation } from './refund-situation.ts';
import { resolveRefund } from './resolve-refund.ts';
import { sendNow, sendRefund } from './send-refund.ts';

export interface RefundCommand {
  readonly actor: StaffActor;
  readonly refundId: string;
}

/** After a clear refusal: the same number once more. @throws REFUND_STATE_WRONG, REFUND_EDITED */
export async function retryRefund(input: PaymentInputDeps, command: RefundCommand): Promise<void> {
  await sendAfter(withChannels(input), command, 'retry', async (tx, deps, situation) => {
    const attempt = newestOf(situation);
    const at = deps.clock.now();
    await reopenRefundAttempt(tx, attempt.id, new Date(at.getTime() + refundSendMs));
    return { ...attempt, state: 'requested' };
  });
}

/**
 * A new number, after the channel said for good that the old one moved nothing, or does not know
 * it a day later. @throws REFUND_STATE_WRONG, REFUND_STILL_OPEN, REFUND_EDITED
 */
export async function reissueRefund(
  input: PaymentInputDeps,
  command: RefundCommand,
): Promise<void> {
  await sendAfter(withChannels(input), command, 'reissue', async (tx, deps, situation) => {
    await endLost(tx, deps, situation);
    return await beginAttempt(tx, deps, situation.refund.id);
  });
}

/**
 * Ends a refund that the channel does not make; what was reserved is free again. By another person
 * than who asked. @throws REFUND_STATE_WRONG, REFUND_STILL_OPEN, REFUND_OWN
 */
export async function giveUpRefund(
  input: PaymentInputDeps,
  { actor, refundId, reason }: RefundCommand & { readonly reason: string },
): Promise<void> {
  const deps = withChannels(input);
  const { companyId } = actor;
  await deps.db.transaction(companyId, async (tx) => {
    const situation = await lockSituation(tx, refundId);
    const at = deps.clock.now();
    guard('give-up', situation, { id: actor.id, now: at });
    await endLost(tx, deps, situation);
    await releaseReservation(tx, situation);
    await moveRefund(tx, refundId, { from: [situation.refund.state], to: 'cancelled', at });
    await recordRefundStep(tx, deps, situation, {
      actor,
      to: 'cancelled',
      reason: 'given-up',
      note: reason,
    });
  });
  void deps.live.announce({ companyId, topic: 'payment.refund', id: refundId });
}

/** Asks the channel now, as the sweep would. @throws REFUND_NOT_FOUND, REFUND_STATE_WRONG */
export async function checkRefund(input: PaymentInputDeps, command: RefundCommand): Promise<void> {
  const deps = withChannels(input);
  const { companyId, id } = command.actor;
  const attempt = await deps.db.transaction(companyId, async (tx) => {
    const situation = await lockSituation(tx, command.refundId);
    guard('check', situation, { id, now: deps.clock.now() });
    return newestOf(situation);
  });
  const next = attempt.sends === 0 ? 'send' : await resolveRefund(deps, { companyId, attempt });
  if (next === 'send') await sendRefund(deps, companyId, attempt);
}

type Begin = (tx: Tx, deps: PaymentDeps, situation: RefundSituation) => Promise<RefundAttempt>;

async function sendAfter(
  deps: PaymentDeps,
  { actor, refundId }: RefundCommand,
  action: 'retry' | 'reissue',
  begin: Begin,
): Promise<void> {
  const { companyId } = actor;
  const attempt = await deps.db.transaction(companyId, async (tx) => {
    const situation = await lockSituation(tx, refundId);
    const at = deps.clock.now();
    guard(action, situation, { id: actor.id, now: at });
    checkSeal(deps, situation);
    const begun = await begin(tx, deps, situation);
    await moveRefund(tx, refundId, { from: [situation.refund.state], to: 'processing', at });
    const reason = action === 'retry' ? 'retried' : 'reissued';
    await recordRefundStep(tx, deps, situation, {
      actor,
      to: 'processing',
      reason,
      note: begun.refundNo,
    });
    return begun;
  });
  await sendNow(deps, companyId, attempt);
}

function newestOf({ attempts, refund }: RefundSituation): RefundAttempt {
  const attempt = attempts.at(-1);
  if (!attempt) throw new Error(`refund ${refund.id} has no number`);
  return attempt;
}

/** A number that the channel does not know after a day ends here; its late success is a case. */
async function endLost(
  tx: Tx,
  deps: PaymentDeps,
  { attempts, refund }: RefundSituation,
): Promise<void> {
  const attempt = attempts.at(-1);
  if (attempt?.state !== 'requested' && attempt?.state !== 'pending') return;
  const at = deps.clock.now();
  await endRefundAttempt(tx, attempt.id, { to: 'failed', at, answer: 'not-found', code: 'LOST' });
  await recordRefundChange(tx, at, {
    id: newId(at),
    refundId: refund.id,
    attemptId: attempt.id,
    from: attempt.state,
    to: 'failed',
    reason: 'lost',
    note: null,
    actor: refund.channel,
  });
}
