import type { BankAccountView } from '@wuye-pay/contract';
import { emptySql, sql, type Tx } from '../../../platform/database/index.ts';

export interface SealedNumber {
  readonly cipher: Buffer;
}

/** @throws Error for an account that is not there: callers have its id from a row of ours */
export function accountNumber(tx: Tx, accountId: string): Promise<SealedNumber> {
  return tx.one(sql<SealedNumber>`
    select number_cipher as cipher from bank.account
    where company_id = ${tx.companyId} and id = ${accountId}`);
}

type Row = Omit<BankAccountView, 'createdAt'> & { readonly createdAt: Date };

/** A company has few. */
const most = 200;

export async function bankAccounts(tx: Tx, accountId?: string): Promise<BankAccountView[]> {
  const rows = await tx.many(sql<Row>`
    select a.id, a.name, a.holder, a.bank_name as "bankName", a.branch,
      a.number_masked as "numberMasked", a.state, a.created_at as "createdAt", (
        select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name) order by c.name),
          '[]')
        from bank.account_community as link
        join estate.pub_community as c on c.company_id = link.company_id
          and c.id = link.community_id
        where link.company_id = a.company_id and link.account_id = a.id) as communities
    from bank.account as a
    where a.company_id = ${tx.companyId}
      ${accountId === undefined ? emptySql : sql`and a.id = ${accountId}`}
    order by a.state, a.name limit ${most}`);
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}
