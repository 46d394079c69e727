import { sql, type Tx } from '../../../platform/database/index.ts';

/** Books that have transfers and were never closed are closed up to the day before the first. */
export async function openBook(tx: Tx, at: Date): Promise<void> {
  await tx.run(sql`
    insert into ledger.book (company_id, id, closed_through, closed_at)
    select transfer.company_id, transfer.company_id, min(transfer.day) - 1, ${at}
    from ledger.transfer as transfer
    where transfer.company_id = ${tx.companyId} and transfer.day >= '2000-01-01'
    group by transfer.company_id
    on conflict (company_id, id) do nothing`);
}

export async function lockBook(
  tx: Tx,
): Promise<{ closedThrough: string; timeZone: string } | undefined> {
  return await tx.maybe(sql<{ closedThrough: string; timeZone: string }>`
    select book.closed_through as "closedThrough", company.time_zone as "timeZone"
    from ledger.book as book
    join identity.company as company on company.id = book.company_id
    where book.company_id = ${tx.companyId} and book.id = ${tx.companyId}
    for update of book`);
}

/** Writes what every account took on each day of a span, and in all until the day's end. */
export async function writeDayTotals(
  tx: Tx,
  span: { after: string; through: string },
): Promise<number> {
  return await tx.run(sql`
    insert into ledger.account_day (company_id, id, account_id, day, debit_fen, credit_fen,
      debit_total_fen, credit_total_fen)
    select taken.company_id,
      platform.derived_id((extract(epoch from taken.day) * 1000)::bigint,
        taken.account_id::text || taken.day::text),
      taken.account_id, taken.day, taken.debit_fen, taken.credit_fen,
      (coalesce(before.debit_total_fen, 0) + sum(taken.debit_fen) over up_to_day)::bigint,
      (coalesce(before.credit_total_fen, 0) + sum(taken.credit_fen) over up_to_day)::bigint
    from (
      select side.company_id, side.account_id, transfer.day,
        sum(side.debit_fen)::bigint as debit_fen, sum(side.credit_fen)::bigint as credit_fen
      from ledger.transfer as transfer
      cross join lateral (values
        (transfer.company_id, transfer.debit_account_id, transfer.amount_fen, 0),
        (transfer.company_id, transfer.credit_account_id, 0, transfer.amount_fen))
        as side (company_id, account_id, debit_fen, credit_fen)
      where transfer.company_id = ${tx.companyId}
        and transfer.day > ${span.after} and transfer.day <= ${span.through}
      group by side.company_id, side.account_id, transfer.day
    ) as taken
    left join lateral (
      select total.debit_total_fen, total.credit_total_fen from ledger.account_day as total
      where total.company_id = ${tx.companyId} and total.company_id = taken.company_id
        and total.account_id = taken.account_id and total.day <= ${span.after}
      order by total.day desc limit 1) as before on true
    window up_to_day as (partition by taken.account_id order by taken.day)`);
}

export async function closeThrough(tx: Tx, day: string, at: Date): Promise<void> {
  await tx.run(sql`
    update ledger.book set closed_through = ${day}, closed_at = ${at}
    where company_id = ${tx.companyId} and id = ${tx.companyId}`);
}

/** Forgets the totals; closing then fills them again from the transfers. */
export async function deleteDayTotals(tx: Tx): Promise<void> {
  await tx.run(sql`delete from ledger.account_day where company_id = ${tx.companyId}`);
  await tx.run(sql`
    delete from ledger.book where company_id = ${tx.companyId} and id = ${tx.companyId}`);
}
