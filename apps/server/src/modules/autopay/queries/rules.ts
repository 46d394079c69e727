import type { AutopaySettingView } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';
import { defaultRule, type Rule } from '../domain/rule.ts';

type Row = Omit<AutopaySettingView, 'updatedAt'> & { readonly updatedAt: Date | null };

/** A group's communities; more have no rule of their own in practice. */
const most = 2000;

/** The company's rule first, then those of communities, by name. */
export async function rulesOf(tx: Tx): Promise<AutopaySettingView[]> {
  const rows = await tx.many(sql<Row>`
    select s.basis, s.days, s.notice_days as "noticeDays", s.retry_days as "retryDays",
      s.community_id as "communityId", c.name as "communityName", s.updated_at as "updatedAt",
      s.updated_by as "updatedBy"
    from autopay.setting as s
    left join estate.pub_community as c on c.company_id = s.company_id and c.id = s.community_id
    where s.company_id = ${tx.companyId}
    order by s.community_id is not null, c.name, s.id limit ${most}`);
  const views = rows.map((row) => ({ ...row, updatedAt: row.updatedAt?.toISOString() ?? null }));
  if (views[0]?.communityId === null) return views;
  const nobody = { communityId: null, communityName: null, updatedAt: null, updatedBy: null };
  return [{ ...defaultRule, retryDays: [...defaultRule.retryDays], ...nobody }, ...views];
}

export async function hasCommunity(tx: Tx, communityId: string): Promise<boolean> {
  const row = await tx.maybe(sql`
    select 1 as one from estate.pub_community
    where company_id = ${tx.companyId} and id = ${communityId}`);
  return row !== undefined;
}

/** The rule that holds in a community. */
export async function ruleFinder(tx: Tx): Promise<(communityId: string) => Rule> {
  const rules = await rulesOf(tx);
  const own = new Map(rules.map((rule) => [rule.communityId, rule]));
  return (communityId) => own.get(communityId) ?? own.get(null) ?? defaultRule;
}
