import type { CheckoutPlan, CheckoutWay, OpenBills } from '@wuye-pay/contract';
import type { Chosen, ChosenItem } from './selection.ts';

/** Bills to pay, or money to pay ahead for a home. */
export type Cart =
  | {
      readonly items: readonly ChosenItem[];
      /** Of the home that was scanned, where the reader has no access to it. */
      readonly roomCode?: string;
    }
  | { readonly topUp: { readonly unitId: string; readonly amountFen: number } };

export function cartOf({ opened }: Pick<OpenBills, 'opened'>, { items, unitIds }: Chosen): Cart {
  const isVisit = opened !== null && !opened.isBound && unitIds.includes(opened.unitId);
  return isVisit ? { items, roomCode: opened.roomCode } : { items };
}

/** What one payment of a way takes of the cart: all of it, or the bills of the first account. */
export function firstOf(
  cart: Cart,
  way: CheckoutWay,
): { cart: Cart; amountFen: number } | undefined {
  const [first] = way.payments;
  if (!first) return undefined;
  if ('topUp' in cart) return { cart, amountFen: first.amountFen };
  const items = cart.items.filter(({ billId }) => first.billIds.includes(billId));
  return { cart: { ...cart, items }, amountFen: first.amountFen };
}

/** The way that was taken last time if it is offered, else the best one. */
export function wayOf(plan: CheckoutPlan, preferred: string | undefined): CheckoutWay | undefined {
  return plan.ways.find(({ way }) => way === preferred) ?? plan.ways[0];
}

/** Whether the reader should see the ways and payments before the wallet's sheet opens. */
export function hasChoice(plan: CheckoutPlan, preferred: string | undefined): boolean {
  const way = wayOf(plan, preferred);
  if (!way || way.payments.length > 1 || way.unpayable.length > 0) return true;
  return plan.ways.length > 1 && way.way !== preferred;
}
