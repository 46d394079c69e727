import type { TopUpOptions } from '@wuye-pay/contract';
import { fen, sum } from '@wuye-pay/money';
import type { ResidentActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { platformErrors } from '../../../platform/errors.ts';
import { monthlyFees, openBillsOf } from '../../billing/index.ts';
import { balanceOf, settingOf, setUsesItself } from '../../prepayment/index.ts';
import { requireHome } from '../../resident/index.ts';
import type { CheckoutDeps } from '../deps.ts';
import { ceilingFenOf, leastTopUpFen, mostTopUpFen, offersOf } from '../domain/top-up.ts';

/** What decides what may sensibly be paid ahead for a unit. */
export async function topUpFacts(tx: Tx, unitId: string) {
  const [balances, open, monthlyFen, setting] = await Promise.all([
    balanceOf(tx, [unitId]),
    openBillsOf(tx, unitId),
    monthlyFees(tx, unitId),
    settingOf(tx),
  ]);
  const balance = balances.get(unitId);
  return {
    balanceFen: balance?.balanceFen ?? fen(0),
    reservedFen: balance?.reservedFen ?? fen(0),
    usesItself: balance?.usesItself ?? true,
    openFen: sum(open.map(({ openFen }) => openFen)),
    monthlyFen,
    ceiling: setting.ceiling,
    shortBalance: setting.shortBalance,
  };
}

interface HomeInput {
  readonly actor: ResidentActor;
  readonly unitId: string;
}

/** @throws HOME_NOT_BOUND; FORBIDDEN for a payer, who sees what is to be paid and nothing else */
export async function topUpOptions(
  deps: CheckoutDeps,
  { actor, unitId }: HomeInput,
): Promise<TopUpOptions> {
  return await deps.db.read(actor.companyId, async (tx) => {
    await requireInside(tx, actor, unitId);
    return await optionsOf(tx, unitId);
  });
}

/** Whether new bills of the home take its balance by themselves. */
export async function switchUse(
  deps: CheckoutDeps,
  { actor, unitId, usesItself }: HomeInput & { readonly usesItself: boolean },
): Promise<TopUpOptions> {
  return await deps.db.transaction(actor.companyId, async (tx) => {
    const { communityId } = await requireInside(tx, actor, unitId);
    await setUsesItself(tx, { unitId, communityId, usesItself });
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'prepayment.switch_use',
      subjectKind: 'unit',
      subjectId: unitId,
      detail: { usesItself },
    });
    return await optionsOf(tx, unitId);
  });
}

/** A home of the asker, of which they may see more than open bills. */
export async function requireInside(tx: Tx, actor: ResidentActor, unitId: string) {
  const home = await requireHome(tx, actor, unitId);
  if (home.role === 'payer') throw platformErrors.FORBIDDEN();
  return home;
}

async function optionsOf(tx: Tx, unitId: string): Promise<TopUpOptions> {
  const facts = await topUpFacts(tx, unitId);
  const { ceiling, monthlyFen, ...rest } = facts;
  const ceilingFen = ceilingFenOf(facts);
  return {
    ...rest,
    monthlyFen: monthlyFen ?? null,
    offers: offersOf(facts),
    leastFen: leastTopUpFen,
    mostFen: mostTopUpFen,
    ceiling: ceiling && ceilingFen !== undefined ? { ...ceiling, amountFen: ceilingFen } : null,
  };
}
