import type { Tx } from '../../platform/database/index.ts';
import type { Deps } from '../../platform/deps.ts';
import type { PaymentInputDeps, PlannedPayment } from '../payment/index.ts';
import type { ChannelFacts } from './domain/ways.ts';
import type { Look } from './page/document.ts';
import type { Markup } from './page/html.ts';

export type WalletAccount = PlannedPayment['account'];

/**
 * What lies outside the modules that this one may call; compose.ts hands it in. `identity` and
 * `channels` fit as they are.
 */
export interface CashierDoors {
  companyByShortCode(
    deps: Deps,
    shortCode: string,
  ): Promise<{ readonly companyId: string; readonly shortCode: string } | undefined>;
  /** Every channel that there is. */
  channels(): readonly ChannelFacts[];
  merchantAccountByNumber(tx: Tx, number: number): Promise<WalletAccount | undefined>;
  authorizeUrl(
    deps: Deps,
    account: WalletAccount,
    login: { readonly redirectUrl: string; readonly state: string },
  ): string;
  /** Code and state from what a wallet put behind the address that it came back to. */
  readLoginReturn(
    channel: string,
    query: URLSearchParams,
  ): { readonly code: string; readonly state: string };
  openIdOf(
    deps: Deps,
    account: WalletAccount,
    login: { readonly code: string; readonly userAgent: string },
  ): Promise<{ readonly openId: string } | { readonly failed: 'used-code' | 'unknown' }>;
  /** A question about paying to put on the receipt, if this payer is to be asked. */
  questionAfter(
    deps: Deps,
    payment: {
      readonly companyId: string;
      readonly paymentId: string;
      readonly payerKey: string;
      /** `/q/<code>/payments/<id>` */
      readonly path: string;
    },
    look: Look,
  ): Promise<Markup | undefined>;
  /** Where apps/cashier was built to. */
  readonly pageDirectory: string;
}

export type CashierDeps = PaymentInputDeps & { readonly doors: CashierDoors };
