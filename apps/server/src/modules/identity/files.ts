import { AuditFilter, type AuditView, StaffFilter, type StaffView } from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../platform/deps.ts';
import { type CsvColumn, everyItem, sendCsv, staffOf } from '../../platform/http/index.ts';
import { showAudit } from './use-cases/show-audit.ts';
import { showStaff } from './use-cases/show-staff.ts';

const rowsAQuery = 200;

/** The lists of the module as files for a spreadsheet. */
export function addIdentityFiles(app: FastifyInstance, deps: Deps): void {
  app.get<{ Querystring: StaffFilter }>(
    '/api/staff.csv',
    { config: { permission: 'identity.manage' }, schema: { querystring: StaffFilter } },
    (request, reply) => {
      const rows = everyItem((after) =>
        showStaff(deps, staffOf(request), {
          ...request.query,
          ...(after !== undefined && { after }),
          limit: rowsAQuery,
        }),
      );
      return sendCsv(reply, '员工.csv', staffColumns, rows);
    },
  );
  app.get<{ Querystring: AuditFilter }>(
    '/api/audit.csv',
    { config: { permission: 'audit.read' }, schema: { querystring: AuditFilter } },
    (request, reply) => {
      const rows = everyItem((after) =>
        showAudit(deps, staffOf(request), {
          ...request.query,
          ...(after !== undefined && { after }),
          limit: rowsAQuery,
        }),
      );
      return sendCsv(reply, '操作日志.csv', auditColumns, rows);
    },
  );
}

const staffColumns: readonly CsvColumn<StaffView>[] = [
  { title: '登录名', cell: (row) => row.loginName },
  { title: '姓名', cell: (row) => row.displayName },
  { title: '状态', cell: (row) => (row.state === 'active' ? '启用' : '停用') },
  { title: '角色', cell: (row) => row.roles.map(({ name }) => name).join('、') },
  { title: '最近登录', cell: (row) => row.lastSignInAt },
  { title: '创建时间', cell: (row) => row.createdAt },
];

const auditColumns: readonly CsvColumn<AuditView>[] = [
  { title: '时间', cell: (row) => row.at },
  { title: '操作人', cell: (row) => row.actorName },
  { title: '操作', cell: (row) => row.action },
  { title: '对象', cell: (row) => row.subjectKind },
  { title: '对象编号', cell: (row) => row.subjectId },
  { title: '内容', cell: (row) => JSON.stringify(row.detail) },
  { title: '地址', cell: (row) => row.ip },
  { title: '封存批次', cell: (row) => row.sealNo },
];
