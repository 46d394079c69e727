import type { Order, PrepayResult } from '../channel.ts';
import { channelsErrors } from '../errors.ts';
import { type ChannelDeps, openAccount } from '../open-account.ts';
import { channelOf } from '../registry.ts';

export interface PrepayInput extends Order {
  readonly companyId: string;
  readonly merchantAccountId: string;
}

/**
 * Places an order at the channel. Call it outside any transaction: it may take 8 seconds.
 * @throws MERCHANT_ACCOUNT_NOT_FOUND
 */
export async function prepay(deps: ChannelDeps, input: PrepayInput): Promise<PrepayResult> {
  const context = await openAccount(deps, input.companyId, { id: input.merchantAccountId });
  if (!context) throw channelsErrors.MERCHANT_ACCOUNT_NOT_FOUND();
  return await channelOf(context.account.channel).prepay(context, input);
}
