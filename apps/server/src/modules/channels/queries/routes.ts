import { sql, type Tx } from '../../../platform/database/index.ts';
import type { MerchantAccount } from '../channel.ts';
import { type CircuitState, trialMs } from '../domain/circuit.ts';
import type { Candidate, Rule } from '../domain/route.ts';
import { accountColumns } from './merchant-accounts.ts';

export interface RoutedAccount extends MerchantAccount, Omit<Candidate, keyof MerchantAccount> {}

const ruleColumns = sql`route.id, route.community_id as "communityId",
  route.fee_item_id as "feeItemId", route.product,
  route.merchant_account_id as "merchantAccountId", route.priority`;

/** Rules that may fit; a company has a handful, and one of hundreds is still a small read. */
export async function rulesFor(
  tx: Tx,
  wish: { readonly communityId: string; readonly feeItemIds: readonly string[] },
): Promise<Rule[]> {
  return await tx.many(sql<Rule>`
    select ${ruleColumns} from channels.route as route
    where route.company_id = ${tx.companyId}
      and (route.community_id is null or route.community_id = ${wish.communityId})
      and (route.fee_item_id is null or route.fee_item_id = any (${wish.feeItemIds}::uuid[]))
    order by route.priority, route.id`);
}

/** Every account of some channels, disabled ones too, with how it is. */
export async function accountsFor(
  tx: Tx,
  input: { readonly channels: readonly string[]; readonly at: Date | undefined },
): Promise<RoutedAccount[]> {
  const rows = await tx.many(sql<
    MerchantAccount & { circuit: CircuitState | null; trialAt: Date | null }
  >`
    select ${accountColumns}, circuit.state as circuit, circuit.trial_at as "trialAt"
    from channels.merchant_account as account
    left join channels.circuit as circuit
      on circuit.company_id = account.company_id and circuit.id = account.id
    where account.company_id = ${tx.companyId}
      and account.channel = any (${input.channels}::text[])
    order by account.number`);
  return rows.map(({ circuit, trialAt, ...account }) => ({
    ...account,
    circuit: circuit ?? 'closed',
    hasTrial: trialAt === null || !input.at || trialAt.getTime() <= input.at.getTime() - trialMs,
  }));
}

export interface ListedRule extends Rule {
  readonly communityName: string | null;
  readonly feeItemName: string | null;
  readonly channel: string;
  readonly accountName: string;
  readonly accountState: MerchantAccount['state'];
  readonly circuit: CircuitState;
}

/** Rules with the names of what they are about, in the order in which they are tried. */
export async function listRules(tx: Tx, only: { readonly id?: string }): Promise<ListedRule[]> {
  const filter = only.id === undefined ? sql`true` : sql`route.id = ${only.id}`;
  return await tx.many(sql<ListedRule>`
    select ${ruleColumns}, community.name as "communityName", fee.name as "feeItemName",
      account.channel, account.name as "accountName", account.state as "accountState",
      coalesce(circuit.state, 'closed') as circuit
    from channels.route as route
    join channels.merchant_account as account
      on account.company_id = route.company_id and account.id = route.merchant_account_id
    left join channels.circuit as circuit
      on circuit.company_id = route.company_id and circuit.id = route.merchant_account_id
    left join estate.pub_community as community
      on community.company_id = route.company_id and community.id = route.community_id
    left join charging.pub_fee_item as fee
      on fee.company_id = route.company_id and fee.id = route.fee_item_id
    where route.company_id = ${tx.companyId} and ${filter}
    order by route.fee_item_id is null, route.community_id is null, route.product is null,
      route.priority, account.number, route.id
    limit 500`);
}

export interface Names {
  readonly community: string | null;
  readonly feeItem: string | null;
  readonly account: string | null;
}

/** What the ids of a rule are called; null for what the company does not have. */
export async function namesOf(
  tx: Tx,
  ids: {
    readonly communityId: string | null;
    readonly feeItemId: string | null;
    readonly merchantAccountId: string | null;
  },
): Promise<Names> {
  return await tx.one(sql<{
    community: string | null;
    feeItem: string | null;
    account: string | null;
  }>`
    select
      (select name from estate.pub_community
        where company_id = ${tx.companyId} and id = ${ids.communityId}::uuid) as community,
      (select name from charging.pub_fee_item
        where company_id = ${tx.companyId} and id = ${ids.feeItemId}::uuid) as "feeItem",
      (select name from channels.merchant_account
        where company_id = ${tx.companyId} and id = ${ids.merchantAccountId}::uuid) as account`);
}
