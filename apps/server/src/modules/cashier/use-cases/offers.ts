import type { Tx } from '../../../platform/database/index.ts';
import type { Wallet } from '../../../platform/http/index.ts';
import { type PaymentPlan, type PlanQuestion, planPayments } from '../../payment/index.ts';
import { type Choice, choicesOf, waysInWallet } from '../domain/ways.ts';
import type { CashierDeps } from '../doors.ts';

/** A way to pay that works for at least one of the bills. */
export interface Offer {
  readonly choice: Choice;
  readonly plan: PaymentPlan;
}

export interface ScanOffer {
  readonly wallet: Wallet;
  readonly label: Choice['label'];
}

export interface Offers {
  /** What this browser can do itself. */
  readonly here: readonly Offer[];
  /** Wallets that can pay when they scan the page's code. */
  readonly byScan: readonly ScanOffer[];
}

const wallets: readonly Wallet[] = ['wechat', 'alipay', 'union-pay'];
/** Where the demo shows a phone with the wallet. */
const demoWallets: Partial<Record<Wallet, string>> = {
  wechat: 'wechat-pay',
  alipay: 'alipay',
  'union-pay': 'union-pay',
};

export function demoWalletUrl(wallet: Wallet, pageUrl: string): string | undefined {
  const name = demoWallets[wallet];
  return name && `/sim/${name}/wallet?scan=${encodeURIComponent(pageUrl)}`;
}

/** What can be paid how: asked anew for every page, so that a switched account shows at once. */
export async function offersFor(
  tx: Tx,
  deps: CashierDeps,
  visit: { readonly wallet: Wallet; readonly device: 'phone' | 'computer' },
  cart: Omit<PlanQuestion, 'ways'>,
): Promise<Offers> {
  const channels = deps.doors.channels();
  const planOf = (ways: PlanQuestion['ways']) => planPayments(tx, deps, { ...cart, ways });
  const labelOf = (name: string | undefined) =>
    channels.find((channel) => channel.name === name)?.label ?? { zh: '', en: '' };
  const inWallet = async (wallet: Wallet) => {
    const plan = await planOf(waysInWallet(wallet, channels));
    const way = plan.payments[0]?.way;
    return { wallet, plan, way, label: labelOf(way?.channel) };
  };
  const scanned = await Promise.all(wallets.map(inWallet));
  const byScan = scanned.filter(({ way, wallet }) => way && wallet !== visit.wallet);
  if (visit.wallet !== 'browser') {
    const own = scanned.find(({ wallet }) => wallet === visit.wallet);
    const here = own?.way ? [{ choice: { ...own.way, label: own.label }, plan: own.plan }] : [];
    return { here, byScan };
  }
  const choices = choicesOf(visit.device, channels);
  const plans = await Promise.all(choices.map((choice) => planOf([choice])));
  const offers = choices.flatMap((choice, index): Offer[] => {
    const plan = plans[index];
    return plan && plan.payments.length > 0 ? [{ choice, plan }] : [];
  });
  return { here: offers, byScan };
}
