import { type Fen, fen } from '@wuye-pay/money';
import type { Tx } from '../../../platform/database/index.ts';
import type { LockedBill } from '../../billing/index.ts';
import { lockOrMakeBalance, settingOf } from '../../prepayment/index.ts';
import { paymentErrors } from '../errors.ts';
import { type HeldPayment, type PaidUnit, unitsOf } from '../queries/held-payment.ts';
import { openTopUp } from '../queries/open-top-up.ts';
import type { NewAllocation } from '../store/payment-store.ts';
import type { OpenInput } from './open-input.ts';
import { checkAmount, lockWanted } from './payable-bills.ts';

export interface CartWish
  extends Pick<
    OpenInput,
    'unitId' | 'furtherUnitIds' | 'billIds' | 'partsFen' | 'topUpFen' | 'amountFen' | 'source'
  > {
  readonly payer: { readonly key: string };
}

/** What a payment is to be for, locked: bills of one or several homes, or money paid ahead. */
export interface Cart {
  readonly bills: readonly LockedBill[];
  readonly lines: readonly NewAllocation[];
  readonly topUpFen: Fen;
  readonly amountFen: Fen;
  /** The home that the payment is filed under comes first. */
  readonly units: readonly PaidUnit[];
  /** Payments in progress in its way; of money paid ahead only the payer's own, the same again. */
  readonly holders: readonly HeldPayment[];
}

/**
 * @throws BILLS_NOT_PAYABLE, BILLS_OF_ANOTHER_UNIT, TOO_MANY_BILLS, PART_TOO_LARGE,
 *   PART_NOT_ALLOWED, DESK_AMOUNT_DIFFERS, TOP_UP_ALONE
 */
export async function lockCart(tx: Tx, input: CartWish): Promise<Cart> {
  const topUpFen = input.topUpFen ?? fen(0);
  if (topUpFen > 0) {
    if (input.billIds.length > 0) throw paymentErrors.TOP_UP_ALONE();
    return await lockTopUp(tx, input, topUpFen);
  }
  await checkParts(tx, input);
  const { bills, lines, amountFen, holders } = await lockWanted(tx, input);
  if (input.amountFen !== undefined) checkAmount(amountFen, input.amountFen);
  // Homes that no bill is of are none of the payment's.
  const own = new Set(bills.map(({ unitId }) => unitId));
  const wanted = [input.unitId, ...(input.furtherUnitIds ?? [])].filter((id) => own.has(id));
  const units = await unitsOf(tx, wanted);
  return { bills, lines, amountFen, holders, units, topUpFen };
}

async function checkParts(tx: Tx, { partsFen, source }: CartWish): Promise<void> {
  if (source !== 'resident' || !partsFen || partsFen.size === 0) return;
  const { allowsPart } = await settingOf(tx);
  if (!allowsPart) throw paymentErrors.PART_NOT_ALLOWED();
}

/** Whoever begins the same at once waits at the balance, and then finds the other's order. */
async function lockTopUp(tx: Tx, input: CartWish, topUpFen: Fen): Promise<Cart> {
  if (input.amountFen !== undefined) checkAmount(topUpFen, input.amountFen);
  const units = await unitsOf(tx, [input.unitId]);
  const [unit] = units;
  if (!unit) throw paymentErrors.BILLS_OF_ANOTHER_UNIT();
  await lockOrMakeBalance(tx, unit);
  const same = await openTopUp(tx, { ...unit, payerKey: input.payer.key, topUpFen });
  const holders = same ? [same] : [];
  return { bills: [], lines: [], amountFen: topUpFen, topUpFen, units, holders };
}
