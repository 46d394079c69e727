import { type Fen, fen } from '@wuye-pay/money';
import type { Tx } from '../../../platform/database/index.ts';
import type { MerchantAccount, Way } from '../../channels/index.ts';
import { type PaymentInputDeps, withChannels } from '../deps.ts';

export interface PlanQuestion {
  readonly communityId: string;
  /** In the order in which they are to be paid. */
  readonly bills: readonly {
    readonly id: string;
    readonly feeItemId: string;
    readonly openFen: Fen;
  }[];
  /** In the order of preference. */
  readonly ways: readonly Way[];
}

/** One payment of a cart: bills whose money goes into the same merchant account. */
export interface PlannedPayment {
  readonly account: MerchantAccount;
  readonly way: Way;
  readonly billIds: readonly string[];
  readonly amountFen: Fen;
}

export interface PaymentPlan {
  /** Each in the place of its first bill. */
  readonly payments: readonly PlannedPayment[];
  /** Bills that can be paid in none of the ways. */
  readonly unpayable: readonly string[];
}

/**
 * Divides a cart: money of one payment never mixes merchant accounts, so that bills of two
 * accounts become two payments, to be shown as such before paying.
 */
export async function planPayments(
  tx: Tx,
  deps: PaymentInputDeps,
  { communityId, bills, ways }: PlanQuestion,
): Promise<PaymentPlan> {
  const { channels } = withChannels(deps);
  const feeItemIds = [...new Set(bills.map(({ feeItemId }) => feeItemId))];
  const routes = await channels.routeFeeItems(tx, { communityId, feeItemIds, ways });
  const payments = new Map<string, PlannedPayment>();
  const unpayable: string[] = [];
  for (const { id, feeItemId, openFen } of bills) {
    const route = routes.get(feeItemId);
    if (!route) {
      unpayable.push(id);
      continue;
    }
    const key = `${route.account.id} ${route.way.product}`;
    const known = payments.get(key);
    payments.set(key, {
      ...route,
      billIds: [...(known?.billIds ?? []), id],
      amountFen: fen((known?.amountFen ?? 0) + openFen),
    });
  }
  return { payments: [...payments.values()], unpayable };
}
