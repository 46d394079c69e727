import { sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';

export async function digestExists(tx: Tx, weekStart: string): Promise<boolean> {
  const row = await tx.maybe(sql`
    select id from feedback.digest
    where company_id = ${tx.companyId} and week_start = ${weekStart}`);
  return row !== undefined;
}

export interface NewDigest {
  readonly weekStart: string;
  readonly content: unknown;
  readonly generatedAt: Date;
  readonly sentAt: Date | null;
}

/** @returns false when the week has its digest: whoever comes at once waits here */
export async function insertDigest(tx: Tx, digest: NewDigest): Promise<boolean> {
  const id = derivedId(tx.companyId, 'feedback.digest', digest.weekStart);
  const rows = await tx.run(sql`
    insert into feedback.digest (company_id, id, week_start, content, generated_at, sent_at)
    values (${tx.companyId}, ${id}, ${digest.weekStart}, ${JSON.stringify(digest.content)},
      ${digest.generatedAt}, ${digest.sentAt})
    on conflict (company_id, id) do nothing`);
  return rows === 1;
}
