import type { BankRuleView, BankSettings } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';

const defaults: BankSettings = { matchesByName: false, twoPeopleFromFen: null };

export async function bankSettings(tx: Tx): Promise<BankSettings> {
  const row = await tx.maybe(sql<BankSettings>`
    select matches_by_name as "matchesByName", two_people_from_fen as "twoPeopleFromFen"
    from bank.setting where company_id = ${tx.companyId} and id = ${tx.companyId}`);
  return row ?? defaults;
}

const mostRules = 200;

export async function bankRules(tx: Tx): Promise<BankRuleView[]> {
  const rows = await tx.many(sql<Omit<BankRuleView, 'createdAt'> & { createdAt: Date }>`
    select id, kind, place, words, is_active as "isActive", created_at as "createdAt"
    from bank.rule where company_id = ${tx.companyId} order by id limit ${mostRules}`);
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}
