import { contentRoutes as contract } from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import { platformErrors } from '../../../platform/errors.ts';
import { addRoute, staffOf } from '../../../platform/http/index.ts';
import type { ContentDeps } from '../deps.ts';
import type { Language } from '../domain/article.ts';
import { drawPicture } from '../domain/pictures.ts';
import { contentErrors } from '../errors.ts';
import { maxPictureBytes } from '../limits.ts';
import { pictureBytes } from '../queries/articles.ts';
import { editArticle, resetArticle } from '../use-cases/edit-article.ts';
import { keepPicture } from '../use-cases/keep-picture.ts';
import { articleForStaff, articlesForStaff, listHelp, readHelp } from '../use-cases/show-help.ts';

const isPublic = { permission: 'public' as const };
const dayInSeconds = 24 * 3600;
/** A picture draws itself and nothing else, wherever it is opened. */
const picturePolicy = "default-src 'none'; style-src 'unsafe-inline'";

type ListRoute = { Querystring: Static<(typeof contract)['GET /api/help']['query']> };
type ReadRoute = {
  Params: { key: string };
  Querystring: Static<(typeof contract)['GET /api/help/:key']['query']>;
};

export function addHelpRoutes(app: FastifyInstance, deps: ContentDeps): void {
  addPublicHelp(app, deps);
  addPictures(app, deps);
  addStaffHelp(app, deps);
}

function addPublicHelp(app: FastifyInstance, deps: ContentDeps): void {
  const list = contract['GET /api/help'];
  app.get<ListRoute>(
    '/api/help',
    { config: isPublic, schema: { querystring: list.query, response: { 200: list.response } } },
    async ({ query }) => {
      const { lang: language = 'zh', search, company } = query;
      const companyId = await companyOf(deps, company);
      return { items: await listHelp(deps, { companyId, language, search }) };
    },
  );
  const { params, query, response } = contract['GET /api/help/:key'];
  app.get<ReadRoute>(
    '/api/help/:key',
    { config: isPublic, schema: { params, querystring: query, response: { 200: response } } },
    async (request) => {
      const { lang: language = 'zh', company } = request.query;
      const companyId = await companyOf(deps, company);
      return await readHelp(deps, { companyId, language, key: request.params.key });
    },
  );
}

function addPictures(app: FastifyInstance, deps: ContentDeps): void {
  app.get<{ Params: { name: string } }>(
    '/help/pictures/:name',
    { config: isPublic },
    async (request, reply) => {
      const match = /^([a-z]+)\.(zh|en)\.svg$/.exec(request.params.name);
      const svg = match && drawPicture(match[1] ?? '', match[2] as Language);
      if (!svg) throw contentErrors.PICTURE_NOT_FOUND();
      reply.headers({
        'content-type': 'image/svg+xml; charset=utf-8',
        'content-security-policy': picturePolicy,
        'cache-control': `public, max-age=${dayInSeconds}`,
      });
      return svg;
    },
  );
  app.get<{ Params: { company: string; pictureId: string } }>(
    '/help/:company/:pictureId',
    { config: isPublic },
    async (request, reply) => {
      const { company, pictureId } = request.params;
      const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(pictureId);
      const companyId = await companyOf(deps, company);
      const picture = isId && (await deps.db.read(companyId, (tx) => pictureBytes(tx, pictureId)));
      if (!picture) throw contentErrors.PICTURE_NOT_FOUND();
      reply.headers({
        'content-type': picture.type,
        'content-security-policy': picturePolicy,
        'x-content-type-options': 'nosniff',
        'cache-control': `public, max-age=${dayInSeconds}, immutable`,
      });
      return reply.send(picture.bytes);
    },
  );
  void app.register(async (scope) => {
    const options = { parseAs: 'buffer', bodyLimit: maxPictureBytes + 1 } as const;
    scope.addContentTypeParser(/^image\//, options, (_request, body, done) => done(null, body));
    scope.post(
      '/api/help-pictures',
      { config: { permission: 'content.write' }, bodyLimit: maxPictureBytes + 1 },
      async (request, reply) => {
        const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        reply.code(201);
        return await keepPicture(deps, { actor: staffOf(request), bytes });
      },
    );
  });
}

function addStaffHelp(app: FastifyInstance, deps: ContentDeps): void {
  addRoute(app, contract, 'GET /api/help-articles', 'content.read', async ({ actor, query }) => {
    const all = await articlesForStaff(deps, actor.companyId);
    const items = all.filter(
      ({ category, state }) =>
        (query.category === undefined || category === query.category) &&
        (query.state === undefined || state === query.state),
    );
    return { items, next: null };
  });
  const one = 'GET /api/help-articles/:articleKey';
  addRoute(app, contract, one, 'content.read', ({ actor, params }) =>
    articleForStaff(deps, actor.companyId, params.articleKey),
  );
  const put = 'PUT /api/help-articles/:articleKey';
  addRoute(app, contract, put, 'content.write', async ({ actor, params, body }) => {
    await editArticle(deps, { actor, key: params.articleKey, article: body });
    return await articleForStaff(deps, actor.companyId, params.articleKey);
  });
  const reset = 'DELETE /api/help-articles/:articleKey';
  addRoute(app, contract, reset, 'content.write', async ({ actor, params }) => {
    await resetArticle(deps, { actor, key: params.articleKey });
    return {};
  });
}

async function companyOf(deps: ContentDeps, shortCode: string): Promise<string> {
  const found = await deps.doors.companyByShortCode(deps, shortCode);
  if (!found) throw platformErrors.NOT_FOUND();
  return found.companyId;
}
