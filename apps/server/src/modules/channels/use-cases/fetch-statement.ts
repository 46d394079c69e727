import type { ChannelDeps } from '../open-account.ts';
import type { StatementRequest, StatementResult } from '../statement.ts';
import { type OfAccount, withAccount } from './with-account.ts';

/** The channel's own list of a day. Outside transactions. @throws MERCHANT_ACCOUNT_NOT_FOUND */
export async function fetchStatement(
  deps: ChannelDeps,
  input: StatementRequest & OfAccount,
): Promise<StatementResult> {
  return await withAccount(deps, input, (channel, context) =>
    channel.fetchStatement(context, input),
  );
}
