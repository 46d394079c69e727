import type { AccountFilter, AccountView } from '@wuye-pay/contract';
import type { Deps } from '../../../platform/deps.ts';
import { keysOf } from '../domain/account.ts';
import { ledgerErrors } from '../errors.ts';
import { type AccountRow, listAccounts } from '../queries/accounts.ts';
import { openSpan } from '../queries/balances.ts';

const defaultLimit = 50;

/** A page of accounts with their balances as of an instant. */
export async function showAccounts(
  deps: Pick<Deps, 'db' | 'clock'>,
  companyId: string,
  filter: AccountFilter & { after?: string; limit?: number },
): Promise<{ items: AccountView[]; next: string | null }> {
  const at = filter.at === undefined ? deps.clock.now() : instantOf(filter.at);
  const limit = filter.limit ?? defaultLimit;
  const { at: _at, ...rest } = filter;
  const rows = await deps.db.read(companyId, async (tx) =>
    listAccounts(tx, { ...rest, span: await openSpan(tx, at), limit: limit + 1 }),
  );
  const page = rows.slice(0, limit);
  return {
    items: page.map(viewOf),
    next: rows.length > limit ? (page.at(-1)?.code ?? null) : null,
  };
}

function viewOf(row: AccountRow): AccountView {
  const onDebit = row.debitFen - row.creditFen;
  const balanceFen = row.normalSide === 'debit' ? onDebit : 0 - onDebit;
  return { ...row, keys: keysOf(row.code), balanceFen };
}

function instantOf(text: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) {
    const reason = '时刻无效，请按 2026-11-24T09:30:00+08:00 的形式填写';
    throw ledgerErrors.LEDGER_QUERY_INVALID({ problems: [{ field: 'at', reason }] });
  }
  return at;
}
