import type { Deps } from './deps.ts';
import { actingMerchant, type Order } from './records.ts';

/** Adds fen to what the merchant can pay refunds from, where that is limited. */
export function moveBalance({ records }: Pick<Deps, 'records'>, order: Order, fen: number): void {
  const merchant = actingMerchant(records, order);
  if (merchant?.balanceFen === undefined) return;
  const balanceFen = merchant.balanceFen + fen;
  records.merchants.set(merchant.mchid, { ...merchant, balanceFen });
}
