import { fen } from '@wuye-pay/money';
import type { ResidentActor } from '../../../platform/actor.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { type Home, homesOf, requireHome } from '../../resident/index.ts';
import { type CartBody, type ChosenCart, cartOf, checkedItems } from '../domain/cart.ts';
import { checkoutErrors } from '../errors.ts';
import { chosenBills } from '../queries/chosen-bills.ts';

/**
 * What a cart names, for homes of the asker only. A bill of somebody else's home answers like one
 * that does not exist. @throws CART_WRONG, CART_CHANGED, HOME_NOT_BOUND
 */
export async function resolveCart(
  tx: Tx,
  actor: ResidentActor,
  body: CartBody,
): Promise<ChosenCart> {
  const items = checkedItems(body);
  if (!items) throw checkoutErrors.CART_WRONG();
  if (body.topUp) {
    const { unitId, communityId } = await requireHome(tx, actor, body.topUp.unitId);
    const amountFen = fen(body.topUp.amountFen);
    return cartOf([], new Map(), { unitId, communityId, amountFen });
  }
  const [homes, known] = await Promise.all([
    homesOf(tx, actor.id),
    chosenBills(
      tx,
      items.map(({ billId }) => billId),
    ),
  ]);
  const own = new Set(homes.map(({ unitId }: Home) => unitId));
  const isOwn = ({ billId }: { billId: string }) => own.has(known.get(billId)?.unitId ?? '');
  if (!items.every(isOwn)) throw checkoutErrors.CART_CHANGED();
  return cartOf(items, known, undefined);
}
