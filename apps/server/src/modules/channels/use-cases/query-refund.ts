import type { ChannelDeps } from '../open-account.ts';
import type { RefundState } from '../refund.ts';
import type { RefundInput } from './refund-trade.ts';
import { withAccount } from './with-account.ts';

/** Asks what became of a refund. Outside transactions. @throws MERCHANT_ACCOUNT_NOT_FOUND */
export async function queryRefund(deps: ChannelDeps, input: RefundInput): Promise<RefundState> {
  return await withAccount(deps, input, (channel, context) => channel.queryRefund(context, input));
}
