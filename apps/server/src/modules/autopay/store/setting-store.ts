import { sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';
import type { Rule } from '../domain/rule.ts';

const idOf = (tx: Tx, communityId: string | null) =>
  derivedId(tx.companyId, 'autopay.setting', communityId ?? '');

export async function saveRule(
  tx: Tx,
  communityId: string | null,
  rule: Rule & { readonly at: Date; readonly by: string },
): Promise<void> {
  const { basis, days, noticeDays, retryDays } = rule;
  await tx.run(sql`
    insert into autopay.setting (company_id, id, community_id, basis, days, notice_days,
      retry_days, updated_at, updated_by)
    values (${tx.companyId}, ${idOf(tx, communityId)}, ${communityId}, ${basis}, ${days},
      ${noticeDays}, ${retryDays}::integer[], ${rule.at}, ${rule.by})
    on conflict (company_id, id) do update set basis = excluded.basis, days = excluded.days,
      notice_days = excluded.notice_days, retry_days = excluded.retry_days,
      updated_at = excluded.updated_at, updated_by = excluded.updated_by`);
}

export async function removeRule(tx: Tx, communityId: string): Promise<void> {
  await tx.run(sql`
    delete from autopay.setting
    where company_id = ${tx.companyId} and id = ${idOf(tx, communityId)}`);
}
