import { sql, type Tx } from '../../../platform/database/index.ts';
import type { PrepaymentSetting } from '../queries/setting.ts';

export async function saveSetting(tx: Tx, setting: PrepaymentSetting, at: Date): Promise<void> {
  const { shortBalance, allowsPart, ceiling } = setting;
  await tx.run(sql`
    insert into prepayment.setting (company_id, id, short_balance, allows_part, ceiling_months,
      ceiling_source, changed_at)
    values (${tx.companyId}, ${tx.companyId}, ${shortBalance}, ${allowsPart},
      ${ceiling?.months ?? null}, ${ceiling?.source ?? null}, ${at})
    on conflict (company_id, id) do update set short_balance = excluded.short_balance,
      allows_part = excluded.allows_part, ceiling_months = excluded.ceiling_months,
      ceiling_source = excluded.ceiling_source, changed_at = excluded.changed_at`);
}
