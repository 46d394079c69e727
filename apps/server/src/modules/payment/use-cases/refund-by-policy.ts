import { systemActor } from '../../../platform/actor.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { AppError } from '../../../platform/errors.ts';
import { newId } from '../../../platform/id.ts';
import { reach } from '../checkpoints.ts';
import { type PaymentDeps, type PaymentInputDeps, withChannels } from '../deps.ts';
import { policyBatch } from '../limits.ts';
import type { RefundAttempt } from '../store/refund-attempt-store.ts';
import {
  activePolicy,
  casesForPolicy,
  companiesWithPolicy,
  type RefundPolicy,
} from '../store/refund-policy-store.ts';
import { moveRefund, recordRefundChange } from '../store/refund-store.ts';
import { freeCase } from './free-case.ts';
import { beginAttempt, recordRefund } from './record-refund.ts';
import { draftOfCase } from './refund-case.ts';
import { sendNow } from './send-refund.ts';

/**
 * Refunds what a standing policy of two people is for: an exact duplicate, or money that came
 * after the close, in full and once. Whatever does not fit is left to people.
 */
export async function refundByPolicy(input: PaymentInputDeps): Promise<void> {
  const deps = withChannels(input);
  for (const companyId of await companiesWithPolicy(deps.jobsDb.global)) {
    const caseIds = await deps.db.transaction(companyId, async (tx) => {
      const policy = await activePolicy(tx);
      return policy ? await casesForPolicy(tx, policy, policyBatch) : [];
    });
    for (const caseId of caseIds) await refundOne(deps, companyId, caseId);
  }
}

async function refundOne(deps: PaymentDeps, companyId: string, caseId: string): Promise<void> {
  try {
    const attempt = await deps.db.transaction(companyId, (tx) => ask(tx, deps, caseId));
    if (!attempt) return;
    reach(deps, 'refund.policy.committed');
    await sendNow(deps, companyId, attempt);
  } catch (error) {
    // In doubt, taken by a person, or not taken by the channel any more: people see the case.
    if (!(error instanceof AppError)) throw error;
    deps.log.info({ companyId, caseId, code: error.code }, 'the policy left a case to people');
  }
}

/** Asked for and approved in one transaction: the two people of the policy stand behind it. */
async function ask(tx: Tx, deps: PaymentDeps, caseId: string): Promise<RefundAttempt | undefined> {
  const free = await freeCase(tx, caseId, 'in');
  const policy = await activePolicy(tx);
  if (!policy || free.locked.merchantAccountId === null) return undefined;
  const draft = await draftOfCase(tx, deps, free);
  const actor = systemActor(tx.companyId, '自动退款规则');
  const reason =
    free.locked.reason === 'second-payment' ? '重复付款，原路退回' : '支付关闭后到账，原路退回';
  const refundId = await recordRefund(tx, deps, { ...draft, policyId: policy.id, reason, actor });
  await approve(tx, deps, refundId, policy);
  return await beginAttempt(tx, deps, refundId);
}

async function approve(
  tx: Tx,
  deps: PaymentDeps,
  refundId: string,
  policy: RefundPolicy,
): Promise<void> {
  const at = deps.clock.now();
  const name = policy.decidedBy ?? '';
  const decidedBy = { id: policy.decidedById, name };
  await moveRefund(tx, refundId, { from: ['requested'], to: 'approved', at, decidedBy });
  await recordRefundChange(tx, at, {
    id: newId(at),
    refundId,
    attemptId: null,
    from: 'requested',
    to: 'approved',
    reason: 'approved',
    note: null,
    actor: name,
  });
}
