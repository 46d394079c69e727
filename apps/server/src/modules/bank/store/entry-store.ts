import type { BankEntryState } from '@wuye-pay/contract';
import type { Fen } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';
import type { Bilingual } from '../domain/wording.ts';

/** A row of an import whose money has landed, and where. */
export interface LandedRow {
  readonly rowId: string;
  readonly state: Exclude<BankEntryState, 'returned'>;
  readonly notPaymentKind: string | null;
  readonly unitId: string | null;
  readonly paymentId: string | null;
  readonly caseId: string | null;
  readonly reasons: readonly Bilingual[];
}

/**
 * Makes entries of rows that were put aside, and takes the rows away. An entry that is there
 * already stays as it is.
 * @returns how many entries are new
 */
export async function landRows(tx: Tx, landed: readonly LandedRow[], at: Date): Promise<number> {
  const of = <T>(pick: (row: LandedRow) => T) => landed.map(pick);
  const made = await tx.run(sql`
    insert into bank.entry (company_id, id, account_id, import_id, row_no, booked_on, direction,
      amount_fen, balance_fen, is_reversal, bank_reference, end_to_end_id, sub_account,
      counterparty_masked, counterparty_account_masked, counterparty_bank, counterparty_index,
      name_index, text_shown, sealed, state, not_payment_kind, unit_id, payment_id, case_id,
      reasons, imported_at)
    select r.company_id, r.entry_id, i.account_id, r.import_id, r.row_no, r.booked_on, r.direction,
      r.amount_fen, r.balance_fen, r.is_reversal, r.bank_reference, r.end_to_end_id, r.sub_account,
      r.counterparty_masked, r.counterparty_account_masked, r.counterparty_bank,
      r.counterparty_index, r.name_index, r.text_shown, r.sealed, l.state, l.not_payment_kind,
      l.unit_id, l.payment_id, l.case_id, l.reasons, ${at}
    from bank.import_row as r
    join bank.import as i on i.company_id = r.company_id and i.id = r.import_id
    join unnest(${of(({ rowId }) => rowId)}::uuid[], ${of(({ state }) => state)}::text[],
      ${of((row) => row.notPaymentKind)}::text[], ${of(({ unitId }) => unitId)}::uuid[],
      ${of(({ paymentId }) => paymentId)}::uuid[], ${of(({ caseId }) => caseId)}::uuid[],
      ${of(({ reasons }) => JSON.stringify(reasons))}::jsonb[])
      as l (row_id, state, not_payment_kind, unit_id, payment_id, case_id, reasons)
      on l.row_id = r.id
    where r.company_id = ${tx.companyId} and r.id = any (${of(({ rowId }) => rowId)}::uuid[])
    on conflict (company_id, id) do nothing`);
  await tx.run(sql`
    delete from bank.import_row
    where company_id = ${tx.companyId} and id = any (${of(({ rowId }) => rowId)}::uuid[])`);
  return made;
}

export interface NewMatch {
  readonly id: string;
  readonly caseId: string;
  readonly unitId: string;
  readonly paymentId: string;
  readonly amountFen: Fen;
  readonly matchedBy: string;
  readonly matchedAt: Date;
}

/** Notes what money of a case settled, for the entry that it is of. Told twice, it is noted once. */
export async function recordMatch(tx: Tx, made: NewMatch): Promise<void> {
  await tx.run(sql`
    insert into bank.match (company_id, id, entry_id, unit_id, payment_id, amount_fen, matched_by,
      matched_at)
    select e.company_id, ${made.id}, e.id, ${made.unitId}, ${made.paymentId}, ${made.amountFen},
      ${made.matchedBy}, ${made.matchedAt}
    from bank.entry as e
    where e.company_id = ${tx.companyId} and e.case_id = ${made.caseId}
    on conflict (company_id, id) do nothing`);
}
