import { recordAudit } from '../../../platform/audit.ts';
import type { Deps } from '../../../platform/deps.ts';
import { billingErrors } from '../errors.ts';
import { prepareForBulk } from '../store/draft-store.ts';
import { deleteDraft, lockRun } from '../store/run-store.ts';
import { type RunCommand, wrongState } from './publish-run.ts';

/** Deletes a draft and its bills, which nobody has seen. @returns how many bills it had */
export function discardRun(deps: Pick<Deps, 'db' | 'clock'>, input: RunCommand): Promise<number> {
  return deps.db.transaction(input.companyId, async (tx) => {
    const run = await lockRun(tx, input.runId);
    if (!run) throw billingErrors.RUN_NOT_FOUND();
    if (run.state !== 'draft') throw wrongState(run.state, '放弃', 'discarded');
    await prepareForBulk(tx);
    const bills = await deleteDraft(tx, run.id);
    await recordAudit(tx, deps.clock, {
      actor: input.actor,
      action: 'billing.discard_run',
      subjectKind: 'bill_run',
      subjectId: run.id,
      detail: { communityId: run.communityId, month: run.month, bills },
    });
    return bills;
  });
}
