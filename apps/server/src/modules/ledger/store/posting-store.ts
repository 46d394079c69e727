import { sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId, newId } from '../../../platform/id.ts';
import { type AccountCode, kindOf, normalSideOf } from '../domain/account.ts';
import type { NewPosting } from '../domain/posting.ts';

/** The id follows from the code, so an account need not be looked up. */
export function accountIdOf(companyId: string, code: AccountCode): string {
  return derivedId(companyId, code);
}

/** @returns those that did not exist */
export async function createAccounts(
  tx: Tx,
  codes: readonly AccountCode[],
  at: Date,
): Promise<AccountCode[]> {
  const rows = await tx.many(sql<{ code: AccountCode }>`
    insert into ledger.account (company_id, id, code, kind, normal_side, created_at)
    select company.id, fresh.id, fresh.code, fresh.kind, fresh.normal_side, ${at}
    from identity.company as company
    cross join unnest(${codes.map((code) => accountIdOf(tx.companyId, code))}::uuid[],
      ${codes}::text[], ${codes.map(kindOf)}::text[], ${codes.map(normalSideOf)}::text[])
      as fresh (id, code, kind, normal_side)
    where company.id = ${tx.companyId}
    on conflict do nothing -- Of id or code, whichever a concurrent twin entered first.
    returning code`);
  return rows.map(({ code }) => code);
}

/** @returns 1, or 0 when the key was there before */
export async function insertPosting(tx: Tx, id: string, posting: NewPosting): Promise<number> {
  return await tx.run(sql`
    insert into ledger.posting (company_id, id, key, kind, source_id, posted_at)
    values (${tx.companyId}, ${id}, ${posting.key}, ${posting.kind}, ${posting.sourceId},
      ${posting.postedAt})
    on conflict (company_id, key) do nothing`);
}

/**
 * Inserts the transfers of a posting if that very posting exists: after a repeated key it does
 * not, and nothing is inserted. So both statements travel in one trip.
 */
export async function insertTransfers(
  tx: Tx,
  postingId: string,
  posting: NewPosting,
  recordedAt: Date,
): Promise<number> {
  const { transfers } = posting;
  const idOf = (code: AccountCode) => accountIdOf(tx.companyId, code);
  return await tx.run(sql`
    insert into ledger.transfer (company_id, day, id, posting_id, debit_account_id,
      credit_account_id, amount_fen, posted_at)
    select company.id,
      greatest((${recordedAt} at time zone company.time_zone)::date, book.closed_through + 1),
      moved.id, posting.id, moved.debit_id, moved.credit_id, moved.amount_fen, posting.posted_at
    from identity.company as company
    join ledger.posting as posting
      on posting.company_id = company.id and posting.id = ${postingId}
    left join ledger.book as book on book.company_id = company.id and book.id = company.id
    cross join unnest(${transfers.map(() => newId(recordedAt))}::uuid[],
      ${transfers.map(({ debit }) => idOf(debit))}::uuid[],
      ${transfers.map(({ credit }) => idOf(credit))}::uuid[],
      ${transfers.map(({ amountFen }) => amountFen)}::bigint[])
      as moved (id, debit_id, credit_id, amount_fen)
    where company.id = ${tx.companyId}`);
}
