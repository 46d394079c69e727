import { type Fen, fen, sum, yuanText } from '@wuye-pay/money';
import type { Tx } from '../../../platform/database/index.ts';
import { type LockedBill, lockPayableBills } from '../../billing/index.ts';
import { paymentErrors } from '../errors.ts';
import { maxBills, maxUnits } from '../limits.ts';
import { type HeldPayment, heldPayment } from '../queries/held-payment.ts';
import type { NewAllocation } from '../store/payment-store.ts';

export interface Wanted {
  /** The home that the payment is filed under. */
  readonly unitId: string;
  /** Homes besides, whose bills are paid with it. */
  readonly furtherUnitIds?: readonly string[];
  readonly billIds: readonly string[];
  /** Bills of which only this much is to be paid, by id; the others whole. */
  readonly partsFen?: ReadonlyMap<string, number>;
}

/** Bills that others are paying: nothing is written, not even the key of the request. */
export class HeldByOthers extends Error {
  readonly paymentIds: readonly string[];

  constructor(holders: readonly HeldPayment[]) {
    super('other payments hold the bills');
    this.paymentIds = holders.map(({ id }) => id);
  }
}

export interface Payable {
  readonly bills: readonly LockedBill[];
  /** In the order of `bills`. */
  readonly lines: readonly NewAllocation[];
  readonly amountFen: Fen;
  /** Payments in progress that hold some of the bills. */
  readonly holders: readonly HeldPayment[];
}

/**
 * Locks the bills in key order and checks that they can be paid as wanted, by whomever.
 * @throws BILLS_NOT_PAYABLE, BILLS_OF_ANOTHER_UNIT, TOO_MANY_BILLS, PART_TOO_LARGE
 */
export async function lockWanted(tx: Tx, wanted: Wanted): Promise<Payable> {
  const { billIds, partsFen } = wanted;
  const unique = [...new Set(billIds)];
  const unitIds = new Set([wanted.unitId, ...(wanted.furtherUnitIds ?? [])]);
  if (unique.length === 0) throw paymentErrors.BILLS_NOT_PAYABLE();
  if (unique.length > maxBills || unitIds.size > maxUnits) {
    throw paymentErrors.TOO_MANY_BILLS({ values: { most: maxBills, homes: maxUnits } });
  }
  const bills = await lockPayableBills(tx, unique);
  if (bills.some((bill) => !unitIds.has(bill.unitId))) throw paymentErrors.BILLS_OF_ANOTHER_UNIT();
  if (bills.length < unique.length || bills.some(({ openFen }) => openFen <= 0)) {
    throw paymentErrors.BILLS_NOT_PAYABLE();
  }
  const lines = bills.map((bill) => lineOf(bill, partsFen?.get(bill.id)));
  return {
    bills,
    lines,
    amountFen: sum(lines.map(({ amountFen }) => amountFen)),
    holders: await holdersOf(tx, bills),
  };
}

function lineOf({ id, feeItemId, openFen }: LockedBill, partFen = openFen as number) {
  if (partFen > openFen) {
    const values = { open: yuanText(openFen), given: yuanText(fen(partFen)) };
    throw paymentErrors.PART_TOO_LARGE({ values });
  }
  if (partFen < 1) throw new RangeError(`a part of ${partFen} fen pays nothing`);
  return { billId: id, feeItemId, amountFen: fen(partFen) };
}

/** What was told to the payer must be what the bills come to now. @throws DESK_AMOUNT_DIFFERS */
export function checkAmount(amountFen: Fen, toldFen: number): void {
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
