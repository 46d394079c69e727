import { type Fen, fen } from '@wuye-pay/money';
import type { Tx } from '../../../platform/database/index.ts';
import type { Wallet } from '../../../platform/http/index.ts';
import { type Choice, choicesOf, waysInWallet } from '../../cashier/index.ts';
import type { MerchantAccount } from '../../channels/index.ts';
import { planPayments, topUpFeeItem } from '../../payment/index.ts';
import type { CheckoutDeps } from '../deps.ts';
import type { ChosenCart } from '../domain/cart.ts';

/** Where the app runs, and in what. */
export interface Surface {
  readonly surface: 'h5' | 'wechat' | 'alipay';
  /** Of a page. */
  readonly wallet: Wallet;
  readonly device: 'phone' | 'computer';
}

export interface PlannedPart {
  readonly account: MerchantAccount;
  readonly billIds: readonly string[];
  readonly unitIds: readonly string[];
  readonly amountFen: Fen;
}

/** A way to pay that works here for at least one of the bills. */
export interface WayHere {
  readonly choice: Choice;
  /** A payment for each merchant account. */
  readonly payments: readonly PlannedPart[];
  readonly unpayable: readonly string[];
}

/** Ways in the order of preference, each with the payments that the cart becomes. */
export async function waysHere(
  tx: Tx,
  deps: CheckoutDeps,
  surface: Surface,
  cart: ChosenCart,
): Promise<WayHere[]> {
  const ways = await Promise.all(
    waysOf(deps, surface).map((choice) => planWay(tx, deps, choice, cart)),
  );
  return ways.filter(({ payments }) => payments.length > 0);
}

/** Wallets that could pay the same, said where this surface cannot. */
export function otherWallets(deps: CheckoutDeps, { surface, wallet }: Surface): Choice['label'][] {
  const here = surface === 'h5' ? wallet : surface;
  return deps.doors
    .channels()
    .filter(({ wallet: own, canLogIn }) => canLogIn && own !== undefined && own !== here)
    .map(({ label }) => label);
}

function waysOf(deps: CheckoutDeps, { surface, wallet, device }: Surface): Choice[] {
  const channels = deps.doors.channels();
  if (surface !== 'h5') {
    const own = channels.filter((one) => one.wallet === surface);
    return own.flatMap(({ name, label, products }): Choice[] =>
      products.includes('mini-program') ? [{ channel: name, product: 'mini-program', label }] : [],
    );
  }
  if (wallet === 'browser') return choicesOf(device, channels);
  const labels = new Map(channels.map(({ name, label }) => [name, label]));
  return waysInWallet(wallet, channels).map((way) => ({
    ...way,
    label: labels.get(way.channel) ?? { zh: way.channel, en: way.channel },
  }));
}

/** Homes of two communities are one payment where the money goes into the same account. */
async function planWay(
  tx: Tx,
  deps: CheckoutDeps,
  choice: Choice,
  cart: ChosenCart,
): Promise<WayHere> {
  const parts = new Map<string, PlannedPart>();
  const unpayable: string[] = [];
  const lines = await linesOf(tx, cart);
  for (const communityId of new Set(lines.map((line) => line.communityId))) {
    const own = lines.filter((line) => line.communityId === communityId);
    const bills = own.map(({ id, feeItemId, payFen }) => ({ id, feeItemId, openFen: payFen }));
    const plan = await planPayments(tx, deps, { communityId, bills, ways: [choice] });
    unpayable.push(...plan.unpayable);
    for (const { account, billIds, amountFen } of plan.payments) {
      const before = parts.get(account.id);
      const units = own.filter(({ id }) => billIds.includes(id)).map(({ unitId }) => unitId);
      parts.set(account.id, {
        account,
        billIds: [...(before?.billIds ?? []), ...(cart.topUp ? [] : billIds)],
        unitIds: [...new Set([...(before?.unitIds ?? []), ...units])],
        amountFen: fen((before?.amountFen ?? 0) + amountFen),
      });
    }
  }
  return { choice, payments: [...parts.values()], unpayable: cart.topUp ? [] : unpayable };
}

/** Money paid ahead is routed like the running fees that it will pay. */
async function linesOf(tx: Tx, { bills, topUp }: ChosenCart) {
  if (!topUp) return bills;
  const { unitId, communityId, amountFen: payFen } = topUp;
  return [{ id: unitId, unitId, communityId, feeItemId: await topUpFeeItem(tx), payFen }];
}
