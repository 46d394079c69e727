import type { PrepaymentDetail, PrepaymentMovement } from '@wuye-pay/contract';
import { fen, yuanAmount } from '@wuye-pay/money';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { platformErrors } from '../../../platform/errors.ts';
import { setUsesItself } from '../../prepayment/index.ts';
import type { CheckoutDeps } from '../deps.ts';
import { ceilingWarning } from '../domain/top-up.ts';
import { movementsOf } from '../queries/movements.ts';
import { unitPlace } from '../queries/unit-place.ts';
import { topUpFacts } from './top-up-options.ts';

interface UnitInput {
  readonly actor: StaffActor;
  readonly unitId: string;
}

/** A unit's balance with what decides about it, for staff. @throws NOT_FOUND */
export async function unitBalance(
  deps: CheckoutDeps,
  { actor, unitId }: UnitInput,
): Promise<PrepaymentDetail> {
  return await deps.db.read(actor.companyId, (tx) => detailOf(tx, actor, unitId));
}

/** Every change of a unit's balance, for staff. @throws NOT_FOUND */
export async function unitMovements(
  deps: CheckoutDeps,
  input: UnitInput & { readonly after?: string; readonly limit?: number },
): Promise<{ items: PrepaymentMovement[]; next: string | null }> {
  const { actor, ...query } = input;
  return await deps.db.read(actor.companyId, async (tx) => {
    if (!(await unitPlace(tx, query.unitId))) throw platformErrors.NOT_FOUND();
    return await movementsOf(tx, query);
  });
}

export async function switchUseFor(
  deps: CheckoutDeps,
  { actor, unitId, usesItself }: UnitInput & { readonly usesItself: boolean },
): Promise<PrepaymentDetail> {
  return await deps.db.transaction(actor.companyId, async (tx) => {
    const place = await unitPlace(tx, unitId);
    if (!place) throw platformErrors.NOT_FOUND();
    await setUsesItself(tx, { unitId, communityId: place.communityId, usesItself });
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'prepayment.switch_use',
      subjectKind: 'unit',
      subjectId: unitId,
      detail: { usesItself },
    });
    return await detailOf(tx, actor, unitId);
  });
}

async function detailOf(tx: Tx, actor: StaffActor, unitId: string): Promise<PrepaymentDetail> {
  const place = await unitPlace(tx, unitId);
  if (!place) throw platformErrors.NOT_FOUND();
  const facts = await topUpFacts(tx, unitId);
  const { balanceFen, reservedFen, usesItself, openFen, monthlyFen } = facts;
  const over = ceilingWarning(facts, fen(0));
  return {
    unitId,
    ...place,
    ...{ balanceFen, reservedFen, usesItself, openFen },
    monthlyFen: monthlyFen ?? null,
    warnings: over ? [over] : [],
    allowedActions: actionsOf(actor, facts),
  };
}

type Action = PrepaymentDetail['allowedActions'][number];

function actionsOf(
  { permissions }: StaffActor,
  facts: { readonly balanceFen: number; readonly reservedFen: number; readonly openFen: number },
): Action[] {
  const no = (action: Action['action'], zh: string, en: string): Action => ({
    action,
    allowed: false,
    reason: { zh, en },
  });
  if (!permissions.has('prepayment.write')) {
    const words = [
      '您没有此项权限，请联系管理员',
      'You do not have this permission; please ask the administrator',
    ] as const;
    return [no('use', ...words), no('switch', ...words)];
  }
  const freeFen = facts.balanceFen - facts.reservedFen;
  const open = yuanAmount(fen(facts.openFen));
  const use: Action =
    freeFen <= 0
      ? no('use', '没有可用的预存余额', 'There is no balance to use')
      : facts.openFen === 0
        ? no('use', '没有未缴账单', 'There is no open bill')
        : { action: 'use', allowed: true, reason: { zh: `未缴 ${open}`, en: `${open} open` } };
  return [use, { action: 'switch', allowed: true, reason: null }];
}
