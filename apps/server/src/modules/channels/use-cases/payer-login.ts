import type { MerchantAccount, PayerLogin } from '../channel.ts';
import { channelsErrors } from '../errors.ts';
import { type ChannelDeps, openAccount } from '../open-account.ts';
import { channelOf } from '../registry.ts';

/** The address that a wallet's browser is sent to, to come back with a login code. */
export function authorizeUrl(
  _deps: unknown,
  account: MerchantAccount,
  login: { readonly redirectUrl: string; readonly state: string },
): string {
  return channelOf(account.channel).authorizeUrl(account, login);
}

/** Exchanges a login code for the payer's id at the account's app. */
export async function openIdOf(
  deps: ChannelDeps,
  account: MerchantAccount,
  code: string,
): Promise<PayerLogin> {
  const context = await openAccount(deps, account.companyId, { id: account.id });
  if (!context) throw channelsErrors.MERCHANT_ACCOUNT_NOT_FOUND();
  return await channelOf(account.channel).openIdOf(context, code);
}
