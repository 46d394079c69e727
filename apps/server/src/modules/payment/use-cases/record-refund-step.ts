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
  /** A word of `refundReasons`. */
  readonly reason: string;
  readonly note: string | null;
}

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
      action: `payment.refund_${reason.replace('-', '_')}`,
      subjectKind: 'refund',
      subjectId: refundId,
      detail: { amountFen, ...(note !== null && { note }) },
    }),
  ]);
}
