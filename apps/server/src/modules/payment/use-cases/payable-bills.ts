import { type Fen, fen, sum, yuanText } from '@wuye-pay/money';
import type { Tx } from '../../../platform/database/index.ts';
import { type LockedBill, lockPayableBills } from '../../billing/index.ts';
import { paymentErrors } from '../errors.ts';
import { maxBills } from '../limits.ts';
import { type HeldPayment, heldPayment } from '../queries/held-payment.ts';

export interface Wanted {
  readonly unitId: string;
  readonly billIds: readonly string[];
}

export interface Payable {
  readonly bills: readonly LockedBill[];
  readonly amountFen: Fen;
  /** Payments in progress that hold some of the bills. */
  readonly holders: readonly HeldPayment[];
}

/**
 * Locks the bills in key order and checks that they can be paid whole, by whomever.
 * @throws BILLS_NOT_PAYABLE, BILLS_OF_ANOTHER_UNIT, TOO_MANY_BILLS
 */
export async function lockWanted(tx: Tx, { unitId, billIds }: Wanted): Promise<Payable> {
  const unique = [...new Set(billIds)];
  if (unique.length === 0) throw paymentErrors.BILLS_NOT_PAYABLE();
  if (unique.length > maxBills) {
    throw paymentErrors.TOO_MANY_BILLS({ values: { most: maxBills } });
  }
  const bills = await lockPayableBills(tx, unique);
  if (bills.some((bill) => bill.unitId !== unitId)) throw paymentErrors.BILLS_OF_ANOTHER_UNIT();
  if (bills.length < unique.length || bills.some(({ openFen }) => openFen <= 0)) {
    throw paymentErrors.BILLS_NOT_PAYABLE();
  }
  return {
    bills,
    amountFen: sum(bills.map(({ openFen }) => openFen)),
    holders: await holdersOf(tx, bills),
  };
}

/** What was told to the payer must be what the bills come to now. @throws DESK_AMOUNT_DIFFERS */
export function checkAmount({ amountFen }: Payable, toldFen: number): void {
  if (toldFen === amountFen) return;
  throw paymentErrors.DESK_AMOUNT_DIFFERS({
    values: { expected: yuanText(amountFen), given: yuanText(fen(toldFen)) },
  });
}

/** A hold whose payment has ended holds nothing. */
async function holdersOf(tx: Tx, bills: readonly LockedBill[]): Promise<HeldPayment[]> {
  const ids = new Set(bills.flatMap(({ hold }) => (hold ? [hold.paymentId] : [])));
  const found = await Promise.all([...ids].map((id) => heldPayment(tx, id)));
  return found.flatMap((payment) => (payment?.state === 'open' ? [payment] : []));
}
