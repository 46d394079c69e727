import { sql, type Tx } from '../../../platform/database/index.ts';

export interface NewRow {
  readonly id: string;
  readonly purpose: string;
  readonly subjectId: string;
  readonly recipientKey: string;
  readonly templateKey: string;
  readonly language: string | null;
  readonly dueAt: Date;
  readonly expiresAt: Date;
  readonly contentCipher: Buffer | null;
}

/** Rows of one statement; each is below 1 KB. */
const insertBatch = 1000;

/** Puts messages into the queue; those that are there already stay as they are. */
export async function insertMessages(
  tx: Tx,
  rows: readonly NewRow[],
  createdAt: Date,
): Promise<number> {
  let count = 0;
  for (let at = 0; at < rows.length; at += insertBatch) {
    count += await insertBatchOf(tx, rows.slice(at, at + insertBatch), createdAt);
  }
  return count;
}

async function insertBatchOf(tx: Tx, rows: readonly NewRow[], createdAt: Date): Promise<number> {
  return await tx.run(sql`
    insert into messaging.message (company_id, id, purpose, subject_id, recipient_key,
      template_key, language, due_at, expires_at, content_cipher, content_given, created_at)
    select company.id, given.id, given.purpose, given.subject_id, given.recipient_key,
      given.template_key, given.language, given.due_at, given.expires_at, given.content_cipher,
      given.content_cipher is not null, ${createdAt}
    from identity.company
    cross join unnest(${rows.map(({ id }) => id)}::uuid[],
      ${rows.map(({ purpose }) => purpose)}::text[],
      ${rows.map(({ subjectId }) => subjectId)}::text[],
      ${rows.map(({ recipientKey }) => recipientKey)}::text[],
      ${rows.map(({ templateKey }) => templateKey)}::text[],
      ${rows.map(({ language }) => language)}::text[],
      ${rows.map(({ dueAt }) => dueAt)}::timestamptz[],
      ${rows.map(({ expiresAt }) => expiresAt)}::timestamptz[],
      ${rows.map(({ contentCipher }) => contentCipher)}::bytea[])
      as given (id, purpose, subject_id, recipient_key, template_key, language, due_at,
        expires_at, content_cipher)
    where company.id = ${tx.companyId}
    on conflict (company_id, id) do nothing`);
}
