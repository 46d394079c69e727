import { invoicingErrors, type ReceiptToday, verifyReceipt } from '../../invoicing/index.ts';
import { shortCodeOf } from '../domain/room-link.ts';
import type { CashierDeps } from '../doors.ts';

/** The receipt with a code, whoever asks. @throws RECEIPT_UNKNOWN */
export async function checkReceipt(deps: CashierDeps, code: string): Promise<ReceiptToday> {
  const shortCode = shortCodeOf(code);
  const company = shortCode && (await deps.doors.companyByShortCode(deps, shortCode));
  if (!company) throw invoicingErrors.RECEIPT_UNKNOWN();
  return await verifyReceipt(deps, { companyId: company.companyId, code });
}
