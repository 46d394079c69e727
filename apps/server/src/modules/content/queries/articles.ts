import { sql, type Tx } from '../../../platform/database/index.ts';
import type { Category, OwnArticle } from '../domain/article.ts';

interface Row {
  readonly key: string;
  readonly category: Category;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly bodyZh: string;
  readonly bodyEn: string;
  readonly state: 'published' | 'hidden';
  readonly updatedAt: Date;
  readonly updatedBy: string;
}

/** What a company changed or wrote: a few dozen at most. */
export async function ownArticles(tx: Tx): Promise<readonly OwnArticle[]> {
  const rows = await tx.many(sql<Row>`
    select key, category, title_zh as "titleZh", title_en as "titleEn", body_zh as "bodyZh",
      body_en as "bodyEn", state, updated_at as "updatedAt", updated_by as "updatedBy"
    from content.article where company_id = ${tx.companyId} order by id limit 500`);
  return rows.map(({ titleZh, titleEn, bodyZh, bodyEn, ...rest }) => ({
    ...rest,
    title: { zh: titleZh, en: titleEn },
    body: { zh: bodyZh, en: bodyEn },
  }));
}

export async function pictureBytes(
  tx: Tx,
  pictureId: string,
): Promise<{ readonly type: string; readonly bytes: Buffer } | undefined> {
  return await tx.maybe(sql<{ type: string; bytes: Buffer }>`
    select type, bytes from content.picture
    where company_id = ${tx.companyId} and id = ${pictureId}`);
}

/** Those of the ids that are no picture of the company. */
export async function missingPictures(tx: Tx, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const known = await tx.many(sql<{ id: string }>`
    select id from content.picture
    where company_id = ${tx.companyId} and id = any (${[...ids]}::uuid[])`);
  return ids.filter((id) => !known.some((row) => row.id === id));
}
