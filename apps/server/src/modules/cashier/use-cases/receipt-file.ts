import { platformErrors } from '../../../platform/errors.ts';
import type { SentFile } from '../../../platform/http/index.ts';
import { drawReceipt, issueReceipt } from '../../invoicing/index.ts';
import type { CashierDeps } from '../doors.ts';
import type { Look } from '../page/document.ts';
import { type FollowInput, ownPayment } from './follow-payment.ts';

/** The receipt of a payer's own payment, to keep. @throws NOT_FOUND, RECEIPT_NOT_YET */
export async function receiptFile(
  deps: CashierDeps,
  input: FollowInput & { readonly look: Look; readonly format: 'pdf' | 'png' },
): Promise<SentFile> {
  const found = await ownPayment(deps, input);
  if (!found) throw platformErrors.NOT_FOUND();
  const { paymentId, payerKey } = found.payment;
  const receipt = await deps.db.transaction(found.home.companyId, (tx) =>
    issueReceipt(tx, deps, { paymentId, by: { kind: 'payer', id: payerKey } }),
  );
  const { format, look } = input;
  return await drawReceipt(deps, { receipt, language: look.language, format });
}
