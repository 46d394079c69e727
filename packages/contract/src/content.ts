import Type, { type Static } from 'typebox';
import { Day, Id, Instant, Nothing, Nullable, Page, PageQuery } from './common.ts';

const closed = { additionalProperties: false } as const;
const Words = Type.Object({ zh: Type.String(), en: Type.String() });

export const ArticleKey = Type.String({ pattern: '^[a-z][a-z0-9-]{1,39}$' });
export const ArticleCategory = Type.Enum(['pay', 'autopay', 'papers', 'home', 'trouble']);
export type ArticleCategory = Static<typeof ArticleCategory>;

/** Lines of text: `# ` a heading, `- ` a point, `![words](picture:…)` a picture; nothing else. */
const Body = Type.String({ minLength: 1, maxLength: 8000 });

export const HelpSummary = Type.Object({
  key: ArticleKey,
  category: ArticleCategory,
  title: Type.String(),
  /** The first lines. */
  summary: Type.String(),
});
export const HelpArticle = Type.Object({
  key: ArticleKey,
  category: ArticleCategory,
  title: Type.String(),
  body: Type.String(),
});
export type HelpArticle = Static<typeof HelpArticle>;

const ofCompany = {
  /** Short code of the company. */
  company: Type.String({ pattern: '^[a-z][a-z0-9]{1,6}$' }),
  lang: Type.Optional(Type.Enum(['zh', 'en'])),
};

/** How staff see an article: `origin` says whether it is the product's, changed, or their own. */
export const ArticleView = Type.Object({
  key: ArticleKey,
  category: ArticleCategory,
  title: Words,
  body: Words,
  state: Type.Enum(['published', 'hidden']),
  origin: Type.Enum(['built-in', 'changed', 'own']),
  updatedAt: Nullable(Instant),
  updatedBy: Nullable(Type.String()),
});
export type ArticleView = Static<typeof ArticleView>;

export const ArticleBody = Type.Object(
  {
    category: ArticleCategory,
    titleZh: Type.String({ minLength: 1, maxLength: 40 }),
    titleEn: Type.String({ maxLength: 80 }),
    bodyZh: Body,
    bodyEn: Type.String({ maxLength: 16000 }),
    state: Type.Enum(['published', 'hidden']),
  },
  closed,
);
export type ArticleBody = Static<typeof ArticleBody>;

export const AnnouncementKind = Type.Enum(['news', 'disclosure']);
export const AnnouncementState = Type.Enum(['draft', 'published', 'withdrawn']);

export const AnnouncementView = Type.Object({
  id: Id,
  communityId: Nullable(Id),
  communityName: Nullable(Type.String()),
  kind: AnnouncementKind,
  title: Type.String(),
  body: Type.String(),
  isPinned: Type.Boolean(),
  state: AnnouncementState,
  expiresOn: Nullable(Day),
  createdAt: Instant,
  createdBy: Type.String(),
  publishedAt: Nullable(Instant),
  /** Residents who opened it. */
  readers: Type.Integer(),
});
export type AnnouncementView = Static<typeof AnnouncementView>;

export const AnnouncementBody = Type.Object(
  {
    communityId: Type.Optional(Nullable(Id)),
    kind: AnnouncementKind,
    title: Type.String({ minLength: 1, maxLength: 60 }),
    body: Body,
    isPinned: Type.Optional(Type.Boolean()),
    expiresOn: Type.Optional(Nullable(Day)),
  },
  closed,
);
export type AnnouncementBody = Static<typeof AnnouncementBody>;

export const AnnouncementFilter = Type.Object({
  state: Type.Optional(AnnouncementState),
  kind: Type.Optional(AnnouncementKind),
  communityId: Type.Optional(Id),
  ...PageQuery,
});
export type AnnouncementFilter = Static<typeof AnnouncementFilter>;

/** What a resident sees in the list. */
export const AnnouncementItem = Type.Object({
  id: Id,
  kind: AnnouncementKind,
  title: Type.String(),
  isPinned: Type.Boolean(),
  publishedAt: Instant,
  isRead: Type.Boolean(),
});
export const AnnouncementText = Type.Object({
  ...AnnouncementItem.properties,
  body: Type.String(),
  companyName: Type.String(),
});

/** What is charged in a community, and how it is worked out (收费标准公示). */
export const FeeStandard = Type.Object({
  feeItemName: Type.String(),
  tariffName: Type.String(),
  formula: Words,
  dueDay: Type.Integer(),
  effectiveFrom: Day,
});

const key = Type.Object({ key: ArticleKey });
const articleKey = Type.Object({ articleKey: ArticleKey });
const announcementId = Type.Object({ announcementId: Id });

/**
 * JSON routes of the module content. The help is open to everybody (`company` names whose).
 * Pictures are not JSON: `GET /help/pictures/:name` draws the built-in ones,
 * `GET /help/:company/:pictureId` sends those of a company, `POST /api/help-pictures` takes one.
 */
export const contentRoutes = {
  'GET /api/help': {
    query: Type.Object({ ...ofCompany, search: Type.Optional(Type.String({ maxLength: 40 })) }),
    response: Type.Object({ items: Type.Array(HelpSummary) }),
  },
  'GET /api/help/:key': { params: key, query: Type.Object(ofCompany), response: HelpArticle },
  'GET /api/resident/announcements': {
    response: Type.Object({ items: Type.Array(AnnouncementItem), unread: Type.Integer() }),
  },
  'GET /api/resident/announcements/:announcementId': {
    params: announcementId,
    response: AnnouncementText,
  },
  'GET /api/resident/communities/:communityId/fee-standards': {
    params: Type.Object({ communityId: Id }),
    response: Type.Object({
      communityName: Type.String(),
      companyName: Type.String(),
      items: Type.Array(FeeStandard),
    }),
  },
  'GET /api/help-articles': {
    query: Type.Object({
      category: Type.Optional(ArticleCategory),
      state: Type.Optional(Type.Enum(['published', 'hidden'])),
    }),
    response: Page(ArticleView),
  },
  'GET /api/help-articles/:articleKey': { params: articleKey, response: ArticleView },
  'PUT /api/help-articles/:articleKey': {
    params: articleKey,
    body: ArticleBody,
    response: ArticleView,
  },
  /** A changed article becomes the product's again; one of the company's own is deleted. */
  'DELETE /api/help-articles/:articleKey': { params: articleKey, response: Nothing },
  'GET /api/announcements': { query: AnnouncementFilter, response: Page(AnnouncementView) },
  'GET /api/announcements/:announcementId': { params: announcementId, response: AnnouncementView },
  'POST /api/announcements': { body: AnnouncementBody, response: AnnouncementView, status: 201 },
  /** Only while it is a draft. */
  'PUT /api/announcements/:announcementId': {
    params: announcementId,
    body: AnnouncementBody,
    response: AnnouncementView,
  },
  'POST /api/announcements/:announcementId/publish': {
    params: announcementId,
    response: AnnouncementView,
  },
  'POST /api/announcements/:announcementId/withdraw': {
    params: announcementId,
    response: AnnouncementView,
  },
} as const;
