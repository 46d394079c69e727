import type { AccountKind } from '@wuye-pay/contract';

declare const code: unique symbol;
/** Names an account within a company: its kind, then the ids that it is kept for. */
export type AccountCode = string & { readonly [code]: 'account' };

/** Builds the code of every account there is (chart of accounts: README.md of this module). */
export const account = {
  /** Issued and not settled; equals the open bills. */
  receivable: (communityId: string, feeItemId: string) =>
    accountCode('receivable', communityId, feeItemId),
  /** Issued: the company's own income. */
  revenue: (communityId: string, feeItemId: string) =>
    accountCode('revenue', communityId, feeItemId),
  /** Issued: to be given back one day (押金). */
  deposit: (communityId: string, feeItemId: string) =>
    accountCode('deposit', communityId, feeItemId),
  /** Issued: collected for somebody else (代收). */
  agency: (communityId: string, feeItemId: string) => accountCode('agency', communityId, feeItemId),
  /** Collected by a channel, not yet in the bank. */
  channel: (merchantAccountId: string) => accountCode('channel', merchantAccountId),
  /** In the drawer of the front desk. */
  cash: (communityId: string) => accountCode('cash', communityId),
  /** Cheques that were taken and are not in the bank yet. */
  cheque: (communityId: string) => accountCode('cheque', communityId),
  /** Taken by a card terminal of another provider, not yet in the bank. */
  pos: (communityId: string) => accountCode('pos', communityId),
  /** Arrived in a bank account. */
  bank: (bankAccountId: string) => accountCode('bank', bankAccountId),
  /** Paid ahead by the units of a community; equals their balances. */
  prepayment: (communityId: string) => accountCode('prepayment', communityId),
  /** Money with an open case. */
  suspense: () => accountCode('suspense'),
};

export type Side = 'debit' | 'credit';

const normalSides: Readonly<Record<AccountKind, Side>> = {
  receivable: 'debit',
  revenue: 'credit',
  deposit: 'credit',
  agency: 'credit',
  channel: 'debit',
  cash: 'debit',
  cheque: 'debit',
  pos: 'debit',
  bank: 'debit',
  prepayment: 'credit',
  suspense: 'credit',
};

/** @throws Error if the code names no kind of account */
export function kindOf(of: AccountCode): AccountKind {
  const [kind = ''] = of.split(':');
  if (!(kind in normalSides)) throw new Error(`no such account: ${of}`);
  return kind as AccountKind;
}

export function normalSideOf(of: AccountCode): Side {
  return normalSides[kindOf(of)];
}

/** The ids behind the kind. */
export function keysOf(of: string): string[] {
  return of.split(':').slice(1);
}

function accountCode(kind: AccountKind, ...keys: readonly string[]): AccountCode {
  return [kind, ...keys].join(':') as AccountCode;
}
