import { sql } from '../platform/database/index.ts';
import { type Check, failure, maxFindings, yuanOf } from './check.ts';

/** Debits equal credits over all accounts that exist. */
export const balanced: Check = {
  title: { zh: '借贷相等', en: 'Debits equal credits' },
  run: async (tx) => {
    const books = await tx.one(sql<{ transfers: number; debit: string; credit: string }>`
      select count(*) as transfers,
        coalesce(sum(transfer.amount_fen) filter (where debit.id is not null), 0)::text as debit,
        coalesce(sum(transfer.amount_fen) filter (where credit.id is not null), 0)::text as credit
      from ledger.transfer as transfer
      left join ledger.account as debit
        on debit.company_id = transfer.company_id and debit.id = transfer.debit_account_id
      left join ledger.account as credit
        on credit.company_id = transfer.company_id and credit.id = transfer.credit_account_id
      where transfer.company_id = ${tx.companyId} and transfer.day >= '2000-01-01'`);
    const [debit, credit] = [yuanOf(books.debit), yuanOf(books.credit)];
    return {
      seen: {
        zh: `${books.transfers} 笔分录，借方 ${debit} 元，贷方 ${credit} 元`,
        en: `${books.transfers} transfers, ${debit} yuan on the debit side, ${credit} on the credit side`,
      },
      findings:
        debit === credit
          ? []
          : [
              failure(
                `借方 ${debit} 元与贷方 ${credit} 元不相等`,
                `debits of ${debit} yuan differ from credits of ${credit}`,
              ),
            ],
    };
  },
};

/** Every posting moved something; every transfer has its posting and its accounts. */
export const noOrphans: Check = {
  title: { zh: '没有孤立的凭证和分录', en: 'No orphaned posting or transfer' },
  run: async (tx) => {
    const { postings } = await tx.one(sql<{ postings: number }>`
      select count(*) as postings from ledger.posting where company_id = ${tx.companyId}`);
    const empty = await tx.many(sql<{ key: string }>`
      select posting.key from ledger.posting as posting
      where posting.company_id = ${tx.companyId} and not exists (
        select from ledger.transfer as transfer
        where transfer.company_id = posting.company_id and transfer.posting_id = posting.id
          and transfer.day >= '2000-01-01')
      order by posting.key limit ${maxFindings}`);
    const homeless = await tx.many(sql<{ day: string; id: string }>`
      select transfer.day, transfer.id from ledger.transfer as transfer
      left join ledger.posting as posting
        on posting.company_id = transfer.company_id and posting.id = transfer.posting_id
      left join ledger.account as debit
        on debit.company_id = transfer.company_id and debit.id = transfer.debit_account_id
      left join ledger.account as credit
        on credit.company_id = transfer.company_id and credit.id = transfer.credit_account_id
      where transfer.company_id = ${tx.companyId} and transfer.day >= '2000-01-01'
        and (posting.id is null or debit.id is null or credit.id is null)
      order by transfer.day, transfer.id limit ${maxFindings}`);
    return {
      seen: { zh: `${postings} 张凭证`, en: `${postings} postings` },
      findings: [
        ...empty.map(({ key }) =>
          failure(`凭证 ${key} 没有分录`, `posting ${key} has no transfer`),
        ),
        ...homeless.map(({ day, id }) =>
          failure(
            `分录 ${id}（${day}）缺少凭证或科目`,
            `transfer ${id} of ${day} lacks its posting or an account`,
          ),
        ),
      ],
    };
  },
};

/** The totals of closed days are what the transfers say. */
export const closedDays: Check = {
  title: { zh: '日结余额与分录一致', en: 'Totals of closed days equal the transfers' },
  run: async (tx) => {
    const rows = await tx.many(sql<{ code: string; kept: string; counted: string; days: number }>`
      with side as (
        select transfer.company_id, side.account_id, transfer.day, side.debit_fen, side.credit_fen
        from ledger.transfer as transfer
        join ledger.book as book on book.company_id = transfer.company_id
          and transfer.day <= book.closed_through
        cross join lateral (values
          (transfer.debit_account_id, transfer.amount_fen, 0),
          (transfer.credit_account_id, 0, transfer.amount_fen))
          as side (account_id, debit_fen, credit_fen)
        where transfer.company_id = ${tx.companyId} and transfer.day >= '2000-01-01'),
      counted as (
        select company_id, account_id, sum(debit_fen) as debit_fen, sum(credit_fen) as credit_fen
        from side group by company_id, account_id),
      kept as (
        select company_id, account_id, sum(debit_fen) as debit_fen, sum(credit_fen) as credit_fen,
          max(debit_total_fen) as debit_total_fen, max(credit_total_fen) as credit_total_fen,
          count(*) as days
        from ledger.account_day where company_id = ${tx.companyId}
        group by company_id, account_id)
      select coalesce(account.code, '?') as code, coalesce(kept.days, 0) as days,
        concat_ws('/', kept.debit_fen, kept.credit_fen, kept.debit_total_fen,
          kept.credit_total_fen) as kept,
        concat_ws('/', counted.debit_fen, counted.credit_fen, counted.debit_fen,
          counted.credit_fen) as counted
      from counted
      full join kept on kept.company_id = counted.company_id
        and kept.account_id = counted.account_id
      left join ledger.account as account
        on account.company_id = coalesce(kept.company_id, counted.company_id)
        and account.id = coalesce(kept.account_id, counted.account_id)
      order by code`);
    const days = rows.reduce((sum, row) => sum + row.days, 0);
    return {
      seen: { zh: `${days} 个日结余额`, en: `${days} daily totals` },
      findings: rows
        .filter(({ kept, counted }) => kept !== counted)
        .slice(0, maxFindings)
        .map(({ code }) =>
          failure(
            `科目 ${code} 的日结余额与分录不一致，请重建日结`,
            `the daily totals of ${code} differ from its transfers; rebuild them`,
          ),
        ),
    };
  },
};
