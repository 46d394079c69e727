import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { reach } from '../checkpoints.ts';
import { type AutopayDeps, type AutopayInputDeps, withMandates } from '../deps.ts';
import { autopayErrors } from '../errors.ts';
import { lockMandate } from '../store/mandate-store.ts';
import { followMandate } from './follow-mandates.ts';
import { stopWithin } from './mandate-steps.ts';

export interface StopInput {
  readonly actor: Actor;
  readonly mandateId: string;
  /** Residents stop their own; staff any, with a reason. */
  readonly by: 'resident' | 'staff';
  readonly note: string | null;
}

/**
 * Stops a mandate at once: from the commit on no debit starts. Then the channel is told; what it
 * does not confirm is asked and told again. Repeatable.
 * @returns the debit that the channel was already asked for, if there is one
 * @throws AUTOPAY_NOT_FOUND
 */
export async function stopAutopay(
  input: AutopayInputDeps,
  { actor, mandateId, by, note }: StopInput,
): Promise<string | undefined> {
  const deps = withMandates(input);
  const { companyId } = actor;
  const started = await deps.db.transaction(companyId, async (tx) => {
    const mandate = await lockMandate(tx, mandateId);
    if (!mandate || (by === 'resident' && mandate.accountId !== actor.id)) {
      throw autopayErrors.AUTOPAY_NOT_FOUND();
    }
    if (mandate.state === 'stopping' || mandate.state === 'ended') return undefined;
    const who = by === 'staff' ? `staff:${actor.name}` : 'resident';
    const stillUnderWay = await stopWithin(tx, deps, { mandateId, by, actor: who, note });
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'autopay.stop_mandate',
      subjectKind: 'autopay_mandate',
      subjectId: mandateId,
      detail: { note },
    });
    return stillUnderWay;
  });
  reach(deps, 'autopay.stop.committed');
  await tellChannelNow(deps, { companyId, mandateId });
  return started;
}

/** Who stopped need not wait for a channel that is away: the job goes on telling it. */
async function tellChannelNow(
  deps: AutopayDeps,
  of: { readonly companyId: string; readonly mandateId: string },
): Promise<void> {
  try {
    await followMandate(deps, of);
  } catch (error) {
    deps.log.warn({ err: error, ...of }, 'the channel was not told of a stop yet');
  }
}
