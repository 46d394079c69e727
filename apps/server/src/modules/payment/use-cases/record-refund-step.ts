import type { RefundState } from '@wuye-pay/contract';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import type { PaymentDeps } from '../deps.ts';
import { recordRefundChange } from '../store/refund-store.ts';
import type { RefundSituation } from './refund-situation.ts';

export interface RefundStep {
  readonly actor: StaffActor;
  readonly to: RefundState;
  readonly reason: keyof typeof actions;
  readonly note: string | null;
}

/** What the audit log calls each step, by the word of `refundReasons`. */
const actions = {
  approved: 'payment.approve_refund',
  rejected: 'payment.reject_refund',
  cancelled: 'payment.cancel_refund',
  retried: 'payment.retry_refund',
  reissued: 'payment.reissue_refund',
  'given-up': 'payment.give_up_refund',
} as const;

/** A step of a person: in the refund's history and in the audit log. */
export async function recordRefundStep(
  tx: Tx,
  deps: Pick<PaymentDeps, 'clock'>,
  { refund }: Pick<RefundSituation, 'refund'>,
  { actor, to, reason, note }: RefundStep,
): Promise<void> {
  const at = deps.clock.now();
  const { id: refundId, state: from, amountFen } = refund;
  const change = { id: newId(at), refundId, attemptId: null, from, to, reason, note };
  await Promise.all([
    recordRefundChange(tx, at, { ...change, actor: actor.name }),
    recordAudit(tx, deps.clock, {
      actor,
      action: actions[reason],
      subjectKind: 'refund',
      subjectId: refundId,
      detail: { amountFen, ...(note !== null && { note }) },
    }),
  ]);
}
