import type { Tx } from '../../../platform/database/index.ts';
import type { MerchantAccount, Product } from '../channel.ts';
import { chooseMerchantAccount } from '../queries/merchant-accounts.ts';

/** A way to pay: one product of one channel. */
export interface Way {
  readonly channel: string;
  readonly product: Product;
}

export interface RouteQuestion {
  readonly communityId: string;
  readonly feeItemIds: readonly string[];
  /** In the order of preference; the first way that leads to an account is taken. */
  readonly ways: readonly Way[];
}

export interface Route {
  readonly account: MerchantAccount;
  readonly way: Way;
}

/**
 * Into which merchant account the money of each fee item goes, for a new attempt.
 * @returns no entry for a fee item that no account takes
 */
export async function routeFeeItems(
  tx: Tx,
  { feeItemIds, ways }: RouteQuestion,
): Promise<ReadonlyMap<string, Route>> {
  for (const way of ways) {
    const account = await chooseMerchantAccount(tx, { channel: way.channel });
    if (account) return new Map(feeItemIds.map((id) => [id, { account, way }]));
  }
  return new Map();
}
