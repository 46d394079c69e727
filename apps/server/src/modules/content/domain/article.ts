import { helpEn } from './help.en.ts';
import { helpZh } from './help.zh.ts';

export type Language = 'zh' | 'en';
export const categories = ['pay', 'autopay', 'papers', 'home', 'trouble'] as const;
export type Category = (typeof categories)[number];

export interface Words {
  readonly zh: string;
  readonly en: string;
}

export interface Article {
  readonly key: string;
  readonly category: Category;
  readonly title: Words;
  readonly body: Words;
}

export interface OwnArticle extends Article {
  readonly state: 'published' | 'hidden';
  readonly updatedAt: Date;
  readonly updatedBy: string;
}

export type ListedArticle = Article & {
  readonly state: 'published' | 'hidden';
  readonly origin: 'built-in' | 'changed' | 'own';
  readonly updatedAt: Date | null;
  readonly updatedBy: string | null;
};

const order: readonly (readonly [key: string, category: Category])[] = [
  ['pay-by-scan', 'pay'],
  ['pay-wechat', 'pay'],
  ['pay-alipay', 'pay'],
  ['pay-union', 'pay'],
  ['pay-other', 'pay'],
  ['pay-for-parents', 'pay'],
  ['prepayment', 'pay'],
  ['autopay', 'autopay'],
  ['autopay-stop', 'autopay'],
  ['receipt', 'papers'],
  ['invoice', 'papers'],
  ['refund', 'papers'],
  ['bind-home', 'home'],
  ['home-people', 'home'],
  ['large-type', 'home'],
  ['messages', 'home'],
  ['wrong-bill', 'trouble'],
  ['pending', 'trouble'],
  ['safety', 'trouble'],
];

/** The help that comes with the product, in the order in which it is shown. */
export const builtIn: readonly Article[] = order.map(([key, category]) => {
  const [zh, en] = [helpZh[key], helpEn[key]];
  if (!zh || !en) throw new Error(`help article ${key} is not written in both languages`);
  return {
    key,
    category,
    title: { zh: zh.title, en: en.title },
    body: { zh: zh.body, en: en.body },
  };
});

export function isBuiltIn(key: string): boolean {
  return order.some(([known]) => known === key);
}

/** The product's articles with a company's changes over them, then the company's own. */
export function overlay(own: readonly OwnArticle[]): readonly ListedArticle[] {
  const byKey = new Map(own.map((article) => [article.key, article]));
  const product = builtIn.map((article): ListedArticle => {
    const changed = byKey.get(article.key);
    if (changed) return { ...changed, origin: 'changed' };
    return { ...article, state: 'published', origin: 'built-in', updatedAt: null, updatedBy: null };
  });
  const theirs = own
    .filter(({ key }) => !isBuiltIn(key))
    .map((article): ListedArticle => ({ ...article, origin: 'own' }));
  return [...product, ...theirs].toSorted(
    (a, b) => categories.indexOf(a.category) - categories.indexOf(b.category),
  );
}

/** English where there is some, else Chinese: better a foreign help than none. */
export function inLanguage({ zh, en }: Words, language: Language): string {
  return language === 'en' && en.trim() !== '' ? en : zh;
}

const summaryLength = 34;

/** The beginning of a body without headings and pictures. */
export function summaryOf(body: string): string {
  const text = body
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^(#|!\[)/.test(line.trim()))
    .map((line) => line.replace(/^- /, ''))
    .join(' ');
  const letters = [...text];
  return letters.length <= summaryLength ? text : `${letters.slice(0, summaryLength).join('')}…`;
}

/** Every word that was typed occurs in title or body; Chinese needs no word breaks. */
export function matches(article: Article, search: string, language: Language): boolean {
  const text = `${inLanguage(article.title, language)}\n${inLanguage(article.body, language)}`;
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => text.toLowerCase().includes(word));
}

/** Names of pictures that a body shows. */
export function picturesIn(body: string): readonly string[] {
  return [...body.matchAll(/!\[[^\]]*\]\(picture:([^)\s]+)\)/g)].map((match) => match[1] ?? '');
}
