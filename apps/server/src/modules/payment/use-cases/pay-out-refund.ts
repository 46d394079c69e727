import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { type Tx, violatedConstraint } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';
import { reach } from '../checkpoints.ts';
import type { PaymentDeps } from '../deps.ts';
import { paymentErrors } from '../errors.ts';
import { refundKey, refundKeyIdOf, utcDayOf } from '../proof-key.ts';
import { collectedIn } from '../queries/collected-in.ts';
import { insertRefundProof } from '../store/refund-proof-store.ts';
import { type PayOut, type Refund, voucherOnce } from '../store/refund-store.ts';
import { completeRefund } from './complete-refund.ts';
import { checkSeal, guard, lockSituation } from './refund-situation.ts';

export interface PayOutInput extends PayOut {
  readonly actor: StaffActor;
  readonly refundId: string;
}

/**
 * Records that the payer was given the money at the desk and signed the voucher: the voucher is the
 * proof, and its number is used once.
 * @throws REFUND_NOT_FOUND, REFUND_STATE_WRONG, REFUND_EDITED, REFUND_VOUCHER_USED
 */
export async function payOutRefund(
  deps: Pick<PaymentDeps, 'db' | 'clock' | 'live' | 'log' | 'checkpoint'>,
  { actor, refundId, ...payout }: PayOutInput,
): Promise<void> {
  const { companyId } = actor;
  try {
    await deps.db.transaction(companyId, async (tx) => {
      const situation = await lockSituation(tx, refundId);
      const refundedAt = deps.clock.now();
      guard('pay-out', situation, { id: actor.id, now: refundedAt });
      checkSeal(deps, situation);
      const key = await keepVoucher(tx, deps, situation.refund, { actor, payout });
      await completeRefund(tx, deps, situation, {
        key,
        attempt: undefined,
        channelRefundNo: undefined,
        refundedAt,
        reason: 'paid-out',
        actor: actor.name,
        payout,
      });
      await recordAudit(tx, deps.clock, {
        actor,
        action: 'payment.pay_out_refund',
        subjectKind: 'refund',
        subjectId: refundId,
        detail: { amountFen: situation.refund.amountFen, voucherNo: payout.voucherNo },
      });
    });
  } catch (error) {
    if (violatedConstraint(error) !== voucherOnce) throw error;
    throw paymentErrors.REFUND_VOUCHER_USED({
      values: { voucherNo: payout.voucherNo },
      cause: error,
    });
  }
  reach(deps, 'refund.pay-out.committed');
  void deps.live.announce({ companyId, topic: 'payment.refunded', id: refundId });
}

/** The desk is its own proof: stored, booked and committed together. */
async function keepVoucher(
  tx: Tx,
  deps: Pick<PaymentDeps, 'clock'>,
  refund: Refund,
  { actor, payout }: { readonly actor: StaffActor; readonly payout: PayOut },
): Promise<string> {
  const refundedAt = deps.clock.now();
  const { channel, orderNo, amountFen } = refund;
  const source = 'desk';
  const number = { channel, merchantAccountId: null, orderNo, refundNo: payout.voucherNo };
  const [kind, bankAccountId] = (await collectedIn(tx, refund)).split(':');
  const isBank = kind === 'bank' && bankAccountId !== undefined;
  const key = refundKey({ ...number, ...(isBank && { place: bankAccountId }) });
  const body = JSON.stringify({ paidOutBy: actor.name, staffId: actor.id, ...payout, amountFen });
  await insertRefundProof(
    tx,
    {
      ...number,
      id: derivedId(tx.companyId, 'refund-proof', source, key),
      day: utcDayOf(refundedAt),
      source,
      channelRefundNo: '',
      keyId: refundKeyIdOf(tx.companyId, key),
      amountFen,
      refundedAt,
      body,
    },
    refundedAt,
  );
  return key;
}
