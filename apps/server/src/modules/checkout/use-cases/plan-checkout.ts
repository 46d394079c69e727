import type { CheckoutPlan } from '@wuye-pay/contract';
import { yuanAmount } from '@wuye-pay/money';
import type { ResidentActor } from '../../../platform/actor.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { wayText } from '../../cashier/index.ts';
import type { MerchantAccount } from '../../channels/index.ts';
import type { CheckoutDeps } from '../deps.ts';
import type { CartBody, ChosenCart } from '../domain/cart.ts';
import { ceilingWarning } from '../domain/top-up.ts';
import { checkoutErrors } from '../errors.ts';
import { companyOf } from '../queries/company.ts';
import { walletIds } from '../queries/wallet-ids.ts';
import { resolveCart } from './resolve-cart.ts';
import { topUpFacts } from './top-up-options.ts';
import { otherWallets, type Surface, type WayHere, waysHere } from './ways-here.ts';

/** Which payments a cart becomes here, and how each can be paid. Changes nothing. */
export async function planCheckout(
  deps: CheckoutDeps,
  input: { readonly actor: ResidentActor; readonly body: CartBody; readonly surface: Surface },
): Promise<CheckoutPlan> {
  const { actor, body, surface } = input;
  return await deps.db.read(actor.companyId, async (tx) => {
    const cart = await resolveCart(tx, actor, body);
    if (cart.bills.some(({ openFen, payFen }) => openFen < payFen || openFen === 0)) {
      throw checkoutErrors.CART_CHANGED();
    }
    const [ways, known, company] = await Promise.all([
      waysHere(tx, deps, surface, cart),
      walletIds(tx, actor.id),
      companyOf(tx),
    ]);
    return {
      amountFen: cart.amountFen,
      ways: ways.map((way) => viewOf(way, surface, known, company.shortCode)),
      otherWallets: otherWallets(deps, surface),
      warnings: await warningsOf(tx, cart),
    };
  });
}

function viewOf(
  { choice, payments, unpayable }: WayHere,
  surface: Surface,
  known: ReadonlyMap<string, string>,
  shortCode: string,
): CheckoutPlan['ways'][number] {
  const needsWallet = choice.product === 'jsapi' && surface.surface === 'h5';
  const stranger = needsWallet
    ? payments.find(({ account }) => !known.has(scopeOf(account)))
    : undefined;
  return {
    way: wayText(choice),
    channel: choice.channel,
    product: choice.product,
    label: choice.label,
    loginUrl: stranger ? loginUrlOf(stranger.account, shortCode) : null,
    payments: payments.map(({ billIds, unitIds, amountFen }) => ({
      billIds: [...billIds],
      unitIds: [...unitIds],
      amountFen,
    })),
    unpayable: [...unpayable],
  };
}

/** As the wallets' ids of residents are kept. */
export function scopeOf({ channel, appId, subAppId, mchId }: MerchantAccount): string {
  return `${channel}/${subAppId ?? (appId || mchId)}`;
}

/** The wallet comes to the account that is signed in: who pays does not become somebody else. */
function loginUrlOf(account: MerchantAccount, shortCode: string): string {
  const { channel, subAppId, appId } = account;
  const app = subAppId ?? appId;
  const query = new URLSearchParams({ company: shortCode, link: '1', ...(app && { appId: app }) });
  return `/api/resident/wallet-login/${channel}?${query.toString()}`;
}

async function warningsOf(tx: Tx, { topUp }: ChosenCart): Promise<CheckoutPlan['warnings']> {
  if (!topUp) return [];
  const facts = await topUpFacts(tx, topUp.unitId);
  const open = yuanAmount(facts.openFen);
  const owes = {
    zh: `这套房屋还有 ${open} 未缴。预存不会自动抵缴现有账单，可先缴清，或预存后点「用余额缴」`,
    en: `${open} of this home is still to be paid. Money paid ahead does not settle it by itself; pay it first, or use the balance afterwards`,
  };
  const over = ceilingWarning(facts, topUp.amountFen);
  return [...(facts.openFen > 0 ? [owes] : []), ...(over ? [over] : [])];
}
