import type { BankImportRow } from '@wuye-pay/contract';
import { emptySql, sql, type Tx } from '../../../platform/database/index.ts';

export interface RowToBook {
  readonly id: string;
  readonly entryId: string;
  readonly rowNo: number;
  readonly bookedOn: string;
  readonly direction: 'credit' | 'debit';
  readonly amountFen: number;
  readonly isReversal: boolean;
  readonly bankReference: string | null;
  readonly subAccount: string | null;
  readonly counterpartyMasked: string;
  readonly counterpartyIndex: Buffer | null;
  readonly textShown: string;
  readonly sealed: Buffer;
}

/** Where the last batch ended. */
export type RowMark = Pick<RowToBook, 'bookedOn' | 'rowNo' | 'id'>;

/**
 * The next rows that wait to be booked, oldest day first: banks list either way. From a mark on,
 * so that what was booked and taken away is not passed by again and again.
 */
export function rowsToBook(
  tx: Tx,
  importId: string,
  { after, limit }: { readonly after: RowMark | undefined; readonly limit: number },
): Promise<RowToBook[]> {
  return tx.many(sql<RowToBook>`
    select id, entry_id as "entryId", row_no as "rowNo", booked_on as "bookedOn", direction,
      amount_fen as "amountFen", is_reversal as "isReversal", bank_reference as "bankReference",
      sub_account as "subAccount", counterparty_masked as "counterpartyMasked",
      counterparty_index as "counterpartyIndex", text_shown as "textShown", sealed
    from bank.import_row
    where company_id = ${tx.companyId} and import_id = ${importId}
      ${after === undefined ? emptySql : sql`and (booked_on, row_no, id) > (${after.bookedOn}::date, ${after.rowNo}::integer, ${after.id}::uuid)`}
    order by booked_on, row_no, id limit ${limit}`);
}

/** Which of these entries are in the books already. */
export async function knownEntries(tx: Tx, entryIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.many(sql<{ id: string }>`
    select id from bank.entry
    where company_id = ${tx.companyId} and id = any (${entryIds}::uuid[])
    order by id limit 1000`);
  return new Set(rows.map(({ id }) => id));
}

/** What was read of a file that is not in the books yet, in its order. */
export function listRows(
  tx: Tx,
  importId: string,
  page: { readonly after: readonly (string | number)[] | undefined; readonly limit: number },
): Promise<BankImportRow[]> {
  const { after } = page;
  return tx.many(sql<BankImportRow>`
    select id, row_no as row, booked_on as "bookedOn", direction, amount_fen as "amountFen",
      balance_fen as "balanceFen", counterparty_masked as "counterpartyMasked",
      text_shown as text, verdict
    from bank.import_row
    where company_id = ${tx.companyId} and import_id = ${importId}
      ${after === undefined ? emptySql : sql`and (row_no, id) > (${after[0]}, ${after[1]}::uuid)`}
    order by row_no, id limit ${page.limit}`);
}

export interface Counted {
  readonly what: string;
  readonly count: number;
  readonly amountFen: number;
}

/** Counts of what was put aside, by direction and verdict. */
export function countRows(tx: Tx, importId: string): Promise<Counted[]> {
  return tx.many(sql<Counted>`
    select direction || ' ' || verdict as what, count(*) as count,
      coalesce(sum(amount_fen), 0)::bigint as "amountFen"
    from bank.import_row
    where company_id = ${tx.companyId} and import_id = ${importId}
    group by 1`);
}

/** First and last day of what was put aside. */
export function daysOfRows(
  tx: Tx,
  importId: string,
): Promise<{ readonly firstOn: string | null; readonly lastOn: string | null }> {
  return tx.one(sql<{ firstOn: string | null; lastOn: string | null }>`
    select min(booked_on) as "firstOn", max(booked_on) as "lastOn" from bank.import_row
    where company_id = ${tx.companyId} and import_id = ${importId}`);
}

/** What the entries of an import became: in bills, and in suspense. */
export function landedOf(
  tx: Tx,
  importId: string,
): Promise<{
  readonly matched: number;
  readonly matchedFen: number;
  readonly suspense: number;
  readonly suspenseFen: number;
}> {
  return tx.one(sql<{
    matched: number;
    matchedFen: number;
    suspense: number;
    suspenseFen: number;
  }>`
    with landed as (
      select e.amount_fen, coalesce(c.amount_fen, 0) as parked_fen
      from bank.entry as e
      left join payment.pub_case as c on c.company_id = e.company_id and c.id = e.case_id
      where e.company_id = ${tx.companyId} and e.import_id = ${importId}
        and e.direction = 'credit' and e.state <> 'not-payment')
    select count(*) filter (where parked_fen < amount_fen) as matched,
      coalesce(sum(amount_fen - parked_fen), 0)::bigint as "matchedFen",
      count(*) filter (where parked_fen > 0) as suspense,
      coalesce(sum(parked_fen), 0)::bigint as "suspenseFen"
    from landed`);
}
