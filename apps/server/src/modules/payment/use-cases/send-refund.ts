import { reach } from '../checkpoints.ts';
import type { PaymentDeps } from '../deps.ts';
import { refundSendMs } from '../limits.ts';
import { noteSend, type RefundAttempt } from '../store/refund-attempt-store.ts';
import { confirmRefund } from './confirm-refund.ts';
import { recordRefundAnswer } from './record-refund-answer.ts';
import { refundOrderOf } from './refund-order-of.ts';
import { checkSeal, lockSituation } from './refund-situation.ts';
import { resolveRefund } from './resolve-refund.ts';

/**
 * Sends a recorded number to the channel and records the answer. The same number again is the same
 * refund there, so that sending twice gives once. Calls the channel: never inside a transaction.
 * @throws REFUND_EDITED when what is stored is not what was asked for
 */
export async function sendRefund(
  deps: PaymentDeps,
  companyId: string,
  attempt: RefundAttempt,
): Promise<void> {
  const sending = await noteSending(deps, companyId, attempt);
  if (!sending) return;
  const { refund, sends } = sending;
  reach(deps, 'refund.send.recorded');
  const result = await deps.channels.refundTrade(deps, refundOrderOf(companyId, refund, attempt));
  reach(deps, 'refund.send.answered');
  switch (result.state) {
    case 'refunded':
      await confirmRefund(deps, { companyId, source: 'answer', refund: result.refund });
      break;
    case 'accepted': {
      const answer = { kind: 'under-way', isAccepted: true, words: 'accepted' } as const;
      await recordRefundAnswer(deps, companyId, attempt, answer);
      break;
    }
    case 'refused':
      // An earlier send may have been taken and its answer lost: the channel is asked first.
      if (sends > 1) await resolveRefund(deps, { companyId, attempt, refused: result });
      else await recordRefundAnswer(deps, companyId, attempt, { ...result, kind: 'refused' });
      break;
    case 'unknown': {
      const answer = { kind: 'under-way', isAccepted: false, words: 'unknown' } as const;
      await recordRefundAnswer(deps, companyId, attempt, answer);
    }
  }
  reach(deps, 'refund.send.finished');
}

/** The intent, committed before the call. @returns undefined when there is nothing to send */
async function noteSending(deps: PaymentDeps, companyId: string, attempt: RefundAttempt) {
  const at = deps.clock.now();
  return await deps.db.transaction(companyId, async (tx) => {
    const situation = await lockSituation(tx, attempt.refundId);
    const { refund, attempts } = situation;
    const isSendable = refund.state === 'approved' || refund.state === 'processing';
    if (!isSendable || attempts.at(-1)?.id !== attempt.id) return undefined;
    checkSeal(deps, situation);
    const nextCheckAt = new Date(at.getTime() + refundSendMs);
    const sends = await noteSend(tx, attempt.id, { at, nextCheckAt });
    if (sends === undefined) return undefined;
    return { refund, sends };
  });
}

/** Sends at once what was just recorded; what does not come to an end is left to the sweep. */
export async function sendNow(
  deps: PaymentDeps,
  companyId: string,
  attempt: RefundAttempt,
): Promise<void> {
  try {
    await sendRefund(deps, companyId, attempt);
  } catch (error) {
    deps.log.error(
      { err: error, companyId, refundNo: attempt.refundNo },
      'a refund was not sent; the sweep goes on with it',
    );
  }
}
