import type { ResidentActor, StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { platformErrors } from '../../../platform/errors.ts';
import { newId } from '../../../platform/id.ts';
import { once } from '../../../platform/idempotency.ts';
import { settleFromBalances } from '../../billing/index.ts';
import type { Limiter } from '../../cashier/index.ts';
import { type BalancePaid, payFromBalance } from '../../payment/index.ts';
import { balanceOf } from '../../prepayment/index.ts';
import type { CheckoutDeps } from '../deps.ts';
import { payerKeyOf } from '../domain/payer-key.ts';
import { checkoutErrors } from '../errors.ts';
import { unitPlace } from '../queries/unit-place.ts';
import { requireInside } from './top-up-options.ts';

export interface UseInput {
  readonly actor: ResidentActor;
  readonly unitId: string;
  readonly items: readonly { readonly billId: string; readonly amountFen?: number }[];
  /** What the app showed. */
  readonly amountFen: number;
  readonly idempotencyKey: string;
}

/**
 * Pays bills of one's home out of what it has paid ahead.
 * @throws what payFromBalance throws, CART_WRONG, CHECKOUT_TOO_OFTEN, HOME_NOT_BOUND
 */
export async function useBalance(
  deps: CheckoutDeps,
  using: Limiter,
  { actor, unitId, items, amountFen, idempotencyKey }: UseInput,
): Promise<BalancePaid> {
  const { companyId } = actor;
  const key = payerKeyOf(actor.id);
  if (!using.allows(key)) throw checkoutErrors.CHECKOUT_TOO_OFTEN();
  const billIds = items.map(({ billId }) => billId);
  if (new Set(billIds).size !== billIds.length) throw checkoutErrors.CART_WRONG();
  await deps.db.read(companyId, (tx) => requireInside(tx, actor, unitId));
  const partsFen = new Map(
    items.flatMap((item) => (item.amountFen === undefined ? [] : [[item.billId, item.amountFen]])),
  );
  const by = { key, name: actor.name };
  return await payFromBalance(deps, {
    ...{ companyId, unitId, billIds, partsFen, amountFen, by, idempotencyKey },
  });
}

/** Staff settle what is open out of a unit's balance, oldest first, as publishing does. */
export async function useBalanceFor(
  deps: CheckoutDeps,
  input: { readonly actor: StaffActor; readonly unitId: string; readonly idempotencyKey: string },
): Promise<BalancePaid> {
  const { actor, unitId, idempotencyKey: key } = input;
  const scope = 'prepayment.use-for';
  return await deps.db.transaction(actor.companyId, (tx) =>
    once(tx, deps.clock, { scope, key, request: { unitId, by: actor.id } }, async () => {
      if (!(await unitPlace(tx, unitId))) throw platformErrors.NOT_FOUND();
      const use = {
        sourceId: newId(deps.clock.now()),
        reason: 'by-hand',
        actor: actor.name,
      } as const;
      const usedFen = await settleFromBalances(tx, deps, {
        ...use,
        unitIds: [unitId],
        onlyAuto: false,
      });
      await recordAudit(tx, deps.clock, {
        actor,
        action: 'prepayment.use',
        subjectKind: 'unit',
        subjectId: unitId,
        detail: { usedFen },
      });
      const balances = await balanceOf(tx, [unitId]);
      return { usedFen, balanceFen: balances.get(unitId)?.balanceFen ?? usedFen };
    }),
  );
}
