import type { DeskMethod } from '@wuye-pay/contract';
import { type AccountCode, account } from '../ledger/index.ts';

const accounts: Readonly<Record<DeskMethod, (communityId: string) => AccountCode>> = {
  cash: account.cash,
  cheque: account.cheque,
  pos: account.pos,
};

/** Where money lies that was taken at the desk. */
export function deskAccount(method: string, communityId: string): AccountCode {
  if (!isDeskMethod(method)) throw new Error(`${method} is no way to pay at the desk`);
  return accounts[method](communityId);
}

export function isDeskMethod(channel: string): channel is DeskMethod {
  return channel in accounts;
}
