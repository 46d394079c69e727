import type { ChannelRouteView, RouteTrial } from '@wuye-pay/contract';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { Product } from '../channel.ts';
import type { Words } from '../description.ts';
import { choicesFor, isUsable, preferred, type Rule } from '../domain/route.ts';
import { channelsErrors } from '../errors.ts';
import { openChanges } from '../queries/change-requests.ts';
import {
  accountsFor,
  listRules,
  namesOf,
  type RoutedAccount,
  rulesFor,
} from '../queries/routes.ts';
import { offers } from './route-fee-items.ts';

/** Rules in the order in which they are tried. */
export async function viewRoutes(
  deps: Pick<Deps, 'db'>,
  companyId: string,
): Promise<ChannelRouteView[]> {
  return await deps.db.read(companyId, async (tx) => {
    const [rules, waiting] = await Promise.all([listRules(tx, {}), openChanges(tx)]);
    return rules.map((rule) => ({
      ...rule,
      product: rule.product as Product | null,
      openChangeId: waiting.get(rule.id) ?? null,
    }));
  });
}

interface TrialQuestion {
  readonly communityId: string;
  readonly feeItemId: string;
  readonly channel: string;
  readonly product: Product;
}

/** Which account would take a fee item at this moment, and why. @throws ROUTE_INVALID */
export async function tryRoute(
  deps: Pick<Deps, 'db' | 'clock'>,
  companyId: string,
  question: TrialQuestion,
): Promise<RouteTrial> {
  return await deps.db.read(companyId, async (tx) => {
    await checkQuestion(tx, question);
    if (!offers(question)) return { accountName: null, why: words.notOffered, candidates: [] };
    const feeItemIds = [question.feeItemId];
    const at = deps.clock.now();
    const [rules, accounts] = await Promise.all([
      rulesFor(tx, { ...question, feeItemIds }),
      accountsFor(tx, { channels: [question.channel], at }),
    ]);
    return trialOf(question, rules, accounts);
  });
}

async function checkQuestion(tx: Tx, { communityId, feeItemId }: TrialQuestion): Promise<void> {
  const names = await namesOf(tx, { communityId, feeItemId, merchantAccountId: null });
  const problems = [
    ...(names.community === null ? [{ field: 'communityId', reason: '没有这个小区' }] : []),
    ...(names.feeItem === null ? [{ field: 'feeItemId', reason: '没有这个收费项目' }] : []),
  ];
  if (problems.length > 0) throw channelsErrors.ROUTE_INVALID({ problems });
}

function trialOf(
  question: TrialQuestion,
  rules: readonly Rule[],
  accounts: readonly RoutedAccount[],
): RouteTrial {
  const choices = choicesFor(question, rules, accounts);
  const chosen = preferred(choices);
  if (!chosen) {
    const why = accounts.length === 0 ? words.noAccount : words.allDisabled;
    return { accountName: null, why, candidates: [] };
  }
  return {
    accountName: chosen.account.name,
    why: whyOf(chosen.rule, chosen === choices[0], isUsable(chosen.account)),
    candidates: choices.map((choice) => ({
      merchantAccountId: choice.account.id,
      accountName: choice.account.name,
      isChosen: choice === chosen,
      routeId: choice.rule?.id ?? null,
      why: stateWords(choice.account),
    })),
  };
}

function whyOf(rule: Rule | undefined, isFirst: boolean, isWell: boolean): Words {
  if (!isWell) return words.allSick;
  if (!isFirst) return words.skipped;
  return rule ? words.byRule : words.byNumber;
}

function stateWords({ circuit, hasTrial }: RoutedAccount): Words {
  if (circuit === 'closed') return words.well;
  if (circuit === 'half-open') return hasTrial ? words.trial : words.tried;
  return words.sick;
}

const words = {
  notOffered: { zh: '这个渠道没有这种支付方式', en: 'The channel does not have this product' },
  noAccount: { zh: '这个渠道还没有商户号', en: 'The channel has no account yet' },
  allDisabled: {
    zh: '适用的商户号都已停用，这笔费用现在不能用这种方式支付',
    en: 'The accounts that fit are disabled: this cannot be paid in this way now',
  },
  allSick: {
    zh: '适用的商户号都不稳定，没有别的可换，仍用第一个',
    en: 'None of the accounts that fit answers well; the first one is used all the same',
  },
  skipped: {
    zh: '排在前面的商户号暂时不稳定，已跳过',
    en: 'The accounts before it do not answer well and are skipped',
  },
  byRule: { zh: '按最具体的收款路由', en: 'By the rule that says most' },
  byNumber: {
    zh: '没有适用的收款路由，按商户号的编号顺序',
    en: 'No rule fits: accounts are tried in the order of their numbers',
  },
  well: { zh: '正常', en: 'well' },
  trial: { zh: '恢复中，下一笔新支付会试它', en: 'recovering: the next new payment tries it' },
  tried: { zh: '恢复中，正在试一笔', en: 'recovering: a payment is trying it' },
  sick: { zh: '熔断中，新支付暂时跳过', en: 'circuit open: skipped for new payments' },
} as const satisfies Record<string, Words>;
