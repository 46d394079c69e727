import { fen } from '@wuye-pay/money';
import { startOfDay } from '../../../platform/clock.ts';
import { orderNoOf } from '../../../platform/id.ts';
import type { Transfer } from '../../payment/index.ts';
import type { Verdict } from '../domain/find-unit.ts';
import type { Company } from '../queries/company.ts';
import type { RowToBook } from '../queries/import-rows.ts';

/** A row with what was found out about it. */
export interface BookedRow {
  readonly row: RowToBook;
  /** Why it is no payment; null when it is one, or is a debit. */
  readonly notPaymentKind: string | null;
  /** null: it is no payment, or in the books already. */
  readonly verdict: Verdict | null;
}

/** The row as payment knows it: what the statement says, personal data masked. */
export function transferOf(row: RowToBook, accountId: string, company: Company): Transfer {
  const { entryId, bookedOn, amountFen, bankReference, counterpartyMasked, textShown } = row;
  return {
    entryId,
    bankAccountId: accountId,
    orderNo: orderNoOf(company.shortCode, entryId),
    tradeNo: bankReference ?? entryId,
    amountFen: fen(amountFen),
    paidAt: startOfDay(bookedOn, company.timeZone),
    body: JSON.stringify({
      bookedOn,
      amountFen,
      bankReference,
      counterparty: counterpartyMasked,
      text: textShown,
      row: row.rowNo,
    }),
  };
}
