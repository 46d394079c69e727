import { verdictOfPrepay } from '../account-faults.ts';
import type { Order, PrepayResult } from '../channel.ts';
import { channelsErrors } from '../errors.ts';
import type { ChannelDeps } from '../open-account.ts';
import { activeMandate } from './mandates.ts';
import { measured } from './measure-call.ts';
import { type OfAccount, withAccount } from './with-account.ts';

/** For `debit`, `mandateNo` is ours. */
export type PrepayInput = Order & OfAccount;

/**
 * Places an order at the channel. Outside transactions.
 * @throws MERCHANT_ACCOUNT_NOT_FOUND; for `debit` MANDATE_NOT_FOUND, MANDATE_NOT_ACTIVE,
 *   MANDATE_LIMIT
 */
export async function prepay(deps: ChannelDeps, input: PrepayInput): Promise<PrepayResult> {
  const order = input.product === 'debit' ? await underMandate(deps, input) : input;
  return await withAccount(deps, input, (channel, context) =>
    measured(deps, context.account, {
      verb: 'prepay',
      call: () => channel.prepay(context, order),
      verdictOf: (result) => verdictOfPrepay(channel.description, result),
    }),
  );
}

async function underMandate(deps: ChannelDeps, input: PrepayInput): Promise<Order> {
  const { mandateNo = '', amountFen } = input;
  const mandate = await activeMandate(deps, { ...input, mandateNo });
  if (amountFen > mandate.limitFen) throw channelsErrors.MANDATE_LIMIT();
  return { ...input, mandateNo: mandate.channelMandateNo };
}
