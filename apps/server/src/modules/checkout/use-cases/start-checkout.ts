import type { CheckoutStarted } from '@wuye-pay/contract';
import { fen } from '@wuye-pay/money';
import type { ResidentActor } from '../../../platform/actor.ts';
import { type Choice, chosenWay, type Limiter } from '../../cashier/index.ts';
import { type StartedPayment, startPayment } from '../../payment/index.ts';
import type { CheckoutDeps } from '../deps.ts';
import type { CartBody, ChosenCart } from '../domain/cart.ts';
import { payerKeyOf } from '../domain/payer-key.ts';
import { leastTopUpFen, mostTopUpFen } from '../domain/top-up.ts';
import { checkoutErrors } from '../errors.ts';
import { walletIds } from '../queries/wallet-ids.ts';
import { scopeOf } from './plan-checkout.ts';
import { resolveCart } from './resolve-cart.ts';
import { type Surface, waysHere } from './ways-here.ts';

export interface StartInput {
  readonly actor: ResidentActor;
  readonly body: CartBody & {
    readonly amountFen: number;
    readonly way: string;
    readonly idempotencyKey: string;
  };
  readonly surface: Surface;
  readonly payerIp: string;
}

/**
 * Begins one payment of a plan. The same key gives the same payment for ever; the same bills again
 * give the one that is open.
 * @throws what startPayment throws, CART_WRONG, CART_CHANGED, WAY_NOT_HERE, WALLET_NOT_LINKED,
 *   CHECKOUT_TOO_OFTEN, HOME_NOT_BOUND
 */
export async function startCheckout(
  deps: CheckoutDeps,
  paying: Limiter,
  input: StartInput,
): Promise<CheckoutStarted> {
  const { actor, body, surface, payerIp } = input;
  const key = payerKeyOf(actor.id);
  if (!paying.allows(key)) throw checkoutErrors.CHECKOUT_TOO_OFTEN();
  const found = await deps.db.read(actor.companyId, async (tx) => {
    const cart = await resolveCart(tx, actor, body);
    checkTopUp(cart);
    const ways = await waysHere(tx, deps, surface, cart);
    const choice = chosenWay(
      body.way,
      ways.map((way) => way.choice),
    );
    const account = ways.find((way) => way.choice === choice)?.payments[0]?.account;
    if (!choice || !account) throw checkoutErrors.WAY_NOT_HERE();
    return { cart, choice, account, known: await walletIds(tx, actor.id) };
  });
  const { cart, choice, account, known } = found;
  const [unitId = '', ...furtherUnitIds] = cart.unitIds;
  const started = await startPayment(deps, {
    companyId: actor.companyId,
    unitId,
    furtherUnitIds,
    billIds: cart.bills.map(({ id }) => id),
    partsFen: cart.partsFen,
    ...(cart.topUp && { topUpFen: cart.topUp.amountFen }),
    amountFen: body.amountFen,
    payer: { channel: choice.channel, key, ...idAt(choice, account, known) },
    product: choice.product,
    source: 'resident',
    idempotencyKey: body.idempotencyKey,
    payerIp,
    returnUrlOf: (id) => `${deps.publicUrl}/pay/${id}/back`,
  });
  return viewOf(started);
}

function checkTopUp({ topUp }: ChosenCart): void {
  if (!topUp) return;
  const isFit = topUp.amountFen >= leastTopUpFen && topUp.amountFen <= mostTopUpFen;
  if (!isFit) throw checkoutErrors.CART_WRONG();
}

/** In a wallet its own id pays; the browser's pages know the payer themselves. */
function idAt(
  { product }: Choice,
  account: Parameters<typeof scopeOf>[0],
  known: ReadonlyMap<string, string>,
) {
  if (product !== 'jsapi' && product !== 'mini-program') return {};
  const openId = known.get(scopeOf(account));
  if (openId === undefined) throw checkoutErrors.WALLET_NOT_LINKED();
  return { openId, appId: account.appId };
}

/** The app opens a wallet's sheet itself; all else is a page of ours to go to. */
function viewOf({ instructions, expiresAt, ...told }: StartedPayment): CheckoutStarted {
  const started = { ...told, amountFen: fen(told.amountFen), expiresAt: expiresAt.toISOString() };
  if (!instructions) return started;
  const isForWallet = instructions.kind === 'jsapi' || instructions.kind === 'alipay-trade';
  const url = `/pay/${told.paymentId}/go`;
  return { ...started, instructions: isForWallet ? instructions : { kind: 'go', url } };
}
