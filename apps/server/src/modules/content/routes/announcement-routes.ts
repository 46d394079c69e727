import {
  AnnouncementFilter,
  type AnnouncementView,
  contentRoutes as contract,
} from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import {
  addResidentRoute,
  addRoute,
  type CsvColumn,
  everyItem,
  sendCsv,
  staffOf,
} from '../../../platform/http/index.ts';
import type { ContentDeps } from '../deps.ts';
import {
  announcementForStaff,
  announcementsForStaff,
  draftAnnouncement,
  publish,
  rewriteDraft,
  withdraw,
} from '../use-cases/announce.ts';
import {
  announcementsOf,
  feeStandards,
  readAnnouncement,
} from '../use-cases/show-announcements.ts';

export function addAnnouncementRoutes(app: FastifyInstance, deps: ContentDeps): void {
  addForResidents(app, deps);
  addForStaff(app, deps);
  app.get<{ Querystring: AnnouncementFilter }>(
    '/api/announcements.csv',
    { config: { permission: 'content.read' }, schema: { querystring: AnnouncementFilter } },
    (request, reply) => {
      const { companyId } = staffOf(request);
      const rows = everyItem((after) =>
        announcementsForStaff(deps, companyId, {
          ...request.query,
          ...(after !== undefined && { after }),
          limit: 200,
        }),
      );
      return sendCsv(reply, '公告.csv', columns, rows);
    },
  );
}

function addForResidents(app: FastifyInstance, deps: ContentDeps): void {
  addResidentRoute(app, contract, 'GET /api/resident/announcements', ({ actor }) =>
    announcementsOf(deps, actor),
  );
  const one = 'GET /api/resident/announcements/:announcementId';
  addResidentRoute(app, contract, one, ({ actor, params }) =>
    readAnnouncement(deps, actor, params.announcementId),
  );
  const standards = 'GET /api/resident/communities/:communityId/fee-standards';
  addResidentRoute(app, contract, standards, ({ actor, params }) =>
    feeStandards(deps, actor, params.communityId),
  );
}

function addForStaff(app: FastifyInstance, deps: ContentDeps): void {
  addRoute(app, contract, 'GET /api/announcements', 'content.read', ({ actor, query }) =>
    announcementsForStaff(deps, actor.companyId, query),
  );
  const one = 'GET /api/announcements/:announcementId';
  addRoute(app, contract, one, 'content.read', ({ actor, params }) =>
    announcementForStaff(deps, actor.companyId, params.announcementId),
  );
  addRoute(app, contract, 'POST /api/announcements', 'content.write', async ({ actor, body }) => {
    const id = await draftAnnouncement(deps, { actor, text: body });
    return await announcementForStaff(deps, actor.companyId, id);
  });
  const put = 'PUT /api/announcements/:announcementId';
  addRoute(app, contract, put, 'content.write', async ({ actor, params, body }) => {
    await rewriteDraft(deps, { actor, ...params, text: body });
    return await announcementForStaff(deps, actor.companyId, params.announcementId);
  });
  const shown = 'POST /api/announcements/:announcementId/publish';
  addRoute(app, contract, shown, 'content.write', async ({ actor, params }) => {
    await publish(deps, { actor, ...params });
    return await announcementForStaff(deps, actor.companyId, params.announcementId);
  });
  const gone = 'POST /api/announcements/:announcementId/withdraw';
  addRoute(app, contract, gone, 'content.write', async ({ actor, params }) => {
    await withdraw(deps, { actor, ...params });
    return await announcementForStaff(deps, actor.companyId, params.announcementId);
  });
}

const states = { draft: '草稿', published: '已发布', withdrawn: '已撤下' } as const;

const columns: readonly CsvColumn<AnnouncementView>[] = [
  { title: '标题', cell: (row) => row.title },
  { title: '类型', cell: (row) => (row.kind === 'news' ? '公告' : '公示') },
  { title: '小区', cell: (row) => row.communityName ?? '全部小区' },
  { title: '状态', cell: (row) => states[row.state] },
  { title: '发布时间', cell: (row) => row.publishedAt },
  { title: '已读人数', cell: (row) => row.readers },
  { title: '到期日', cell: (row) => row.expiresOn },
];
