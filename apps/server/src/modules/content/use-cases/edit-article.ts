import type { ArticleBody } from '@wuye-pay/contract';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { type Problem, platformErrors } from '../../../platform/errors.ts';
import { newId } from '../../../platform/id.ts';
import { picturesIn } from '../domain/article.ts';
import { isBuiltInPicture } from '../domain/pictures.ts';
import { contentErrors } from '../errors.ts';
import { missingPictures } from '../queries/articles.ts';
import { deleteArticle, saveArticle } from '../store/article-store.ts';

type EditDeps = Pick<Deps, 'db' | 'clock'>;

/** Changes an article of the product, or writes one of the company's own. */
export async function editArticle(
  deps: EditDeps,
  { actor, key, article }: { actor: StaffActor; key: string; article: ArticleBody },
): Promise<void> {
  const { category, titleZh, titleEn, bodyZh, bodyEn, state } = article;
  await deps.db.transaction(actor.companyId, async (tx) => {
    await refuseUnknownPictures(tx, { bodyZh, bodyEn });
    const at = deps.clock.now();
    await saveArticle(tx, newId(at), {
      key,
      category,
      title: { zh: titleZh.trim(), en: titleEn.trim() },
      body: { zh: bodyZh, en: bodyEn },
      state,
      updatedAt: at,
      updatedBy: actor.name,
    });
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'content.edit_article',
      subjectKind: 'help-article',
      subjectId: key,
      detail: { title: titleZh, state },
    });
  });
}

/** A changed article is the product's again; one of their own is gone. @throws ARTICLE_NOT_FOUND */
export async function resetArticle(
  deps: EditDeps,
  { actor, key }: { actor: StaffActor; key: string },
): Promise<void> {
  await deps.db.transaction(actor.companyId, async (tx) => {
    if (!(await deleteArticle(tx, key))) throw contentErrors.ARTICLE_NOT_FOUND();
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'content.reset_article',
      subjectKind: 'help-article',
      subjectId: key,
    });
  });
}

/** A body may show what comes with the product, and pictures of the company. */
export async function refuseUnknownPictures(
  tx: Tx,
  bodies: Readonly<Record<string, string>>,
): Promise<void> {
  const problems: Problem[] = [];
  for (const [field, body] of Object.entries(bodies)) {
    const names = picturesIn(body).filter((name) => !isBuiltInPicture(name));
    const ids = names.filter((name) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name));
    const missing = [
      ...names.filter((name) => !ids.includes(name)),
      ...(await missingPictures(tx, ids)),
    ];
    for (const name of missing) {
      problems.push({ field, reason: `没有图片 ${name}，请重新插入 / no picture ${name}` });
    }
  }
  if (problems.length > 0) throw platformErrors.INPUT_INVALID({ problems });
}
