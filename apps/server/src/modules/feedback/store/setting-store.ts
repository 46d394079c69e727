import type { FeedbackSettings } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';

export async function saveSettings(
  tx: Tx,
  { content, by, at }: { content: FeedbackSettings; by: string; at: Date },
): Promise<void> {
  await tx.run(sql`
    insert into feedback.setting (company_id, id, content, updated_at, updated_by)
    values (${tx.companyId}, ${tx.companyId}, ${JSON.stringify(content)}, ${at}, ${by})
    on conflict (company_id, id) do update set content = excluded.content,
      updated_at = excluded.updated_at, updated_by = excluded.updated_by`);
}

export interface CannedToSave {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly textEn: string;
  readonly categoryId: string | null;
  readonly by: string;
  readonly at: Date;
}

/** Two of one title break this. */
export const cannedTitleKey = 'canned_answer_title_key';

export async function insertCanned(tx: Tx, canned: CannedToSave): Promise<void> {
  await tx.run(sql`
    insert into feedback.canned_answer (company_id, id, title, text, text_en, category_id,
      updated_at, updated_by)
    values (${tx.companyId}, ${canned.id}, ${canned.title}, ${canned.text}, ${canned.textEn},
      ${canned.categoryId}, ${canned.at}, ${canned.by})`);
}

export async function updateCanned(tx: Tx, canned: CannedToSave): Promise<void> {
  await tx.run(sql`
    update feedback.canned_answer set title = ${canned.title}, text = ${canned.text},
      text_en = ${canned.textEn}, category_id = ${canned.categoryId}, updated_at = ${canned.at},
      updated_by = ${canned.by}
    where company_id = ${tx.companyId} and id = ${canned.id}`);
}

export async function deleteCanned(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.run(sql`
    delete from feedback.canned_answer where company_id = ${tx.companyId} and id = ${id}`);
  return rows === 1;
}
