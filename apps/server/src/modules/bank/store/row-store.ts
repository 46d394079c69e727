import { sql, type Tx } from '../../../platform/database/index.ts';
import type { StatementEntry } from '../domain/entry.ts';
import type { RowProblem } from '../domain/statement/read-row.ts';

export interface StagedRow {
  readonly id: string;
  readonly entryId: string;
  readonly entry: StatementEntry;
  readonly counterpartyMasked: string;
  readonly counterpartyAccountMasked: string;
  readonly counterpartyIndex: Buffer | null;
  readonly nameIndex: Buffer | null;
  readonly textShown: string;
  readonly sealed: Buffer;
  readonly notPaymentKind: string | null;
}

export async function insertRows(
  tx: Tx,
  importId: string,
  rows: readonly StagedRow[],
): Promise<void> {
  const of = <T>(pick: (row: StagedRow) => T) => rows.map(pick);
  await tx.run(sql`
    insert into bank.import_row (company_id, id, import_id, row_no, entry_id, booked_on, direction,
      amount_fen, balance_fen, is_reversal, bank_reference, end_to_end_id, sub_account,
      counterparty_masked, counterparty_account_masked, counterparty_bank, counterparty_index,
      name_index, text_shown, sealed, not_payment_kind, verdict)
    select company.id, r.id, ${importId}, r.row_no, r.entry_id, r.booked_on, r.direction,
      r.amount_fen, r.balance_fen, r.is_reversal, r.bank_reference, r.end_to_end_id, r.sub_account,
      r.counterparty_masked, r.counterparty_account_masked, r.counterparty_bank,
      r.counterparty_index, r.name_index, r.text_shown, r.sealed, r.not_payment_kind,
      case when r.direction = 'debit' then 'debit'
        when r.not_payment_kind is not null then 'not-payment' else 'new' end
    from identity.company as company
    cross join unnest(${of(({ id }) => id)}::uuid[], ${of(({ entry }) => entry.rowNo)}::integer[],
      ${of(({ entryId }) => entryId)}::uuid[], ${of(({ entry }) => entry.bookedOn)}::date[],
      ${of(({ entry }) => entry.direction)}::text[],
      ${of(({ entry }) => entry.amountFen)}::bigint[],
      ${of(({ entry }) => entry.balanceFen)}::bigint[],
      ${of(({ entry }) => entry.isReversal)}::boolean[],
      ${of(({ entry }) => entry.bankReference)}::text[],
      ${of(({ entry }) => entry.endToEndId)}::text[],
      ${of(({ entry }) => entry.subAccount)}::text[],
      ${of((row) => row.counterpartyMasked)}::text[],
      ${of((row) => row.counterpartyAccountMasked)}::text[],
      ${of(({ entry }) => entry.counterpartyBank)}::text[],
      ${of((row) => row.counterpartyIndex)}::bytea[], ${of((row) => row.nameIndex)}::bytea[],
      ${of((row) => row.textShown)}::text[],
      ${of(({ sealed }) => sealed)}::bytea[], ${of((row) => row.notPaymentKind)}::text[])
      as r (id, row_no, entry_id, booked_on, direction, amount_fen, balance_fen, is_reversal,
        bank_reference, end_to_end_id, sub_account, counterparty_masked,
        counterparty_account_masked, counterparty_bank, counterparty_index, name_index,
        text_shown, sealed, not_payment_kind)
    where company.id = ${tx.companyId}`);
}

export async function insertProblems(
  tx: Tx,
  importId: string,
  problems: readonly (RowProblem & { readonly id: string })[],
): Promise<void> {
  const of = <T>(pick: (problem: RowProblem & { readonly id: string }) => T) => problems.map(pick);
  await tx.run(sql`
    insert into bank.import_problem (company_id, id, import_id, severity, row_no, column_name,
      header, value, reason, advice)
    select company.id, p.id, ${importId}, p.severity, p.row_no, p.column_name, p.header, p.value,
      p.reason, p.advice
    from identity.company as company
    cross join unnest(${of(({ id }) => id)}::uuid[], ${of(({ severity }) => severity)}::text[],
      ${of(({ row }) => row)}::integer[], ${of(({ column }) => column)}::text[],
      ${of(({ header }) => header)}::text[], ${of(({ value }) => value)}::text[],
      ${of(({ reason }) => reason)}::text[], ${of(({ advice }) => advice)}::text[])
      as p (id, severity, row_no, column_name, header, value, reason, advice)
    where company.id = ${tx.companyId}`);
}

/** An import is read afresh. */
export async function clearRows(tx: Tx, importId: string): Promise<void> {
  await Promise.all([
    tx.run(sql`
      delete from bank.import_row
      where company_id = ${tx.companyId} and import_id = ${importId}`),
    tx.run(sql`
      delete from bank.import_problem
      where company_id = ${tx.companyId} and import_id = ${importId}`),
  ]);
}

/** Says of every row whether it was imported before, or looks like one that was. */
export async function judgeRows(
  tx: Tx,
  { importId, accountId }: { readonly importId: string; readonly accountId: string },
): Promise<void> {
  await tx.run(sql`
    update bank.import_row as r set verdict = 'repeat' from bank.entry as e
    where r.company_id = ${tx.companyId} and r.import_id = ${importId}
      and e.company_id = r.company_id and e.id = r.entry_id`);
  await tx.run(sql`
    update bank.import_row as r set verdict = 'look-alike'
    where r.company_id = ${tx.companyId} and r.import_id = ${importId} and r.verdict = 'new'
      and exists (select from bank.entry as e
        where e.company_id = r.company_id and e.booked_on = r.booked_on
          and e.amount_fen = r.amount_fen and e.direction = 'credit'
          and e.account_id = ${accountId}
          and e.counterparty_index is not distinct from r.counterparty_index
          and not exists (select from bank.import_row as other
            where other.company_id = r.company_id and other.import_id = r.import_id
              and other.entry_id = e.id))`);
}

export async function deleteRows(tx: Tx, rowIds: readonly string[]): Promise<void> {
  await tx.run(sql`
    delete from bank.import_row
    where company_id = ${tx.companyId} and id = any (${rowIds}::uuid[])`);
}
