import type { LoginVerbs, MerchantAccount, PayerLogin } from '../channel.ts';
import type { ChannelDeps } from '../open-account.ts';
import { channelOf } from '../registry.ts';
import { withAccount } from './with-account.ts';

/** The address that a wallet's browser is sent to, to come back with a login code. */
export function authorizeUrl(
  _deps: unknown,
  account: MerchantAccount,
  login: { readonly redirectUrl: string; readonly state: string },
): string {
  return loginOf(account.channel).authorizeUrl(account, login);
}

/** Code and state from what the wallet put behind the redirect address. */
export function readLoginReturn(
  channel: string,
  query: URLSearchParams,
): { readonly code: string; readonly state: string } {
  return loginOf(channel).readReturn(query);
}

/** Exchanges a login code for the payer's id at the account's app. Outside transactions. */
export async function openIdOf(
  deps: ChannelDeps,
  { companyId, id }: MerchantAccount,
  login: { readonly code: string; readonly userAgent: string },
): Promise<PayerLogin> {
  return await withAccount(deps, { companyId, merchantAccountId: id }, (channel, context) =>
    loginOf(channel.description.name).openIdOf(context, login),
  );
}

/** The same for the code that a mini-program was given. @throws where the channel has none */
export async function openIdOfMiniProgram(
  deps: ChannelDeps,
  { companyId, id, channel }: MerchantAccount,
  code: string,
): Promise<PayerLogin> {
  const ask = loginOf(channel).openIdOfMiniProgram;
  if (!ask) throw new Error(`${channel} has no mini-program that tells who pays`);
  return await withAccount(deps, { companyId, merchantAccountId: id }, (_channel, context) =>
    ask(context, code),
  );
}

function loginOf(channel: string): LoginVerbs {
  const { login } = channelOf(channel);
  if (!login) throw new Error(`${channel} has no wallet that tells who pays`);
  return login;
}
