import { invoicingErrors, type ReceiptToday, verifyReceipt } from '../../invoicing/index.ts';
import { paymentState } from '../../payment/index.ts';
import { shortCodeOf } from '../domain/room-link.ts';
import type { CashierDeps } from '../doors.ts';

/** The receipt with a code, whoever asks. @throws RECEIPT_UNKNOWN */
export async function checkReceipt(deps: CashierDeps, code: string): Promise<ReceiptToday> {
  return (await findReceipt(deps, code)).receipt;
}

export interface ReceiptPlace {
  readonly companyId: string;
  readonly shortCode: string;
  readonly unitId: string;
  readonly paymentId: string;
  readonly receiptNo: string;
}

/** The home that a receipt with a code is filed under. @throws RECEIPT_UNKNOWN */
export async function placeOfReceipt(deps: CashierDeps, code: string): Promise<ReceiptPlace> {
  const { company, receipt } = await findReceipt(deps, code);
  const { paymentId, receiptNo } = receipt;
  const payment = await deps.db.read(company.companyId, (tx) => paymentState(tx, paymentId));
  if (!payment) throw invoicingErrors.RECEIPT_UNKNOWN();
  return { ...company, unitId: payment.unitId, paymentId, receiptNo };
}

async function findReceipt(deps: CashierDeps, code: string) {
  const shortCode = shortCodeOf(code);
  const company = shortCode && (await deps.doors.companyByShortCode(deps, shortCode));
  if (!company) throw invoicingErrors.RECEIPT_UNKNOWN();
  const receipt = await verifyReceipt(deps, { companyId: company.companyId, code });
  return { company, receipt };
}
