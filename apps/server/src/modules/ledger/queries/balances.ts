import type { Fen } from '@wuye-pay/money';
import { dayOf } from '../../../platform/clock.ts';
import { type Queryable, type Statement, sql, type Tx } from '../../../platform/database/index.ts';
import { type AccountCode, normalSideOf } from '../domain/account.ts';
import { dayBefore } from '../domain/day.ts';

/** What an account took on each side. */
export interface Turnover {
  readonly debitFen: Fen;
  readonly creditFen: Fen;
}

/**
 * The balance on the account's normal side: transfers taken on earlier days, and those of the
 * day itself up to the instant. Costs the open days only, whatever the history.
 */
export async function balanceOn(tx: Tx, account: AccountCode, at: Date): Promise<Fen> {
  const span = await openSpan(tx, at);
  const accounts = sql`
    select company_id, id, code from ledger.account
    where company_id = ${tx.companyId} and code = ${account}`;
  const row = await tx.maybe(sql<Turnover>`
    select debit_fen as "debitFen", credit_fen as "creditFen"
    from (${turnovers(tx.companyId, accounts, span)}) as turnover`);
  const { debitFen = 0, creditFen = 0 } = row ?? {};
  return (normalSideOf(account) === 'debit' ? debitFen - creditFen : creditFen - debitFen) as Fen;
}

/** The days after the last closed one, up to the day of the instant. */
export interface OpenSpan {
  readonly at: Date;
  readonly day: string;
  /** Totals are taken at the end of this day; the day before all time when nothing is closed. */
  readonly closedThrough: string;
}

const beforeAllTime = '1999-12-31';

export async function openSpan(tx: Queryable & { companyId: string }, at: Date): Promise<OpenSpan> {
  const book = await tx.one(sql<{ timeZone: string; closedThrough: string | null }>`
    select company.time_zone as "timeZone", book.closed_through as "closedThrough"
    from identity.company as company
    left join ledger.book as book on book.company_id = company.id and book.id = company.id
    where company.id = ${tx.companyId}`);
  const day = dayOf(at, book.timeZone);
  const closed = book.closedThrough ?? beforeAllTime;
  return { at, day, closedThrough: closed < day ? closed : dayBefore(day) };
}

/** Both sides of each of `accounts`, a statement that selects company_id, id and more. */
export function turnovers(companyId: string, accounts: Statement, span: OpenSpan): Statement {
  const { at, day, closedThrough } = span;
  return sql`
    select account.*,
      (coalesce(closed.debit_total_fen, 0) + coalesce(open.debit_fen, 0))::bigint as debit_fen,
      (coalesce(closed.credit_total_fen, 0) + coalesce(open.credit_fen, 0))::bigint as credit_fen
    from (${accounts}) as account
    left join lateral (
      select total.debit_total_fen, total.credit_total_fen from ledger.account_day as total
      where total.company_id = ${companyId} and total.company_id = account.company_id
        and total.account_id = account.id and total.day <= ${closedThrough}
      order by total.day desc limit 1) as closed on true
    left join (
      select side.company_id, side.account_id, sum(side.debit_fen) as debit_fen,
        sum(side.credit_fen) as credit_fen
      from ledger.transfer as transfer
      cross join lateral (values
        (transfer.company_id, transfer.debit_account_id, transfer.amount_fen, 0),
        (transfer.company_id, transfer.credit_account_id, 0, transfer.amount_fen))
        as side (company_id, account_id, debit_fen, credit_fen)
      where transfer.company_id = ${companyId} and transfer.day > ${closedThrough}
        and transfer.day <= ${day} and (transfer.day < ${day} or transfer.posted_at <= ${at})
      group by side.company_id, side.account_id) as open
      on open.company_id = account.company_id and open.account_id = account.id`;
}
