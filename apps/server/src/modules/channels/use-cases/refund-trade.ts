import type { ChannelDeps } from '../open-account.ts';
import type { RefundOrder, RefundResult } from '../refund.ts';
import { type OfAccount, withAccount } from './with-account.ts';

export type RefundInput = RefundOrder & OfAccount;

/**
 * Gives money back by the way it came. The same number again is the same refund. Outside
 * transactions. @throws MERCHANT_ACCOUNT_NOT_FOUND
 */
export async function refundTrade(deps: ChannelDeps, input: RefundInput): Promise<RefundResult> {
  return await withAccount(deps, input, (channel, context) => channel.refundTrade(context, input));
}
