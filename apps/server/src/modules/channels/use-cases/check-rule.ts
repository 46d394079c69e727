import type { Tx } from '../../../platform/database/index.ts';
import type { Problem } from '../../../platform/errors.ts';
import type { Product } from '../channel.ts';
import type { Rule } from '../domain/route.ts';
import { channelsErrors } from '../errors.ts';
import { merchantAccountById } from '../queries/merchant-accounts.ts';
import { listRules, type Names, namesOf } from '../queries/routes.ts';
import { offers } from './route-fee-items.ts';

/** A rule without its id; what is null is any. */
export type RuleInput = Omit<Rule, 'id' | 'product'> & { readonly product: Product | null };

/** @returns what it names. @throws ROUTE_INVALID, ROUTE_EXISTS */
export async function checkRule(tx: Tx, rule: Rule): Promise<Names> {
  const names = await namesOf(tx, rule);
  const account = await merchantAccountById(tx, rule.merchantAccountId);
  const problems: Problem[] = [];
  if (rule.communityId !== null && names.community === null) {
    problems.push({ field: 'communityId', reason: '没有这个小区' });
  }
  if (rule.feeItemId !== null && names.feeItem === null) {
    problems.push({ field: 'feeItemId', reason: '没有这个收费项目' });
  }
  if (!account) problems.push({ field: 'merchantAccountId', reason: '没有这个商户号' });
  if (account && rule.product !== null) {
    const way = { channel: account.channel, product: rule.product as Product };
    if (!offers(way)) problems.push({ field: 'product', reason: '商户号的渠道没有这种支付方式' });
  }
  if (problems.length > 0) throw channelsErrors.ROUTE_INVALID({ problems });
  const twin = (await listRules(tx, {})).find((known) => isSame(known, rule));
  if (twin && twin.id !== rule.id) throw channelsErrors.ROUTE_EXISTS();
  return names;
}

function isSame(one: Rule, other: Rule): boolean {
  return (
    one.communityId === other.communityId &&
    one.feeItemId === other.feeItemId &&
    one.product === other.product &&
    one.merchantAccountId === other.merchantAccountId
  );
}
