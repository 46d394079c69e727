import type { AdjustmentKind } from '@wuye-pay/contract';
import { type Fen, fen, yuanText } from '@wuye-pay/money';
import type { AppError } from '../../../platform/errors.ts';
import { billingErrors } from '../errors.ts';

/** A bill as it stands under its lock. */
export interface AdjustableBill {
  readonly amountFen: Fen;
  readonly paidFen: Fen;
  readonly waivedFen: Fen;
  readonly isVoid: boolean;
  /** A payment is under way for it. */
  readonly isHeld: boolean;
}

export interface Change {
  readonly kind: AdjustmentKind;
  /** Of a waiver or a correction: by how much the bill becomes smaller. */
  readonly amountFen: number | undefined;
}

/**
 * By how much a bill would become smaller.
 * @throws BILL_VOID_ALREADY, BILL_HELD, BILL_SETTLED, BILL_PAID_IN_PART, BILL_REDUCED_BELOW_PAID,
 *   ADJUSTMENT_AMOUNT_MISSING
 */
export function reductionOf(bill: AdjustableBill, { kind, amountFen }: Change): Fen {
  if (bill.isVoid) throw billingErrors.BILL_VOID_ALREADY();
  // What the payer sees and what the channel was told would differ from the bill.
  if (bill.isHeld) throw billingErrors.BILL_HELD();
  const openFen = fen(bill.amountFen - bill.paidFen - bill.waivedFen);
  const refusal =
    kind === 'void' ? whyNotVoid(bill, openFen) : whyNotLess(bill, openFen, amountFen);
  if (refusal) throw refusal;
  return kind === 'void' ? openFen : fen(amountFen ?? 0);
}

function whyNotVoid(bill: AdjustableBill, openFen: Fen): AppError | undefined {
  if (bill.paidFen > 0) {
    return billingErrors.BILL_PAID_IN_PART({ values: { paid: yuanText(bill.paidFen) } });
  }
  return openFen === 0 ? billingErrors.BILL_SETTLED() : undefined;
}

function whyNotLess(
  bill: AdjustableBill,
  openFen: Fen,
  amountFen: number | undefined,
): AppError | undefined {
  if (amountFen === undefined) return billingErrors.ADJUSTMENT_AMOUNT_MISSING();
  if (openFen === 0) return billingErrors.BILL_SETTLED();
  if (amountFen <= openFen) return undefined;
  return billingErrors.BILL_REDUCED_BELOW_PAID({
    values: { paid: yuanText(bill.paidFen), open: yuanText(openFen) },
  });
}
