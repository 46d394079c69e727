import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { postTransfers } from '../../ledger/index.ts';
import { billingErrors } from '../errors.ts';
import { type Blockers, heldBillsOf, paidBillsOf, totalsOf } from '../queries/run-figures.ts';
import { prepareForBulk } from '../store/draft-store.ts';
import { lockRun, lockRunBills, markVoided, voidBills } from '../store/run-store.ts';
import { type RunCommand, wrongState } from './publish-run.ts';
import { voidTransfers } from './run-postings.ts';
import { returnToBalances } from './settle-from-balance.ts';

/**
 * Takes back a published run of which nobody has paid a bill and no payment holds one. The bills
 * stay, void; what was posted is reversed, and what they took out of balances goes back there. The
 * periods can be billed again.
 */
export function voidRun(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: RunCommand & { readonly reason: string },
): Promise<void> {
  return deps.db.transaction(input.companyId, async (tx) => {
    const run = await lockRun(tx, input.runId);
    if (!run) throw billingErrors.RUN_NOT_FOUND();
    if (run.state === 'voided') return;
    if (run.state !== 'published') throw wrongState(run.state, '作废', 'voided');
    await prepareForBulk(tx);
    await lockRunBills(tx, run.id);
    await refuseWhenTouched(tx, run.id);
    const at = deps.clock.now();
    const transfers = voidTransfers(run.communityId, await totalsOf(tx, run.id));
    if (transfers.length === 0) throw billingErrors.RUN_BILLS_ALL_VOID();
    await returnToBalances(tx, deps, { runId: run.id, actor: input.actor.name });
    const bills = await voidBills(tx, run.id);
    await postTransfers(tx, deps, {
      key: `void:${run.id}`,
      kind: 'billing.void',
      sourceId: run.id,
      postedAt: at,
      transfers,
    });
    await markVoided(tx, { runId: run.id, at, by: input.actor.name, reason: input.reason });
    await recordAudit(tx, deps.clock, {
      actor: input.actor,
      action: 'billing.void_run',
      subjectKind: 'bill_run',
      subjectId: run.id,
      detail: { bills, reason: input.reason },
    });
  });
}

/** Under the locks of all bills: a payment that came first is seen here, a later one finds none. */
async function refuseWhenTouched(tx: Tx, runId: string): Promise<void> {
  const [paid, held] = await Promise.all([paidBillsOf(tx, runId), heldBillsOf(tx, runId)]);
  if (paid.count > 0) throw billingErrors.RUN_BILLS_PAID({ values: valuesOf(paid) });
  if (held.count > 0) throw billingErrors.RUN_BILLS_HELD({ values: valuesOf(held) });
}

function valuesOf({ count, examples }: Blockers): { count: number; examples: string } {
  return { count, examples: examples.join('、') };
}
