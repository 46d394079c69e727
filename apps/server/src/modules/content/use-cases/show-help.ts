import type { ArticleView, HelpArticle } from '@wuye-pay/contract';
import type { Deps } from '../../../platform/deps.ts';
import {
  inLanguage,
  type Language,
  type ListedArticle,
  matches,
  overlay,
  summaryOf,
} from '../domain/article.ts';
import { contentErrors } from '../errors.ts';
import { ownArticles } from '../queries/articles.ts';

interface HelpQuestion {
  readonly companyId: string;
  readonly language: Language;
}

/** All published articles, or those in which every word of the search occurs. */
export async function listHelp(
  deps: Pick<Deps, 'db'>,
  { companyId, language, search = '' }: HelpQuestion & { readonly search?: string | undefined },
) {
  const articles = await published(deps, companyId);
  return articles
    .filter((article) => matches(article, search, language))
    .map(({ key, category, title, body }) => ({
      key,
      category,
      title: inLanguage(title, language),
      summary: summaryOf(inLanguage(body, language)),
    }));
}

/** @throws ARTICLE_NOT_FOUND, also for a hidden one */
export async function readHelp(
  deps: Pick<Deps, 'db'>,
  { companyId, language, key }: HelpQuestion & { readonly key: string },
): Promise<HelpArticle> {
  const found = (await published(deps, companyId)).find((article) => article.key === key);
  if (!found) throw contentErrors.ARTICLE_NOT_FOUND();
  const { category, title, body } = found;
  return {
    key,
    category,
    title: inLanguage(title, language),
    body: inLanguage(body, language),
  };
}

export async function articlesForStaff(
  deps: Pick<Deps, 'db'>,
  companyId: string,
): Promise<readonly ArticleView[]> {
  const own = await deps.db.read(companyId, (tx) => ownArticles(tx));
  return overlay(own).map(articleView);
}

/** @throws ARTICLE_NOT_FOUND */
export async function articleForStaff(
  deps: Pick<Deps, 'db'>,
  companyId: string,
  key: string,
): Promise<ArticleView> {
  const found = (await articlesForStaff(deps, companyId)).find((article) => article.key === key);
  if (!found) throw contentErrors.ARTICLE_NOT_FOUND();
  return found;
}

async function published(deps: Pick<Deps, 'db'>, companyId: string) {
  const own = await deps.db.read(companyId, (tx) => ownArticles(tx));
  return overlay(own).filter(({ state }) => state === 'published');
}

function articleView({ updatedAt, title, body, ...article }: ListedArticle): ArticleView {
  return {
    ...article,
    title: { ...title },
    body: { ...body },
    updatedAt: updatedAt?.toISOString() ?? null,
  };
}
