import type { Tx } from '../../../platform/database/index.ts';
import type { MandatesDoor } from '../deps.ts';
import type { CoveredBill } from './covered-bills.ts';

/**
 * Bills whose money still goes into the account with which the mandate is. Routing may have
 * changed since it was signed, or the account may be ill just now.
 */
export async function routedBills(
  tx: Tx,
  { routeFeeItems }: MandatesDoor,
  mandate: { readonly channel: string; readonly merchantAccountId: string },
  bills: readonly CoveredBill[],
): Promise<CoveredBill[]> {
  const communities = [...new Set(bills.map(({ communityId }) => communityId))];
  const kept: CoveredBill[] = [];
  for (const communityId of communities) {
    const own = bills.filter((bill) => bill.communityId === communityId);
    const routes = await routeFeeItems(tx, {
      communityId,
      feeItemIds: [...new Set(own.map(({ feeItemId }) => feeItemId))],
      ways: [{ channel: mandate.channel, product: 'debit' }],
    });
    kept.push(
      ...own.filter(
        ({ feeItemId }) => routes.get(feeItemId)?.account.id === mandate.merchantAccountId,
      ),
    );
  }
  const order = new Map(bills.map(({ id }, index) => [id, index]));
  return kept.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
}
