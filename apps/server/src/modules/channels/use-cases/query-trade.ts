import type { TradeState } from '../channel.ts';
import { channelsErrors } from '../errors.ts';
import { type ChannelDeps, openAccount } from '../open-account.ts';
import { channelOf } from '../registry.ts';
import type { TradeInput } from './close-trade.ts';

/** Asks the channel what became of an order. @throws MERCHANT_ACCOUNT_NOT_FOUND */
export async function queryTrade(deps: ChannelDeps, input: TradeInput): Promise<TradeState> {
  const context = await openAccount(deps, input.companyId, { id: input.merchantAccountId });
  if (!context) throw channelsErrors.MERCHANT_ACCOUNT_NOT_FOUND();
  return await channelOf(context.account.channel).queryTrade(context, input.orderNo);
}
