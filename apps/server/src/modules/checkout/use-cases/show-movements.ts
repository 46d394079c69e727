import type { ResidentMovement } from '@wuye-pay/contract';
import type { ResidentActor } from '../../../platform/actor.ts';
import type { CheckoutDeps } from '../deps.ts';
import { movementsOf } from '../queries/movements.ts';
import { requireInside } from './top-up-options.ts';

/** Every change of the balance of one's home; who of the office did it is not told. */
export async function showMovements(
  deps: CheckoutDeps,
  input: {
    readonly actor: ResidentActor;
    readonly unitId: string;
    readonly after?: string;
    readonly limit?: number;
  },
): Promise<{ items: ResidentMovement[]; next: string | null }> {
  const { actor, ...query } = input;
  return await deps.db.read(actor.companyId, async (tx) => {
    await requireInside(tx, actor, query.unitId);
    const { items, next } = await movementsOf(tx, query);
    return { items: items.map(({ actor: _by, ...movement }) => movement), next };
  });
}
