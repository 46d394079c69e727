import { readCheckedCode } from '../../../platform/checked-code.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { ReceiptToday } from '../domain/receipt.ts';
import { invoicingErrors } from '../errors.ts';
import { receiptByCode, settledLines } from '../queries/receipts.ts';
import { today } from './issue-receipt.ts';

/**
 * What the receipt with a code says, for whoever holds one. The code is read in any spelling of its
 * letters; its company was found by the short code at its beginning.
 * @throws RECEIPT_UNKNOWN
 */
export async function verifyReceipt(
  deps: Pick<Deps, 'db'>,
  input: { readonly companyId: string; readonly code: string },
): Promise<ReceiptToday> {
  const read = readCheckedCode(input.code);
  if (!read) throw invoicingErrors.RECEIPT_UNKNOWN();
  return await deps.db.read(input.companyId, async (tx) => {
    const receipt = await receiptByCode(tx, read.code);
    if (!receipt) throw invoicingErrors.RECEIPT_UNKNOWN();
    return today(receipt, await settledLines(tx, receipt.paymentId));
  });
}
