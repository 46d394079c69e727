import { sql, type Tx } from '../../../platform/database/index.ts';
import type { Receipt } from '../domain/receipt.ts';

/** The first one counts, however many ask at once. */
export async function insertReceipt(
  tx: Tx,
  receipt: Receipt & { readonly issuedBy: string },
): Promise<void> {
  await tx.run(sql`
    insert into invoicing.receipt (company_id, id, payment_id, receipt_no, check_code, amount_fen,
      facts, issued_at, issued_by)
    values (${tx.companyId}, ${receipt.id}, ${receipt.paymentId}, ${receipt.receiptNo},
      ${receipt.checkCode}, ${receipt.amountFen}, ${JSON.stringify(receipt.facts)},
      ${receipt.issuedAt}, ${receipt.issuedBy})
    on conflict do nothing`);
}
