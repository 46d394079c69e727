import type { ResidentActor } from '../../../platform/actor.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { instantOf } from '../domain/calendar.ts';
import type { Mandate } from '../domain/mandate.ts';
import { autopayErrors } from '../errors.ts';
import { debitHours } from '../limits.ts';
import { companyOf } from '../queries/company.ts';
import { messageAcceptedAt } from '../queries/message.ts';
import { type Debit, endDebit, lockDebit, openDebitOf, reopenDebit } from '../store/debit-store.ts';
import { record } from '../store/log-store.ts';
import { lockMandate, planAgainAt } from '../store/mandate-store.ts';
import { noticeId } from './tell-payer.ts';

interface OfDebit {
  readonly actor: ResidentActor;
  readonly mandateId: string;
  readonly debitId: string;
}

/**
 * Leaves out one debit; its bills are the payer's own affair. Possible until it starts. Again is
 * the same. @throws AUTOPAY_NOT_FOUND, AUTOPAY_DEBIT_STARTED
 */
export async function skipDebit(deps: Pick<Deps, 'db' | 'clock'>, of: OfDebit): Promise<void> {
  const { mandateId, debitId } = of;
  await deps.db.transaction(of.actor.companyId, async (tx) => {
    const { debit } = await ownDebit(tx, of);
    if (debit.state === 'skipped') return;
    if (debit.state !== 'planned' && debit.state !== 'announced') {
      throw autopayErrors.AUTOPAY_DEBIT_STARTED();
    }
    const at = deps.clock.now();
    await endDebit(tx, debitId, { state: 'skipped', at, code: null });
    await record(tx, { mandateId, debitId, kind: 'skipped', actor: 'resident', at });
    await planAgainAt(tx, mandateId, at);
  });
}

/**
 * Takes back a skip. Until another debit is planned, or its day is over, it is the same debit with
 * the same notice; else its bills come with a later one. Again is the same.
 * @throws AUTOPAY_NOT_FOUND, AUTOPAY_OVER, AUTOPAY_NOT_SKIPPED
 */
export async function unskipDebit(deps: Pick<Deps, 'db' | 'clock'>, of: OfDebit): Promise<void> {
  const { mandateId, debitId } = of;
  await deps.db.transaction(of.actor.companyId, async (tx) => {
    const { mandate, debit } = await ownDebit(tx, of);
    if (debit.state === 'planned' || debit.state === 'announced') return;
    if (mandate.state !== 'active') throw autopayErrors.AUTOPAY_OVER();
    if (debit.state !== 'skipped') throw autopayErrors.AUTOPAY_NOT_SKIPPED();
    const at = deps.clock.now();
    const { timeZone } = await companyOf(tx);
    const isInTime = at < instantOf(debit.debitOn, debitHours.to, timeZone);
    if (isInTime && !(await openDebitOf(tx, mandateId))) {
      // It may have been taken while the debit was skipped.
      const noticedAt = (await messageAcceptedAt(tx, noticeId(debitId))) ?? null;
      await reopenDebit(tx, debitId, { at, noticedAt });
    } else {
      await endDebit(tx, debitId, { state: 'dropped', at, code: 'unskipped' });
      await planAgainAt(tx, mandateId, at);
    }
    await record(tx, { mandateId, debitId, kind: 'unskipped', actor: 'resident', at });
  });
}

/** Locked, the mandate first. */
async function ownDebit(
  tx: Tx,
  { actor, mandateId, debitId }: OfDebit,
): Promise<{ mandate: Mandate; debit: Debit }> {
  const mandate = await lockMandate(tx, mandateId);
  const debit = await lockDebit(tx, debitId);
  if (mandate?.accountId !== actor.id || debit?.mandateId !== mandateId) {
    throw autopayErrors.AUTOPAY_NOT_FOUND();
  }
  return { mandate, debit };
}
