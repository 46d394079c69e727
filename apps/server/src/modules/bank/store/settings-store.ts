import type { BankLayoutContent, BankSettings } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';
import type { Rule } from '../domain/not-payment.ts';

export async function saveSettings(
  tx: Tx,
  { matchesByName, twoPeopleFromFen }: BankSettings,
  at: Date,
): Promise<void> {
  await tx.run(sql`
    insert into bank.setting (company_id, id, matches_by_name, two_people_from_fen, updated_at)
    values (${tx.companyId}, ${tx.companyId}, ${matchesByName}, ${twoPeopleFromFen}, ${at})
    on conflict (company_id, id) do update set matches_by_name = excluded.matches_by_name,
      two_people_from_fen = excluded.two_people_from_fen, updated_at = excluded.updated_at`);
}

export async function insertRule(tx: Tx, rule: Rule & { id: string }, at: Date): Promise<void> {
  await tx.run(sql`
    insert into bank.rule (company_id, id, kind, place, words, is_active, created_at)
    values (${tx.companyId}, ${rule.id}, ${rule.kind}, ${rule.place}, ${rule.words}, true, ${at})`);
}

/** @returns whether there is such a rule */
export async function updateRule(
  tx: Tx,
  ruleId: string,
  rule: Rule & { readonly isActive: boolean },
): Promise<boolean> {
  const written = await tx.run(sql`
    update bank.rule set kind = ${rule.kind}, place = ${rule.place}, words = ${rule.words},
      is_active = ${rule.isActive}
    where company_id = ${tx.companyId} and id = ${ruleId}`);
  return written === 1;
}

export async function deleteRule(tx: Tx, ruleId: string): Promise<boolean> {
  const written = await tx.run(sql`
    delete from bank.rule where company_id = ${tx.companyId} and id = ${ruleId}`);
  return written === 1;
}

export interface NamedLayout {
  readonly id: string;
  readonly name: string;
  readonly content: BankLayoutContent;
}

export async function insertLayout(tx: Tx, layout: NamedLayout, at: Date): Promise<void> {
  await tx.run(sql`
    insert into bank.layout (company_id, id, name, content, created_at, updated_at)
    values (${tx.companyId}, ${layout.id}, ${layout.name}, ${JSON.stringify(layout.content)},
      ${at}, ${at})`);
}

export async function updateLayout(tx: Tx, layout: NamedLayout, at: Date): Promise<boolean> {
  const written = await tx.run(sql`
    update bank.layout set name = ${layout.name}, content = ${JSON.stringify(layout.content)},
      updated_at = ${at}
    where company_id = ${tx.companyId} and id = ${layout.id}`);
  return written === 1;
}

/** Statements that were read by it keep what it said. */
export async function deleteLayout(tx: Tx, layoutId: string): Promise<boolean> {
  const written = await tx.run(sql`
    delete from bank.layout where company_id = ${tx.companyId} and id = ${layoutId}`);
  return written === 1;
}
