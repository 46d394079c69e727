import { verdictOfQuery } from '../account-faults.ts';
import type { TradeState } from '../channel.ts';
import type { ChannelDeps } from '../open-account.ts';
import type { TradeInput } from './close-trade.ts';
import { measured } from './measure-call.ts';
import { withAccount } from './with-account.ts';

/** Asks what became of an order. Outside transactions. @throws MERCHANT_ACCOUNT_NOT_FOUND */
export async function queryTrade(deps: ChannelDeps, input: TradeInput): Promise<TradeState> {
  return await withAccount(deps, input, (channel, context) =>
    measured(deps, context.account, {
      verb: 'query',
      call: () => channel.queryTrade(context, input),
      verdictOf: verdictOfQuery,
    }),
  );
}
