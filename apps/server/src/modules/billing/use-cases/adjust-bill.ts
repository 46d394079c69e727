import type { AdjustmentKind } from '@wuye-pay/contract';
import type { Fen } from '@wuye-pay/money';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { dayOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { platformErrors } from '../../../platform/errors.ts';
import { newId } from '../../../platform/id.ts';
import { once } from '../../../platform/idempotency.ts';
import { publish } from '../../../platform/outbox/index.ts';
import { account, postTransfers } from '../../ledger/index.ts';
import { reductionOf } from '../domain/adjustment.ts';
import { billingErrors } from '../errors.ts';
import { billAdjusted } from '../events.ts';
import { timeZoneOf } from '../queries/facts.ts';
import {
  adjustmentLimit,
  changeBill,
  insertRequest,
  isAsked,
  type LockedForChange,
  lockBillForChange,
  takeAlone,
} from '../store/adjustment-store.ts';
import { chargeAccount } from './run-postings.ts';

type AdjustDeps = Pick<Deps, 'clock'>;

export interface BillChange {
  readonly actor: StaffActor;
  readonly billId: string;
  readonly kind: AdjustmentKind;
  readonly amountFen?: number | undefined;
  readonly reason: string;
}

export interface ChangeOutcome {
  readonly adjustmentId: string;
  /** `requested`: from the limit on, another person decides. */
  readonly state: 'applied' | 'requested';
  readonly amountFen: Fen;
}

/**
 * Makes one bill smaller or void, in the caller's transaction: at once below the person's daily
 * limit, else as a request for another person. The bill's lock comes first, as in a payment, so
 * whoever comes second sees what the first did.
 * @throws BILL_NOT_FOUND, BILL_VOID_ALREADY, BILL_HELD, BILL_SETTLED, BILL_PAID_IN_PART,
 *   BILL_REDUCED_BELOW_PAID, ADJUSTMENT_AMOUNT_MISSING, ADJUSTMENT_WAITS, FORBIDDEN
 */
export async function adjustBill(
  tx: Tx,
  deps: AdjustDeps,
  change: BillChange,
): Promise<ChangeOutcome> {
  const { actor, billId, kind } = change;
  requireRight(actor, kind);
  const bill = await lockBillForChange(tx, billId);
  if (!bill) throw billingErrors.BILL_NOT_FOUND();
  if (await isAsked(tx, billId)) throw billingErrors.ADJUSTMENT_WAITS();
  const amountFen = reductionOf(bill, { kind, amountFen: change.amountFen });
  const at = deps.clock.now();
  const day = dayOf(at, await timeZoneOf(tx));
  const limitFen = await adjustmentLimit(tx);
  const isApplied = await takeAlone(tx, { staffId: actor.id, day, amountFen, limitFen });
  const adjustmentId = newId(at);
  const by = { id: actor.id, name: actor.name };
  const reason = change.reason.trim();
  await insertRequest(tx, { id: adjustmentId, billId, kind, amountFen, reason, by, at, isApplied });
  await recordAudit(tx, deps.clock, {
    actor,
    action: isApplied ? 'billing.adjust_bill' : 'billing.request_adjustment',
    subjectKind: 'bill',
    subjectId: billId,
    detail: { adjustmentId, kind, amountFen, reason },
  });
  if (isApplied) await applyChange(tx, deps, { bill, adjustmentId, kind, amountFen });
  return { adjustmentId, state: isApplied ? 'applied' : 'requested', amountFen };
}

/** By itself, once for a key. @throws as adjustBill, and IDEMPOTENCY_KEY_REUSED */
export async function adjustBillOnce(
  deps: Pick<Deps, 'db' | 'clock'>,
  { idempotencyKey, ...change }: BillChange & { readonly idempotencyKey: string },
): Promise<ChangeOutcome> {
  const { actor, ...wish } = change;
  const request = { ...wish, by: actor.id };
  return await deps.db.transaction(actor.companyId, (tx) =>
    once(tx, deps.clock, { scope: 'billing.adjust', key: idempotencyKey, request }, () =>
      adjustBill(tx, deps, change),
    ),
  );
}

export interface ChangeToApply {
  readonly bill: LockedForChange;
  readonly adjustmentId: string;
  readonly kind: AdjustmentKind;
  readonly amountFen: Fen;
}

/** Bill, books and news together: debit what it was charged for, credit receivable. */
export async function applyChange(
  tx: Tx,
  deps: AdjustDeps,
  { bill, adjustmentId, kind, amountFen }: ChangeToApply,
): Promise<void> {
  const at = deps.clock.now();
  await changeBill(tx, { requestId: adjustmentId, billId: bill.id, kind, amountFen, at });
  await postTransfers(tx, deps, {
    key: `adjust:${adjustmentId}`,
    kind: 'billing.adjust',
    sourceId: adjustmentId,
    postedAt: at,
    transfers: [
      {
        debit: chargeAccount(bill),
        credit: account.receivable(bill.communityId, bill.feeItemId),
        amountFen,
      },
    ],
  });
  const payload = { adjustmentId, billId: bill.id, state: 'applied' };
  await publish(tx, deps.clock, { topic: billAdjusted, payload });
}

/** A void needs the right to void as well. @throws FORBIDDEN */
export function requireRight({ permissions }: StaffActor, kind: AdjustmentKind): void {
  const isAllowed =
    permissions.has('billing.adjust') && (kind !== 'void' || permissions.has('billing.void'));
  if (!isAllowed) throw platformErrors.FORBIDDEN();
}
