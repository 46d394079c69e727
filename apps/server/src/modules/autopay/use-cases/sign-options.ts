import type { AutopayOption, ResidentSurface } from '@wuye-pay/contract';
import { fen } from '@wuye-pay/money';
import type { ResidentActor } from '../../../platform/actor.ts';
import { dayOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { allChannels } from '../../channels/index.ts';
import { homesOf } from '../../resident/index.ts';
import { type AutopayDeps, type AutopayInputDeps, withMandates } from '../deps.ts';
import { firstPossibleDay } from '../domain/calendar.ts';
import { canSignHere, signingGuide } from '../domain/guide.ts';
import { suggestedLimits } from '../domain/suggest.ts';
import { walletWords } from '../domain/words.ts';
import { debitHours, noticeMs } from '../limits.ts';
import { companyOf } from '../queries/company.ts';
import { type HomeItem, homeItems } from '../queries/options.ts';
import { ruleFinder } from '../queries/rules.ts';

/** One signature: the items that one merchant account of one wallet can take. */
export interface Offer {
  readonly channel: string;
  readonly merchantAccountId: string;
  readonly accountName: string;
  readonly items: readonly HomeItem[];
}

/** What can be signed for the homes of an account: an offer a merchant account. */
export async function offersFor(
  tx: Tx,
  { mandates }: AutopayDeps,
  accountId: string,
): Promise<Offer[]> {
  const homes = await homesOf(tx, accountId);
  const unitIds = homes.map(({ unitId }) => unitId);
  if (unitIds.length === 0) return [];
  const items = await homeItems(tx, { unitIds, accountId });
  const channels = allChannels().flatMap(({ description, mandates: verbs }) =>
    verbs && description.products.includes('debit') ? [description.name] : [],
  );
  const offers = new Map<string, Offer>();
  for (const communityId of new Set(items.map((item) => item.communityId))) {
    const own = items.filter((item) => item.communityId === communityId);
    const feeItemIds = [...new Set(own.map(({ feeItemId }) => feeItemId))];
    for (const channel of channels) {
      const ways = [{ channel, product: 'debit' }] as const;
      const routes = await mandates.routeFeeItems(tx, { communityId, feeItemIds, ways });
      for (const item of own) {
        const account = routes.get(item.feeItemId)?.account;
        if (!account) continue;
        const known = offers.get(account.id);
        const { id: merchantAccountId, name: accountName } = account;
        offers.set(account.id, {
          channel,
          merchantAccountId,
          accountName,
          items: [...(known?.items ?? []), item],
        });
      }
    }
  }
  return [...offers.values()];
}

/** @returns the first day for a debit, and what can be signed */
export async function signOptions(
  input: AutopayInputDeps,
  asked: {
    readonly actor: ResidentActor;
    readonly surface: ResidentSurface;
    /** In which the app runs, or `browser`. */
    readonly wallet: string;
  },
): Promise<{ firstDebitOn: string; options: AutopayOption[] }> {
  const deps = withMandates(input);
  const { actor, surface, wallet: runsIn } = asked;
  return await deps.db.read(actor.companyId, async (tx) => {
    const offers = await offersFor(tx, deps, actor.id);
    const options = offers.map((offer): AutopayOption => {
      const isHere = canSignHere(offer.channel, surface, runsIn);
      const { channel, merchantAccountId, accountName, items } = offer;
      const wallet = walletWords(channel);
      const guide = signingGuide(channel, isHere);
      const homes = homesIn(items);
      const known = { channel, merchantAccountId, accountName, wallet, homes, isHere, guide };
      return { ...known, ...suggestedLimits(items.map((item) => item.newestFen ?? fen(0))) };
    });
    const sorted = options.sort((a, b) => Number(b.isHere) - Number(a.isHere));
    return { firstDebitOn: await firstDay(tx, deps), options: sorted };
  });
}

/** The first day that a debit of a mandate signed now can have. */
export async function firstDay(tx: Tx, deps: AutopayDeps): Promise<string> {
  const { timeZone } = await companyOf(tx);
  const ruleOf = await ruleFinder(tx);
  const { noticeDays } = ruleOf('');
  const now = deps.clock.now();
  const day = firstPossibleDay(now, { noticeDays, noticeMs, hours: debitHours, timeZone });
  return day > dayOf(now, timeZone) ? day : dayOf(now, timeZone);
}

function homesIn(items: readonly HomeItem[]): AutopayOption['homes'] {
  const homes = new Map<string, AutopayOption['homes'][number]>();
  for (const { unitId, communityName, label, feeItemId, name, newestFen, paidBy } of items) {
    const home = homes.get(unitId) ?? { unitId, communityName, label, items: [] };
    homes.set(unitId, { ...home, items: [...home.items, { feeItemId, name, newestFen, paidBy }] });
  }
  return [...homes.values()];
}
