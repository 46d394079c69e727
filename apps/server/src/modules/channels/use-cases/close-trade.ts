import type { CloseResult, OrderRef } from '../channel.ts';
import type { ChannelDeps } from '../open-account.ts';
import { type OfAccount, withAccount } from './with-account.ts';

export type TradeInput = OrderRef & OfAccount;

/** Makes an unpaid order unpayable. Outside transactions. @throws MERCHANT_ACCOUNT_NOT_FOUND */
export async function closeTrade(deps: ChannelDeps, input: TradeInput): Promise<CloseResult> {
  return await withAccount(deps, input, (channel, context) => channel.closeTrade(context, input));
}
