import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { publish } from '../../../platform/outbox/index.ts';
import { reductionOf } from '../domain/adjustment.ts';
import { billingErrors } from '../errors.ts';
import { billAdjusted } from '../events.ts';
import {
  decideRequest,
  lockBillForChange,
  lockRequest,
  type OpenRequest,
  readRequest,
} from '../store/adjustment-store.ts';
import { applyChange, requireRight } from './adjust-bill.ts';

export interface AdjustmentDecision {
  readonly actor: StaffActor;
  readonly adjustmentId: string;
  readonly decision: 'approve' | 'reject' | 'cancel';
  readonly note?: string | undefined;
}

/**
 * Approves or rejects as another person, or takes one's own request back. An approval looks at the
 * bill again: what was paid meanwhile stays paid. The same decision again changes nothing.
 * @throws ADJUSTMENT_NOT_FOUND, ADJUSTMENT_DECIDED, ADJUSTMENT_OWN, ADJUSTMENT_NOT_OWN, and as
 *   reductionOf
 */
export function decideAdjustment(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: AdjustmentDecision,
): Promise<void> {
  return deps.db.transaction(input.actor.companyId, async (tx) => {
    const { request, bill } = await lockBoth(tx, input.adjustmentId);
    const { actor, decision } = input;
    requireRight(actor, request.kind);
    if (!mayDecide(request, input)) return;
    const at = deps.clock.now();
    const by = decision === 'cancel' ? null : { id: actor.id, name: actor.name };
    const state = stateAfter[decision];
    const note = input.note?.trim() || null;
    if (state === 'applied') {
      const asked = request.kind === 'void' ? undefined : request.amountFen;
      const amountFen = reductionOf(bill, { kind: request.kind, amountFen: asked });
      if (amountFen !== request.amountFen) throw billingErrors.ADJUSTMENT_BILL_CHANGED();
      await decideRequest(tx, { id: request.id, state, by, at, note });
      await applyChange(tx, deps, {
        bill,
        adjustmentId: request.id,
        kind: request.kind,
        amountFen,
      });
    } else {
      await decideRequest(tx, { id: request.id, state, by, at, note });
      const payload = { adjustmentId: request.id, billId: bill.id, state };
      await publish(tx, deps.clock, { topic: billAdjusted, payload });
    }
    await recordAudit(tx, deps.clock, {
      actor,
      action: actionOf[decision],
      subjectKind: 'bill',
      subjectId: bill.id,
      detail: { adjustmentId: request.id, kind: request.kind, amountFen: request.amountFen, note },
    });
  });
}

const actionOf = {
  approve: 'billing.approve_adjustment',
  reject: 'billing.reject_adjustment',
  cancel: 'billing.cancel_adjustment',
} as const;

const stateAfter = { approve: 'applied', reject: 'rejected', cancel: 'cancelled' } as const;

/** The bill first, then the request: the order of whoever asks. */
async function lockBoth(tx: Tx, adjustmentId: string) {
  const seen = await readRequest(tx, adjustmentId);
  if (!seen) throw billingErrors.ADJUSTMENT_NOT_FOUND();
  const bill = await lockBillForChange(tx, seen.billId);
  const request = await lockRequest(tx, adjustmentId);
  if (!bill || !request) throw billingErrors.ADJUSTMENT_NOT_FOUND();
  return { request, bill };
}

/** @returns false when it was decided just so before */
function mayDecide(request: OpenRequest, { actor, decision }: AdjustmentDecision): boolean {
  if (request.state !== 'requested') {
    if (request.state === stateAfter[decision]) return false;
    throw billingErrors.ADJUSTMENT_DECIDED();
  }
  const isOwn = request.requestedById === actor.id;
  if (decision === 'cancel' && !isOwn) throw billingErrors.ADJUSTMENT_NOT_OWN();
  if (decision !== 'cancel' && isOwn) throw billingErrors.ADJUSTMENT_OWN();
  return true;
}
