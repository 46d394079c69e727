import type { AccountKind } from '@wuye-pay/contract';
import { emptySql, sql, type Tx } from '../../../platform/database/index.ts';
import type { Side } from '../domain/account.ts';
import { type OpenSpan, type Turnover, turnovers } from './balances.ts';

export interface AccountRow extends Turnover {
  readonly code: string;
  readonly kind: AccountKind;
  readonly normalSide: Side;
}

export interface AccountPage {
  readonly kind?: AccountKind;
  /** The code of the last account of the page before. */
  readonly after?: string;
  readonly limit: number;
  readonly span: OpenSpan;
}

/** Accounts by code, with what each took on both sides. */
export async function listAccounts(tx: Tx, page: AccountPage): Promise<AccountRow[]> {
  const accounts = sql`
    select company_id, id, code, kind, normal_side from ledger.account
    where company_id = ${tx.companyId}
      ${page.kind === undefined ? emptySql : sql`and kind = ${page.kind}`}
      ${page.after === undefined ? emptySql : sql`and code > ${page.after}`}
    order by code limit ${page.limit}`;
  return await tx.many(sql<AccountRow>`
    select code, kind, normal_side as "normalSide", debit_fen as "debitFen",
      credit_fen as "creditFen"
    from (${turnovers(tx.companyId, accounts, page.span)}) as turnover order by code`);
}
