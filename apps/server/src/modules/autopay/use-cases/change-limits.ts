import type { Fen } from '@wuye-pay/money';
import type { ResidentActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { monthOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { Mandate } from '../domain/mandate.ts';
import { autopayErrors } from '../errors.ts';
import { openDebitOf, usedInMonth } from '../store/debit-store.ts';
import { record } from '../store/log-store.ts';
import { lockMandate, planAgainAt, setLimits } from '../store/mandate-store.ts';
import { dropOpenDebit } from './mandate-steps.ts';

interface OfMandate {
  readonly actor: ResidentActor;
  readonly mandateId: string;
}

/**
 * Lowers the limits, or raises them up to what was signed. A planned debit that no longer fits is
 * called off. @throws AUTOPAY_NOT_FOUND, AUTOPAY_OVER, AUTOPAY_RAISE, AUTOPAY_LIMITS_WRONG
 */
export async function changeLimits(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: OfMandate & { readonly limitDebitFen: Fen; readonly limitMonthFen: Fen },
): Promise<void> {
  const { actor, mandateId, limitDebitFen, limitMonthFen } = input;
  if (limitDebitFen > limitMonthFen) throw autopayErrors.AUTOPAY_LIMITS_WRONG();
  await deps.db.transaction(actor.companyId, async (tx) => {
    const mandate = await ownActive(tx, input);
    if (limitDebitFen > mandate.signedDebitFen || limitMonthFen > mandate.signedMonthFen) {
      throw autopayErrors.AUTOPAY_RAISE();
    }
    const at = deps.clock.now();
    await setLimits(tx, mandateId, { limitDebitFen, limitMonthFen });
    const detail = { debitFen: limitDebitFen, monthFen: limitMonthFen };
    await record(tx, { mandateId, kind: 'limits', actor: 'resident', detail, at });
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'autopay.change_limits',
      subjectKind: 'autopay_mandate',
      subjectId: mandateId,
      detail,
    });
    if (await isOpenDebitAbove(tx, mandateId, input)) {
      await dropOpenDebit(tx, deps, mandateId, 'over-limit');
    }
    await planAgainAt(tx, mandateId, at);
  });
}

async function isOpenDebitAbove(
  tx: Tx,
  mandateId: string,
  limits: { readonly limitDebitFen: Fen; readonly limitMonthFen: Fen },
): Promise<boolean> {
  const debit = await openDebitOf(tx, mandateId);
  if (!debit || debit.state === 'started') return false;
  if (debit.amountFen > limits.limitDebitFen) return true;
  const used = await usedInMonth(tx, { mandateId, month: monthOf(debit.debitOn) });
  return used > limits.limitMonthFen;
}

async function ownActive(tx: Tx, { actor, mandateId }: OfMandate): Promise<Mandate> {
  const mandate = await lockMandate(tx, mandateId);
  if (mandate?.accountId !== actor.id) throw autopayErrors.AUTOPAY_NOT_FOUND();
  if (mandate.state !== 'active') throw autopayErrors.AUTOPAY_OVER();
  return mandate;
}
