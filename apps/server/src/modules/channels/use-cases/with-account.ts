import type { Channel, ChannelContext } from '../channel.ts';
import { channelsErrors } from '../errors.ts';
import { type ChannelDeps, openAccount } from '../open-account.ts';
import { channelOf } from '../registry.ts';

/** Which merchant account a verb works with. */
export interface OfAccount {
  readonly companyId: string;
  readonly merchantAccountId: string;
}

/**
 * Opens the account and lets its adapter speak. It may take 8 seconds: call it outside any
 * transaction. @throws MERCHANT_ACCOUNT_NOT_FOUND
 */
export async function withAccount<Result>(
  deps: ChannelDeps,
  { companyId, merchantAccountId }: OfAccount,
  speak: (channel: Channel, context: ChannelContext) => Promise<Result>,
): Promise<Result> {
  const context = await openAccount(deps, companyId, { id: merchantAccountId });
  if (!context) throw channelsErrors.MERCHANT_ACCOUNT_NOT_FOUND();
  return await speak(channelOf(context.account.channel), context);
}
