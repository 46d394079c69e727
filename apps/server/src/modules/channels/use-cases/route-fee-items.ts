import type { Tx } from '../../../platform/database/index.ts';
import type { MerchantAccount, Product } from '../channel.ts';
import { trialMs } from '../domain/circuit.ts';
import { type Choice, choicesFor, isUsable, preferred } from '../domain/route.ts';
import { accountsFor, type RoutedAccount, rulesFor } from '../queries/routes.ts';
import { channelOf, isChannel } from '../registry.ts';
import { takeTrial } from '../store/circuit-store.ts';

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
  /** The app at which the payer's id is good: only its accounts can take an order of that payer. */
  readonly appId?: string | undefined;
  /** A new attempt at this instant is about to be recorded in this transaction. */
  readonly attemptAt?: Date | undefined;
}

export interface Route {
  readonly account: MerchantAccount;
  readonly way: Way;
}

interface Found {
  readonly way: Way;
  readonly choice: Choice<RoutedAccount>;
}

/**
 * Into which merchant account the money of each fee item goes, for a new attempt. An account whose
 * circuit is open is skipped while another one takes the fee item; orders that were placed before
 * stay where they are.
 * @returns no entry for a fee item that no account takes
 */
export async function routeFeeItems(
  tx: Tx,
  question: RouteQuestion,
): Promise<ReadonlyMap<string, Route>> {
  const [first] = question.ways;
  if (!first || question.feeItemIds.length === 0) return new Map();
  const channels = [...new Set(question.ways.map(({ channel }) => channel))];
  const [rules, accounts] = await Promise.all([
    rulesFor(tx, question),
    accountsFor(tx, { channels, at: question.attemptAt }),
  ]);
  const find = (known: readonly RoutedAccount[]) =>
    question.feeItemIds.flatMap((feeItemId) => {
      const found = bestOf(question, feeItemId, rules, known);
      return found ? [{ feeItemId, ...found }] : [];
    });
  const found = find(accounts);
  const turned = await withoutTurn(tx, question.attemptAt, found);
  const routed = turned.size === 0 ? found : find(accounts.map(shut(turned)));
  return new Map(routed.map(({ feeItemId, way, choice }) => [feeItemId, routeOf(way, choice)]));
}

/** The first way with an account that answers; when none does, the first way of all. */
function bestOf(
  question: RouteQuestion,
  feeItemId: string,
  rules: Parameters<typeof choicesFor>[1],
  accounts: readonly RoutedAccount[],
): Found | undefined {
  const found = question.ways.flatMap((way): Found[] => {
    if (!offers(way)) return [];
    const wish = { ...way, feeItemId, communityId: question.communityId, appId: question.appId };
    const choice = preferred(choicesFor(wish, rules, accounts));
    return choice ? [{ way, choice }] : [];
  });
  return found.find(({ choice }) => isUsable(choice.account)) ?? found[0];
}

export function offers({ channel, product }: Way): boolean {
  return isChannel(channel) && channelOf(channel).description.products.includes(product);
}

/** Half-open accounts that were chosen, and whose turn another attempt has taken meanwhile. */
async function withoutTurn(
  tx: Tx,
  at: Date | undefined,
  found: readonly Found[],
): Promise<ReadonlySet<string>> {
  if (!at) return new Set();
  const trials = found.filter(
    ({ choice: { account } }) => account.circuit === 'half-open' && account.hasTrial,
  );
  const ids = [...new Set(trials.map(({ choice }) => choice.account.id))].sort();
  const before = new Date(at.getTime() - trialMs);
  const lost = new Set<string>();
  for (const id of ids) if (!(await takeTrial(tx, { id, at, before }))) lost.add(id);
  return lost;
}

const shut = (ids: ReadonlySet<string>) => (account: RoutedAccount) =>
  ids.has(account.id) ? { ...account, hasTrial: false } : account;

function routeOf(way: Way, { account }: Choice<RoutedAccount>): Route {
  const { circuit: _circuit, hasTrial: _hasTrial, ...known } = account;
  return { account: known, way };
}
