import type { CloseResult } from '../channel.ts';
import { channelsErrors } from '../errors.ts';
import { type ChannelDeps, openAccount } from '../open-account.ts';
import { channelOf } from '../registry.ts';

export interface TradeInput {
  readonly companyId: string;
  readonly merchantAccountId: string;
  readonly orderNo: string;
}

/** Makes an unpaid order unpayable at the channel. @throws MERCHANT_ACCOUNT_NOT_FOUND */
export async function closeTrade(deps: ChannelDeps, input: TradeInput): Promise<CloseResult> {
  const context = await openAccount(deps, input.companyId, { id: input.merchantAccountId });
  if (!context) throw channelsErrors.MERCHANT_ACCOUNT_NOT_FOUND();
  return await channelOf(context.account.channel).closeTrade(context, input.orderNo);
}
