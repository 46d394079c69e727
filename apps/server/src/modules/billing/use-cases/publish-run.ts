import { sum } from '@wuye-pay/money';
import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Deps } from '../../../platform/deps.ts';
import { publish } from '../../../platform/outbox/index.ts';
import { postTransfers } from '../../ledger/index.ts';
import { stateText } from '../domain/run-actions.ts';
import { billingErrors } from '../errors.ts';
import { totalsOf } from '../queries/run-figures.ts';
import { unitsThatPayAhead } from '../store/balance-bill-store.ts';
import { prepareForBulk } from '../store/draft-store.ts';
import { lockRun, markPublished } from '../store/run-store.ts';
import { issueTransfers } from './run-postings.ts';
import { settleFromBalances } from './settle-from-balance.ts';

export interface RunCommand {
  readonly companyId: string;
  readonly runId: string;
  readonly actor: Actor;
}

/**
 * Makes the bills of a draft visible and payable, and posts what was issued: one transfer a fee
 * item, under the key of the run. Units that paid ahead have their open bills settled out of it in
 * the same transaction. Publishing twice changes nothing.
 */
export function publishRun(deps: Pick<Deps, 'db' | 'clock'>, input: RunCommand): Promise<void> {
  return deps.db.transaction(input.companyId, async (tx) => {
    const run = await lockRun(tx, input.runId);
    if (!run) throw billingErrors.RUN_NOT_FOUND();
    if (run.state === 'published') return;
    if (run.state !== 'draft') throw wrongState(run.state, '发布', 'published');
    const at = deps.clock.now();
    await markPublished(tx, { runId: run.id, at, by: input.actor.name });
    // Before the postings: payments, too, lock bills before they touch accounts.
    await prepareForBulk(tx);
    const unitIds = await unitsThatPayAhead(tx, run);
    const totals = await totalsOf(tx, run.id);
    const use = { sourceId: run.id, reason: 'publish', actor: input.actor.name } as const;
    const usedFen = await settleFromBalances(tx, deps, { ...use, unitIds, onlyAuto: true });
    await postTransfers(tx, deps, {
      key: `issue:${run.id}`,
      kind: 'billing.issue',
      sourceId: run.id,
      postedAt: at,
      transfers: issueTransfers(run.communityId, totals),
    });
    await publish(tx, deps.clock, { topic: 'billing.published', payload: { runId: run.id } });
    await recordAudit(tx, deps.clock, {
      actor: input.actor,
      action: 'billing.publish_run',
      subjectKind: 'bill_run',
      subjectId: run.id,
      detail: {
        bills: run.billCount,
        amountFen: sum(totals.map((total) => total.amountFen)),
        ...(usedFen > 0 && { fromBalancesFen: usedFen }),
      },
    });
  });
}

export function wrongState(state: keyof typeof stateText, action: string, actionEn: string): Error {
  return billingErrors.RUN_STATE_WRONG({
    values: { state: stateText[state].zh, stateEn: stateText[state].en, action, actionEn },
  });
}
