import type { Tx } from '../../platform/database/index.ts';
import type { Deps } from '../../platform/deps.ts';

/** A merchant account, as far as a page needs to know it. */
export interface WalletAccount {
  readonly id: string;
  readonly companyId: string;
  /** The payer's id in the wallet is one per app. */
  readonly appId: string;
}

/**
 * What lies outside the modules that this one may call; compose.ts hands it in. `identity` and
 * `channels` fit as they are.
 */
export interface CashierDoors {
  companyByShortCode(
    deps: Deps,
    shortCode: string,
  ): Promise<{ readonly companyId: string; readonly shortCode: string } | undefined>;
  chooseMerchantAccount(
    tx: Tx,
    input: { readonly channel: string },
  ): Promise<WalletAccount | undefined>;
  authorizeUrl(
    deps: Deps,
    account: WalletAccount,
    login: { readonly redirectUrl: string; readonly state: string },
  ): string;
  openIdOf(
    deps: Deps,
    account: WalletAccount,
    login: { readonly code: string; readonly userAgent: string },
  ): Promise<{ readonly openId: string } | { readonly failed: 'used-code' | 'unknown' }>;
  /** Where apps/cashier was built to. */
  readonly pageDirectory: string;
}

export type CashierDeps = Deps & { readonly doors: CashierDoors };
