import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { type Tx, violatedConstraint } from '../../../platform/database/index.ts';
import { channelsErrors } from '../errors.ts';
import { type ChannelDeps, forgetAccounts } from '../open-account.ts';
import { endChange, lockChange, type StoredChange } from '../store/change-request-store.ts';
import { applyChange } from './apply-change.ts';

interface Decision {
  readonly actor: StaffActor;
  readonly id: string;
}

/**
 * A second person says yes: the change is checked once more and written.
 * @throws CHANNEL_CHANGE_NOT_FOUND, CHANNEL_CHANGE_DECIDED, CHANNEL_CHANGE_OWN, and what the
 *   change itself throws when it does not fit any more
 */
export async function approveChange(deps: ChannelDeps, decision: Decision): Promise<void> {
  try {
    await deps.db.transaction(decision.actor.companyId, (tx) =>
      approveInside(deps, tx, { ...decision, isAlone: false }),
    );
  } catch (error) {
    const constraint = violatedConstraint(error);
    if (constraint === 'merchant_account_once_key') {
      throw channelsErrors.MERCHANT_ACCOUNT_EXISTS({ cause: error });
    }
    if (constraint === 'route_once_key') throw channelsErrors.ROUTE_EXISTS({ cause: error });
    throw error;
  }
  forgetAccounts(deps);
}

/** The same inside a transaction. `isAlone`: there is no second person in the company. */
export async function approveInside(
  deps: ChannelDeps,
  tx: Tx,
  { actor, id, isAlone }: Decision & { readonly isAlone: boolean },
): Promise<{ readonly subjectId: string | null }> {
  const change = await openOne(tx, id);
  if (!isAlone && change.proposedById === actor.id) throw channelsErrors.CHANNEL_CHANGE_OWN();
  const subjectId = await applyChange(deps, tx, { actor, change });
  const at = deps.clock.now();
  const end = { id, by: actor, at, note: null, isAlone, subjectId };
  await endChange(tx, { ...end, state: 'approved' });
  await audit(deps, tx, actor, change, 'channels.approve_change', { isAlone });
  return { subjectId };
}

/** A second person says no, and why. */
export async function rejectChange(
  deps: ChannelDeps,
  decision: Decision & { readonly reason: string },
): Promise<void> {
  const { actor, reason } = decision;
  await deps.db.transaction(actor.companyId, async (tx) => {
    const change = await openOne(tx, decision.id);
    if (change.proposedById === actor.id) throw channelsErrors.CHANNEL_CHANGE_OWN();
    await end(deps, tx, { actor, change, state: 'rejected', note: reason });
    await audit(deps, tx, actor, change, 'channels.reject_change', { reason });
  });
}

/** Whoever proposed it takes it back. */
export async function withdrawChange(deps: ChannelDeps, { actor, id }: Decision): Promise<void> {
  await deps.db.transaction(actor.companyId, async (tx) => {
    const change = await openOne(tx, id);
    if (change.proposedById !== actor.id) throw channelsErrors.CHANNEL_CHANGE_NOT_OWN();
    await end(deps, tx, { actor, change, state: 'withdrawn', note: null });
    await audit(deps, tx, actor, change, 'channels.withdraw_change', {});
  });
}

async function openOne(tx: Tx, id: string): Promise<StoredChange> {
  const change = await lockChange(tx, id);
  if (!change) throw channelsErrors.CHANNEL_CHANGE_NOT_FOUND();
  if (change.state !== 'open') throw channelsErrors.CHANNEL_CHANGE_DECIDED();
  return change;
}

async function end(
  deps: ChannelDeps,
  tx: Tx,
  input: {
    readonly actor: StaffActor;
    readonly change: StoredChange;
    readonly state: 'rejected' | 'withdrawn';
    readonly note: string | null;
  },
): Promise<void> {
  const { actor, change, state, note } = input;
  const at = deps.clock.now();
  await endChange(tx, {
    id: change.id,
    state,
    by: actor,
    at,
    note,
    isAlone: false,
    subjectId: null,
  });
}

async function audit(
  deps: ChannelDeps,
  tx: Tx,
  actor: StaffActor,
  { id, kind, title, subjectId }: StoredChange,
  action: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  await recordAudit(tx, deps.clock, {
    actor,
    action,
    subjectKind: 'channel-change',
    subjectId: id,
    detail: { kind, title, subjectId, ...detail },
  });
}
