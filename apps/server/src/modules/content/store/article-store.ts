import { sql, type Tx } from '../../../platform/database/index.ts';
import type { CleanPicture } from '../../../platform/picture.ts';
import type { OwnArticle } from '../domain/article.ts';

export async function saveArticle(tx: Tx, id: string, article: OwnArticle): Promise<void> {
  const { key, category, title, body, state, updatedAt, updatedBy } = article;
  await tx.run(sql`
    insert into content.article (company_id, id, key, category, title_zh, title_en, body_zh,
      body_en, state, updated_at, updated_by)
    values (${tx.companyId}, ${id}, ${key}, ${category}, ${title.zh}, ${title.en}, ${body.zh},
      ${body.en}, ${state}, ${updatedAt}, ${updatedBy})
    on conflict (company_id, key) do update set category = excluded.category,
      title_zh = excluded.title_zh, title_en = excluded.title_en, body_zh = excluded.body_zh,
      body_en = excluded.body_en, state = excluded.state, updated_at = excluded.updated_at,
      updated_by = excluded.updated_by`);
}

/** @returns whether there was one */
export async function deleteArticle(tx: Tx, key: string): Promise<boolean> {
  const gone = await tx.run(sql`
    delete from content.article where company_id = ${tx.companyId} and key = ${key}`);
  return gone === 1;
}

export async function insertPicture(
  tx: Tx,
  picture: {
    readonly id: string;
    readonly type: CleanPicture['mediaType'];
    readonly bytes: Buffer;
    readonly at: Date;
    readonly by: string;
  },
): Promise<void> {
  await tx.run(sql`
    insert into content.picture (company_id, id, type, bytes, created_at, created_by)
    values (${tx.companyId}, ${picture.id}, ${picture.type}, ${picture.bytes}, ${picture.at},
      ${picture.by})`);
}
