import { platformErrors } from '../../../platform/errors.ts';
import { openBillsOf } from '../../billing/index.ts';
import type { CashierDeps } from '../doors.ts';
import type { Content, Look } from '../page/document.ts';
import { receiptPage } from '../page/receipt-page.ts';
import { type FollowInput, ownPayment } from './follow-payment.ts';

/** The receipt of a payer's own payment. @throws NOT_FOUND */
export async function showReceipt(
  deps: CashierDeps,
  input: FollowInput & { readonly look: Look },
): Promise<Content> {
  const found = await ownPayment(deps, input);
  if (!found) throw platformErrors.NOT_FOUND();
  const { home, payment } = found;
  const paidAt = payment.paidAt ? instantText(payment.paidAt, home.company.timeZone) : undefined;
  const paymentNo = payment.orderNo ?? payment.paymentId;
  const open = await deps.db.read(home.companyId, (tx) => openBillsOf(tx, home.unitId));
  const paymentPath = `${home.view.path}/payments/${payment.paymentId}`;
  const { companyId } = home;
  const { paymentId, payerKey } = payment;
  const asked = { companyId, paymentId, payerKey, path: paymentPath };
  const question =
    payment.state === 'paid' ? await deps.doors.questionAfter(deps, asked, input.look) : undefined;
  const facts = { home: home.view, paidAt, paymentNo, paymentPath, openBills: open.length };
  return receiptPage({ ...payment, ...facts, question }, input.look);
}

/** "2026-11-24 18:00:05" in the company's time zone. */
function instantText(at: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return format.format(at);
}
