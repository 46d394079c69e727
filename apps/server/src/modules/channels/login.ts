import type { ChannelContext, MerchantAccount } from './context.ts';

/** The payer's id at the channel, or why there is none. */
export type PayerLogin = { readonly openId: string } | { readonly failed: 'used-code' | 'unknown' };

/** How a wallet's browser tells who the payer is. */
export interface LoginVerbs {
  /** @param redirectUrl where the browser comes back with a code and the state */
  authorizeUrl(account: MerchantAccount, login: { redirectUrl: string; state: string }): string;
  /** Takes code and state from what the wallet put behind the redirect address. */
  readReturn(query: URLSearchParams): { readonly code: string; readonly state: string };
  openIdOf(
    context: ChannelContext,
    login: { readonly code: string; readonly userAgent: string },
  ): Promise<PayerLogin>;
  /** The same for a code of the wallet's mini-program. */
  openIdOfMiniProgram?(context: ChannelContext, code: string): Promise<PayerLogin>;
}
