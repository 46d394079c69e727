import {
  residentConsoleRoutes as contract,
  type HomeApplicationRow,
  type ResidentRow,
} from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import {
  addRoute,
  type CsvColumn,
  everyItem,
  sendCsv,
  staffOf,
} from '../../../platform/http/index.ts';
import type { ResidentDeps } from '../doors.ts';
import { decide } from '../use-cases/decide-application.ts';
import { endByStaff } from '../use-cases/end-binding.ts';
import {
  showApplication,
  showApplications,
  showPhoto,
  showResident,
  showResidents,
} from '../use-cases/show-residents.ts';
import { bindByStaff, endSessionsByStaff } from '../use-cases/staff-deeds.ts';

const pageSize = 200;
const defaultLimit = 50;

/** For staff: who signed in, which homes they have, and who asks for one. */
export function addResidentConsole(app: FastifyInstance, deps: ResidentDeps): void {
  addResidents(app, deps);
  addApplications(app, deps);
  addFiles(app, deps);
}

function addResidents(app: FastifyInstance, deps: ResidentDeps): void {
  addRoute(app, contract, 'GET /api/residents', 'resident.read', ({ actor, query }) =>
    showResidents(deps, actor.companyId, { ...query, limit: query.limit ?? defaultLimit }),
  );
  addRoute(
    app,
    contract,
    'GET /api/residents/:residentId',
    'resident.read',
    ({ actor, params: { residentId } }) => showResident(deps, actor, residentId),
  );
  addRoute(
    app,
    contract,
    'POST /api/residents/:residentId/bindings',
    'resident.approve',
    async ({ actor, params: { residentId }, body }) => {
      await bindByStaff(deps, { actor, residentId, ...body });
      return await showResident(deps, actor, residentId);
    },
  );
  addRoute(
    app,
    contract,
    'POST /api/residents/:residentId/bindings/:bindingId/end',
    'resident.approve',
    async ({ actor, params, body }) => {
      await endByStaff(deps, { actor, ...params, ...body });
      return await showResident(deps, actor, params.residentId);
    },
  );
  addRoute(
    app,
    contract,
    'POST /api/residents/:residentId/sessions/end',
    'resident.approve',
    async ({ actor, params: { residentId }, body }) => {
      await endSessionsByStaff(deps, { actor, residentId, ...body });
      return await showResident(deps, actor, residentId);
    },
  );
}

function addApplications(app: FastifyInstance, deps: ResidentDeps): void {
  addRoute(app, contract, 'GET /api/home-applications', 'resident.read', ({ actor, query }) =>
    showApplications(deps, actor.companyId, { ...query, limit: query.limit ?? defaultLimit }),
  );
  addRoute(
    app,
    contract,
    'GET /api/home-applications/:applicationId',
    'resident.read',
    ({ actor, params: { applicationId } }) => showApplication(deps, actor, applicationId),
  );
  addRoute(
    app,
    contract,
    'POST /api/home-applications/:applicationId/decide',
    'resident.approve',
    async ({ actor, params: { applicationId }, body }) => {
      await decide(deps, { actor, applicationId, ...body });
      return await showApplication(deps, actor, applicationId);
    },
  );
  app.get<{ Params: { applicationId: string; proofId: string } }>(
    '/api/home-applications/:applicationId/photos/:proofId',
    { config: { permission: 'resident.read' } },
    async (request, reply) => {
      const photo = await showPhoto(deps, staffOf(request), request.params);
      return reply
        .type(photo.mediaType)
        .header('cache-control', 'no-store')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .send(photo.bytes);
    },
  );
}

type ResidentsQuery = Parameters<typeof showResidents>[2];
type ApplicationsQuery = Parameters<typeof showApplications>[2];

function addFiles(app: FastifyInstance, deps: ResidentDeps): void {
  const config = { permission: 'resident.read' } as const;
  app.get<{ Querystring: ResidentsQuery }>(
    '/api/residents.csv',
    { config, schema: { querystring: contract['GET /api/residents'].query } },
    (request, reply) => {
      const { companyId } = staffOf(request);
      const { limit: _limit, after: _after, ...filter } = request.query;
      const rows = everyItem((after) =>
        showResidents(deps, companyId, { ...filter, limit: pageSize, ...(after && { after }) }),
      );
      return sendCsv(reply, '住户.csv', residentColumns, rows);
    },
  );
  app.get<{ Querystring: ApplicationsQuery }>(
    '/api/home-applications.csv',
    { config, schema: { querystring: contract['GET /api/home-applications'].query } },
    (request, reply) => {
      const { companyId } = staffOf(request);
      const { limit: _limit, after: _after, ...filter } = request.query;
      const rows = everyItem((after) =>
        showApplications(deps, companyId, { ...filter, limit: pageSize, ...(after && { after }) }),
      );
      return sendCsv(reply, '绑定申请.csv', applicationColumns, rows);
    },
  );
}

const roles = { owner: '业主', tenant: '租户', family: '家属', payer: '代缴人' } as const;
const states = {
  open: '待审核',
  approved: '已通过',
  rejected: '未通过',
  withdrawn: '已撤回',
} as const;

const residentColumns: readonly CsvColumn<ResidentRow>[] = [
  { title: '称呼', cell: ({ displayName }) => displayName },
  { title: '手机号', cell: ({ phoneMasked }) => phoneMasked },
  {
    title: '房屋',
    cell: ({ homes }) =>
      homes
        .map(({ communityName, label, role }) => `${communityName} ${label}（${roles[role]}）`)
        .join('；'),
  },
  { title: '状态', cell: ({ state }) => (state === 'active' ? '正常' : '已注销') },
  { title: '注册时间', cell: ({ createdAt }) => createdAt },
  { title: '最近使用', cell: ({ lastSeenAt }) => lastSeenAt },
];

const applicationColumns: readonly CsvColumn<HomeApplicationRow>[] = [
  { title: '申请人', cell: ({ applicant }) => applicant },
  { title: '手机号', cell: ({ phoneMasked }) => phoneMasked },
  { title: '小区', cell: ({ communityName }) => communityName },
  { title: '房屋', cell: ({ label }) => label },
  { title: '身份', cell: ({ role }) => roles[role] },
  { title: '照片', cell: ({ photos }) => photos },
  { title: '状态', cell: ({ state }) => states[state] },
  { title: '申请时间', cell: ({ createdAt }) => createdAt },
  { title: '处理时间', cell: ({ decidedAt }) => decidedAt },
];
