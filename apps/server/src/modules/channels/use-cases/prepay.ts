import type { Order, PrepayResult } from '../channel.ts';
import type { ChannelDeps } from '../open-account.ts';
import { type OfAccount, withAccount } from './with-account.ts';

export type PrepayInput = Order & OfAccount;

/** Places an order at the channel. Outside transactions. @throws MERCHANT_ACCOUNT_NOT_FOUND */
export async function prepay(deps: ChannelDeps, input: PrepayInput): Promise<PrepayResult> {
  return await withAccount(deps, input, (channel, context) => channel.prepay(context, input));
}
