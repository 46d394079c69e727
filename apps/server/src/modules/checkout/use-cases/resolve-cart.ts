import { fen } from '@wuye-pay/money';
import type { ResidentActor } from '../../../platform/actor.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { findHome } from '../../cashier/index.ts';
import { type Home, homesOf, requireHome } from '../../resident/index.ts';
import { type CartBody, type ChosenCart, cartOf, checkedItems } from '../domain/cart.ts';
import { checkoutErrors } from '../errors.ts';
import { chosenBills } from '../queries/chosen-bills.ts';

/**
 * What a cart names, for homes of the asker and the one whose printed code was scanned. A bill of
 * somebody else's home answers like one that does not exist.
 * @throws CART_WRONG, CART_CHANGED, HOME_NOT_BOUND, ROOM_CODE_UNKNOWN, ROOM_CODE_REPLACED
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
  const [homes, scanned, known] = await Promise.all([
    homesOf(tx, actor.id),
    body.roomCode === undefined ? undefined : findHome(tx, body.roomCode),
    chosenBills(
      tx,
      items.map(({ billId }) => billId),
    ),
  ]);
  const own = new Set(homes.map(({ unitId }: Home) => unitId));
  if (scanned) own.add(scanned.unitId);
  const isOwn = ({ billId }: { billId: string }) => own.has(known.get(billId)?.unitId ?? '');
  if (!items.every(isOwn)) throw checkoutErrors.CART_CHANGED();
  return cartOf(items, known, undefined);
}
