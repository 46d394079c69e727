import { sql, type Tx } from '../../../platform/database/index.ts';
import type { Rule } from '../domain/route.ts';

/** Writes a rule, new or changed. */
export async function saveRule(tx: Tx, rule: Rule, at: Date): Promise<void> {
  await tx.run(sql`
    insert into channels.route (company_id, id, community_id, fee_item_id, product,
      merchant_account_id, priority, created_at)
    values (${tx.companyId}, ${rule.id}, ${rule.communityId}, ${rule.feeItemId}, ${rule.product},
      ${rule.merchantAccountId}, ${rule.priority}, ${at})
    on conflict (company_id, id) do update
    set community_id = excluded.community_id, fee_item_id = excluded.fee_item_id,
      product = excluded.product, merchant_account_id = excluded.merchant_account_id,
      priority = excluded.priority`);
}

export async function deleteRule(tx: Tx, id: string): Promise<boolean> {
  const deleted = await tx.run(sql`
    delete from channels.route where company_id = ${tx.companyId} and id = ${id}`);
  return deleted === 1;
}
